#include "gis/generate/sites.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/spatial_index.hpp"

namespace citytwin::gis::generate {

namespace {

enum class Ground { any, low_by_water, high, downstream, upstream };

struct Rule {
  FacilityKind kind;
  double people_per_site;
  double km2_per_site;  // of town; 0 = only people count (fire: first engine within about 8 minutes)
  double footprint;     // wanted [m2]
  BuildingUse use;      // of the building from now on
  Ground ground;
  double capacity_share;  // capacity per person served
  double floor_height;    // [m]
};

// Ratios as planning practice has them: hospital beds 4 per 1000 people, school places for the 6-16 year
// olds (11 %), kindergarten places 3.5 %, shelter places 5 %, 2.2 kVA of substation per person.
constexpr Rule kRules[] = {
    {FacilityKind::hospital, 50'000, 0, 2500, BuildingUse::health, Ground::high, 0.004, 0.4},
    {FacilityKind::clinic, 12'000, 0, 500, BuildingUse::health, Ground::any, 0, 0.2},
    {FacilityKind::school, 3'000, 0, 1300, BuildingUse::education, Ground::any, 0.11, 0.3},
    {FacilityKind::kindergarten, 2'500, 0, 350, BuildingUse::education, Ground::any, 0.035, 0.2},
    {FacilityKind::fire_station, 35'000, 8, 700, BuildingUse::public_service, Ground::any, 0, 0.1},
    {FacilityKind::police, 40'000, 0, 600, BuildingUse::public_service, Ground::any, 0, 0.3},
    {FacilityKind::shelter, 10'000, 0, 900, BuildingUse::public_service, Ground::high, 0.05, 0.3},
    {FacilityKind::town_hall, 400'000, 0, 1200, BuildingUse::public_service, Ground::any, 0, 0.6},
    {FacilityKind::care_home, 9'000, 0, 800, BuildingUse::health, Ground::any, 0.009, 0.3},
    {FacilityKind::substation, 18'000, 0, 250, BuildingUse::industrial, Ground::any, 0.0022, 0.2},
    {FacilityKind::pump_station, 25'000, 0, 120, BuildingUse::industrial, Ground::low_by_water, 0, 0.2},
    {FacilityKind::water_works, 250'000, 0, 800, BuildingUse::industrial, Ground::upstream, 0, 0.5},
    {FacilityKind::waste_water_plant, 250'000, 0, 1500, BuildingUse::industrial, Ground::downstream, 0, 0.3},
    {FacilityKind::telecom_tower, 12'000, 4, 200, BuildingUse::commercial, Ground::high, 0, 0.5},
    {FacilityKind::fuel_station, 9'000, 0, 250, BuildingUse::commercial, Ground::any, 0, 0.1},
};

struct Demand {
  Point2 place;
  double people;
};

// People by 100 m squares in boustrophedon order, so that equal shares of the list are compact.
std::vector<Demand> demand_of(const Landscape& land, const Settlement& plan) {
  constexpr double kSquare = 100;
  std::vector<Demand> demand;
  const int n = static_cast<int>(land.extent.width() / kSquare);
  constexpr int kBand = 8;
  for (int band = 0; band * kBand < n; ++band)
    for (int c = 0; c < n; ++c)
      for (int r = 0; r < kBand; ++r) {
        const int i = band % 2 == 0 ? c : n - 1 - c;
        const int j = band * kBand + (c % 2 == 0 ? r : kBand - 1 - r);
        if (j >= n) continue;
        const Point2 p{land.extent.min.x + (i + 0.5) * kSquare, land.extent.min.y + (j + 0.5) * kSquare};
        const double density = plan.density_at(p);
        if (density > plan.edge) demand.push_back({p, density * kSquare * kSquare});
      }
  return demand;
}

struct Catchment {
  Point2 middle;
  double people = 0;
};

// Lloyd's iteration on the demand, started from equal shares of the list.
std::vector<Catchment> catchments(const std::vector<Demand>& demand, std::size_t count,
                                  const RunContext& context) {
  std::vector<Catchment> middles(count);
  double total = 0;
  for (const Demand& d : demand) total += d.people;
  double below = 0;
  for (const Demand& d : demand) {
    const auto k = std::min(count - 1, static_cast<std::size_t>(below / total * static_cast<double>(count)));
    middles[k].middle = middles[k].middle + d.place * d.people;
    middles[k].people += d.people;
    below += d.people;
  }
  for (Catchment& c : middles) c.middle = c.people > 0 ? c.middle * (1 / c.people) : demand.front().place;
  for (int round = 0; round < 5; ++round) {
    context.check_stop();
    std::vector<Point2> points;
    points.reserve(middles.size());
    for (const Catchment& c : middles) points.push_back(c.middle);
    const NearestPoint nearest(points);
    std::vector<Catchment> next(count);
    for (const Demand& d : demand) {
      Catchment& c = next[nearest.nearest(d.place)];
      c.middle = c.middle + d.place * d.people;
      c.people += d.people;
    }
    for (std::size_t k = 0; k < count; ++k) {
      next[k].middle = next[k].people > 0 ? next[k].middle * (1 / next[k].people) : middles[k].middle;
    }
    middles = std::move(next);
  }
  return middles;
}

class SiteFinder {
 public:
  SiteFinder(std::vector<House>& houses, const std::vector<Block>& blocks, const Landscape& land,
             const Settlement& plan)
      : houses_(houses), blocks_(blocks), land_(land), plan_(plan), taken_(houses.size(), 0) {
    std::vector<Box2> boxes;
    boxes.reserve(houses.size());
    for (const House& h : houses) boxes.push_back(bounds(h.footprint));
    index_ = SpatialIndex(boxes);
  }

  // The best building near `wanted`; widens the search until there is one. Needs a free house.
  std::uint32_t take(const Rule& rule, Point2 wanted) {
    std::uint32_t best = 0xFFFFFFFFU;
    for (double radius = 700; best == 0xFFFFFFFFU && radius < 1e5; radius *= 2.5) {
      double least = 1e300;
      Box2 box;
      box.add(wanted);
      for (std::uint32_t h : index_.overlapping(box.grown(radius))) {
        if (taken_[h] != 0) continue;
        const double cost = cost_of(rule, houses_[h], wanted);
        if (cost < least) {
          least = cost;
          best = h;
        }
      }
    }
    if (best == 0xFFFFFFFFU) return best;
    taken_[best] = 1;
    houses_[best].use = rule.use;
    return best;
  }

 private:
  [[nodiscard]] double cost_of(const Rule& rule, const House& house, Point2 wanted) const {
    const Point2 p = centroid(Polygon{house.footprint, {}});
    double cost = distance(p, wanted) / 200;
    const double size = signed_area(house.footprint);
    cost += 2.5 * std::abs(std::log(size / rule.footprint));
    if (house.use == BuildingUse::residential) cost += 2;
    const BlockUse block = blocks_[house.block].use;
    if (block == BlockUse::campus && rule.footprint >= 800) cost -= 3;
    if (block == BlockUse::industry) cost += rule.use == BuildingUse::industrial ? -2 : 5;
    const double to_water = land_.water_distance_at(p);
    if (rule.ground != Ground::low_by_water) cost += 10 * std::clamp(hollow(p) - 0.1, 0.0, 1.0);
    if (rule.ground == Ground::high) cost += 3 * (1 - smooth(to_water, 150, 600));
    if (rule.ground == Ground::low_by_water) cost += 6 * smooth(to_water, 40, 400);
    if (rule.ground == Ground::upstream || rule.ground == Ground::downstream)
      cost += 3 * smooth(to_water, 80, 500) + 5 * std::max(0.0, plan_.intensity_at(p));
    return cost;
  }
  // How far p lies below its surroundings [m]: planners keep out of hollows, where storms gather.
  [[nodiscard]] double hollow(Point2 p) const {
    double around = 0;
    for (const auto& [dx, dy] : {std::pair{1.0, 0.0},
                                 {0.7, 0.7},
                                 {0.0, 1.0},
                                 {-0.7, 0.7},
                                 {-1.0, 0.0},
                                 {-0.7, -0.7},
                                 {0.0, -1.0},
                                 {0.7, -0.7}})
      around += land_.height_at({p.x + 110 * dx, p.y + 110 * dy}) / 8;
    return around - land_.height_at(p);
  }
  static double smooth(double x, double low, double high) {
    return std::clamp((x - low) / (high - low), 0.0, 1.0);
  }

  std::vector<House>& houses_;
  const std::vector<Block>& blocks_;
  const Landscape& land_;
  const Settlement& plan_;
  std::vector<std::uint8_t> taken_;
  SpatialIndex index_;
};

// Where a catchment's facility would best stand, before looking for a building.
Point2 wanted_place(const Rule& rule, const Catchment& catchment, const Landscape& land) {
  const Polyline& line = land.water_line;
  if (rule.ground == Ground::low_by_water) {
    const NearestPoint nearest(line);
    return line[nearest.nearest(catchment.middle)];
  }
  if (rule.ground == Ground::upstream) return point_along(line, 0.33 * length(line));
  if (rule.ground == Ground::downstream) return point_along(line, 0.68 * length(line));
  return catchment.middle;
}

// Where a road of class tertiary or higher leaves the map, as in imported cities.
void add_entries(const StreetGraph& graph, const Box2& extent, std::vector<Site>& sites) {
  const Box2 inner = extent.grown(-25);
  std::vector<std::uint8_t> used(graph.nodes.size(), 0);
  for (const StreetEdge& edge : graph.edges)
    for (std::uint32_t n : {edge.from, edge.to}) {
      if (edge.road_class > RoadClass::tertiary || inner.contains(graph.nodes[n]) || used[n] != 0) continue;
      used[n] = 1;
      sites.push_back({FacilityKind::entry, graph.nodes[n], 0xFFFFFFFFU, 0, 0});
    }
}

}  // namespace

std::vector<Site> place_sites(std::vector<House>& houses, const std::vector<Block>& blocks,
                              const Landscape& land, const Settlement& plan, const StreetGraph& graph,
                              double population, const RunContext& context) {
  SiteFinder finder(houses, blocks, land, plan);
  const auto demand = demand_of(land, plan);
  const double town_km2 = static_cast<double>(demand.size()) / 100;
  std::vector<Site> sites;
  for (const Rule& rule : kRules) {
    double count = population / rule.people_per_site;
    if (rule.km2_per_site > 0) count = std::max(count, town_km2 / rule.km2_per_site);
    const auto whole = static_cast<std::size_t>(std::max(1.0, std::round(count)));
    for (const Catchment& c : catchments(demand, whole, context)) {
      context.check_stop();
      const std::uint32_t h = finder.take(rule, wanted_place(rule, c, land));
      if (h == 0xFFFFFFFFU) continue;
      sites.push_back({rule.kind, snap(centroid(Polygon{houses[h].footprint, {}})), h,
                       std::round(rule.capacity_share * c.people), rule.floor_height});
    }
  }
  add_entries(graph, land.extent, sites);
  return sites;
}

}  // namespace citytwin::gis::generate
