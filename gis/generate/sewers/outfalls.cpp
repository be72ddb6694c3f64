#include "gis/generate/sewers/outfalls.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "engine/geo/csr_graph.hpp"
#include "engine/geo/spatial_index.hpp"

namespace citytwin::gis {

namespace {

constexpr double kSmallestLake = 1e4;    // [m2] water is not led into a garden pond
constexpr double kShortestStream = 500;  // [m] nor into a garden's stream
constexpr double kEdge = 60;             // [m] this near to the extent counts as its edge
constexpr double kLeastFreeboard = 0.2;  // [m] of the last manhole's cover above the water
constexpr double kSmallestPart = 250;    // [m] of trench: below, a yard without sewers of its own
constexpr double kInlandOutfall = 15;    // [m] from the last manhole, downhill

struct Shore {
  Point2 a, b;
  std::uint32_t body = 0xFFFFFFFFU;  // row, or none: a waterway
};

bool takes_water(const WaterBodies& bodies, std::size_t row) {
  switch (bodies.kind[row]) {
    case WaterKind::sea:
    case WaterKind::river:
    case WaterKind::canal:
      return true;
    case WaterKind::lake:
      return bodies.area.area(row) >= kSmallestLake;
    default:
      return false;
  }
}

// Rows that share an end are one water, culverts included: its whole length [m], per row.
std::vector<double> lengths_of_waters(const Waterways& ways) {
  std::map<std::pair<double, double>, std::uint32_t> ends;
  const auto end_of = [&](Point2 p) {
    return ends.emplace(std::pair(p.x, p.y), static_cast<std::uint32_t>(ends.size())).first->second;
  };
  std::vector<Arc> arcs;
  for (std::size_t r = 0; r < ways.size(); ++r)
    arcs.push_back(
        {end_of(ways.line[r].front()), end_of(ways.line[r].back()), static_cast<std::uint32_t>(r)});
  const auto water = weak_components(ends.size(), arcs);
  std::map<std::uint32_t, double> whole;
  for (const Arc& arc : arcs) whole[water[arc.tail]] += length(ways.line[arc.key]);
  std::vector<double> lengths;
  for (const Arc& arc : arcs) lengths.push_back(whole[water[arc.tail]]);
  return lengths;
}

std::vector<Shore> shores_of(const CityTables& city) {
  std::vector<Shore> shores;
  const WaterBodies& bodies = city.water_bodies;
  for (std::size_t r = 0; r < bodies.size(); ++r) {
    if (!takes_water(bodies, r)) continue;
    for (std::size_t k = 0; k < bodies.area.ring_count(r); ++k) {
      const auto ring = bodies.area.ring(r, k);
      for (std::size_t i = 0; i < ring.size(); ++i)
        shores.push_back({ring[i], ring[(i + 1) % ring.size()], static_cast<std::uint32_t>(r)});
    }
  }
  const Waterways& ways = city.waterways;
  const std::vector<double> lengths = lengths_of_waters(ways);
  for (std::size_t r = 0; r < ways.size(); ++r) {
    if (ways.structure[r] == Structure::tunnel || lengths[r] < kShortestStream) continue;
    const auto line = ways.line[r];
    for (std::size_t i = 1; i < line.size(); ++i) shores.push_back({line[i - 1], line[i]});
  }
  return shores;
}

Point2 nearest_on(const Shore& s, Point2 p) {
  const Point2 along = s.b - s.a;
  const double square = dot(along, along);
  const double t = square > 0 ? std::clamp(dot(p - s.a, along) / square, 0.0, 1.0) : 0;
  return s.a + along * t;
}

// Accepts sites that keep their distance from those accepted before.
class Spacing {
 public:
  explicit Spacing(double least) : least_(least) {}
  bool accept(Point2 p) {
    const auto i = static_cast<long>(std::floor(p.x / least_)),
               j = static_cast<long>(std::floor(p.y / least_));
    for (long y = j - 1; y <= j + 1; ++y)
      for (long x = i - 1; x <= i + 1; ++x)
        if (const auto found = buckets_.find({x, y}); found != buckets_.end())
          for (const Point2 q : found->second)
            if (distance(p, q) < least_) return false;
    buckets_[{i, j}].push_back(p);
    return true;
  }

 private:
  double least_;
  std::map<std::pair<long, long>, std::vector<Point2>> buckets_;
};

class Finder {
 public:
  Finder(const SewerGraph& graph, const CityTables& city, const SewerDesign& design)
      : graph_(graph), city_(city), design_(design) {}

  std::vector<OutfallSite> run(const RunContext& context) {
    at_water(context);
    std::sort(sites_.begin(), sites_.end(), [&](const OutfallSite& a, const OutfallSite& b) {
      return std::pair(graph_.ground[a.node], a.node) < std::pair(graph_.ground[b.node], b.node);
    });
    std::vector<OutfallSite> edge = at_edge();
    sites_.insert(sites_.end(), edge.begin(), edge.end());  // water comes first
    const std::vector<OutfallSite> all = sites_;
    Spacing spacing(design_.outfall_spacing);
    std::erase_if(sites_, [&](const OutfallSite& s) { return !spacing.accept(graph_.position[s.node]); });
    in_every_part(all);
    return std::move(sites_);
  }

 private:
  void at_water(const RunContext& context) {
    const std::vector<Shore> shores = shores_of(city_);
    std::vector<Box2> boxes(shores.size());
    for (std::size_t k = 0; k < shores.size(); ++k) {
      boxes[k].add(shores[k].a);
      boxes[k].add(shores[k].b);
    }
    const SpatialIndex index(boxes);
    for (std::uint32_t n = 0; n < graph_.nodes(); ++n) {
      context.check_stop();
      if (graph_.street[n] == 0) continue;
      const Point2 p = graph_.position[n];
      OutfallSite best{.node = n, .distance = design_.outfall_reach};
      for (const std::uint32_t k : index.overlapping(Box2{p, p}.grown(design_.outfall_reach))) {
        const Point2 q = snap(nearest_on(shores[k], p));
        if (!(distance(p, q) < best.distance) || !city_.info.frame.extent.contains(q)) continue;
        const bool body = shores[k].body != 0xFFFFFFFFU;
        best.position = q;
        best.distance = distance(p, q);
        best.water = body ? WaterBodyId(shores[k].body) : WaterBodyId{};
        best.at_water = true;
      }
      if (!best.at_water || best.distance == 0) continue;
      const double level = best.water.is_none() ? NAN : city_.water_bodies.level[best.water.row()];
      if (level > graph_.ground[n] - kLeastFreeboard) continue;  // false if the level is unknown
      sites_.push_back(best);
    }
  }

  std::vector<OutfallSite> at_edge() {
    std::vector<OutfallSite> edge;
    const Box2 inner = city_.info.frame.extent.grown(-kEdge);
    for (std::uint32_t n = 0; n < graph_.nodes(); ++n) {
      if (graph_.street[n] == 0 || inner.contains(graph_.position[n])) continue;
      bool lowest = graph_.first[n] < graph_.first[n + 1];
      for (std::uint32_t k = graph_.first[n]; k < graph_.first[n + 1] && lowest; ++k) {
        const Trench& t = graph_.trenches[graph_.touching[k]];
        lowest = graph_.ground[n] < graph_.ground[t.a == n ? t.b : t.a];
      }
      if (lowest) edge.push_back(inland(n));
    }
    std::sort(edge.begin(), edge.end(), [&](const OutfallSite& a, const OutfallSite& b) {
      return std::pair(graph_.ground[a.node], a.node) < std::pair(graph_.ground[b.node], b.node);
    });
    return edge;
  }

  // A few steps downhill of the node: the lowest of eight directions.
  [[nodiscard]] OutfallSite inland(std::uint32_t n) const {
    OutfallSite site{.node = n};
    double lowest = std::numeric_limits<double>::infinity();
    for (int k = 0; k < 8; ++k) {
      const double angle = k * std::numbers::pi / 4;
      const Point2 q = snap(graph_.position[n] + Point2{std::cos(angle), std::sin(angle)} * kInlandOutfall);
      double z = sample_bilinear(city_.terrain.elevation, q);
      if (std::isnan(z)) z = graph_.ground[n] + 1;
      if (!city_.info.frame.extent.contains(q)) z += 1000;
      if (z >= lowest) continue;
      lowest = z;
      site.position = q;
    }
    site.distance = distance(graph_.position[n], site.position);
    return site;
  }

  // A part whose sites were all too near to others' keeps its first; one without any drains at its lowest
  // node.
  void in_every_part(const std::vector<OutfallSite>& all) {
    std::vector<Arc> arcs;
    for (const Trench& t : graph_.trenches) arcs.push_back({t.a, t.b, 0});
    const auto part = weak_components(graph_.nodes(), arcs);
    std::map<std::uint32_t, double> length_of;
    for (const Trench& t : graph_.trenches)
      if (!t.spare) length_of[part[t.a]] += t.length;
    for (const OutfallSite& site : sites_) length_of.erase(part[site.node]);
    for (const OutfallSite& site : all)
      if (const auto found = length_of.find(part[site.node]);
          found != length_of.end() && found->second >= kSmallestPart) {
        sites_.push_back(site);
        length_of.erase(found);
      }
    std::map<std::uint32_t, std::uint32_t> lowest;
    for (std::uint32_t n = 0; n < graph_.nodes(); ++n) {
      const auto found = length_of.find(part[n]);
      if (graph_.street[n] == 0 || found == length_of.end() || found->second < kSmallestPart) continue;
      const auto [entry, added] = lowest.emplace(part[n], n);
      if (!added && graph_.ground[n] < graph_.ground[entry->second]) entry->second = n;
    }
    for (const auto& [p, n] : lowest) sites_.push_back(inland(n));
  }

  const SewerGraph& graph_;
  const CityTables& city_;
  const SewerDesign& design_;
  std::vector<OutfallSite> sites_;
};

}  // namespace

std::vector<OutfallSite> outfall_sites(const SewerGraph& graph, const CityTables& city,
                                       const SewerDesign& design, const RunContext& context) {
  return Finder(graph, city, design).run(context);
}

}  // namespace citytwin::gis
