// What every generated city must hold, whatever its seed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <sstream>
#include <string>

#include "engine/geo/csr_graph.hpp"
#include "engine/geo/spatial_index.hpp"
#include "engine/model/names.hpp"
#include "gis/generate/generate_tables.hpp"
#include "gis/generate/segment_buckets.hpp"

using namespace citytwin;
using gis::GenerateOptions;
using gis::generate::GeneratedParts;

namespace {

GenerateOptions options_of(double population, std::uint64_t seed, const std::string& water) {
  GenerateOptions options;
  options.population = population;
  options.seed = seed;
  options.water = water;
  return options;
}

// One city per case, made once.
const GeneratedParts& city_of(double population, std::uint64_t seed, const std::string& water) {
  static std::map<std::string, GeneratedParts> made;
  const std::string name = std::to_string(population) + "/" + std::to_string(seed) + "/" + water;
  auto found = made.find(name);
  if (found == made.end())
    found =
        made.emplace(name, gis::generate::generate_parts(options_of(population, seed, water), RunContext{}))
            .first;
  return found->second;
}

template <class Check>
void for_each_city(Check&& check) {
  for (const auto& [population, seed, water] : {std::tuple{10'000.0, 1, std::string("river")},
                                                {10'000.0, 2, "coast"},
                                                {10'000.0, 3, "river"},
                                                {23'000.0, 4, "coast"},
                                                {30'000.0, 5, "river"},
                                                {100'000.0, 6, "river"},
                                                {100'000.0, 7, "coast"}}) {
    CAPTURE(population);
    CAPTURE(seed);
    CAPTURE(water);
    check(city_of(population, static_cast<std::uint64_t>(seed), water));
  }
  // One more by hand: CITYTWIN_CITY="1000000 1 river".
  if (const char* more = std::getenv("CITYTWIN_CITY"); more != nullptr) {
    GenerateOptions options;
    std::istringstream(more) >> options.population >> options.seed >> options.water;
    check(city_of(options.population, options.seed, options.water));
  }
}

double distance_to_ring(const Ring& ring, Point2 p) {
  double best = 1e300;
  for (std::size_t k = 0; k < ring.size(); ++k)
    best = std::min(best, distance_to_segment(p, ring[k], ring[(k + 1) % ring.size()]));
  return best;
}

bool rings_cross(const Ring& a, const Ring& b) {
  gis::generate::Crossing x;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      if (gis::generate::crossing_of(a[i], a[(i + 1) % a.size()], b[j], b[(j + 1) % b.size()], x))
        return true;
  return false;
}

std::vector<Box2> boxes_of(const std::vector<gis::generate::House>& houses) {
  std::vector<Box2> boxes;
  for (const auto& h : houses) boxes.push_back(bounds(h.footprint));
  return boxes;
}

}  // namespace

TEST_CASE("buildings stand inside their block") {
  for_each_city([](const GeneratedParts& city) {
    std::size_t outside = 0;
    for (const auto& h : city.houses) {
      const Ring& block = city.blocks[h.block].land.outer;
      for (Point2 p : h.footprint)
        if (!contains(block, p) && distance_to_ring(block, p) > 0.01) ++outside;
    }
    CHECK(city.houses.size() > 1000);
    CHECK(outside == 0);
  });
}

TEST_CASE("buildings do not overlap each other") {
  for_each_city([](const GeneratedParts& city) {
    const SpatialIndex index(boxes_of(city.houses));
    std::size_t overlaps = 0;
    for (std::size_t a = 0; a < city.houses.size(); ++a)
      for (std::uint32_t b : index.overlapping(bounds(city.houses[a].footprint))) {
        if (b <= a) continue;
        const Ring& ra = city.houses[a].footprint;
        const Ring& rb = city.houses[b].footprint;
        if (rings_cross(ra, rb) || contains(ra, rb[0]) || contains(rb, ra[0])) ++overlaps;
      }
    CHECK(overlaps == 0);
  });
}

TEST_CASE("buildings keep off streets") {
  for_each_city([](const GeneratedParts& city) {
    const SpatialIndex index(boxes_of(city.houses));
    std::size_t on_street = 0;
    for (const auto& edge : city.graph.edges) {
      const double half =
          gis::generate::half_width(edge.road_class) - 0.2;  // arcs of the block's outline are chords
      for (std::size_t k = 0; k + 1 < edge.points.size(); ++k) {
        Box2 box;
        box.add(edge.points[k]);
        box.add(edge.points[k + 1]);
        for (std::uint32_t h : index.overlapping(box.grown(half))) {
          const Ring& ring = city.houses[h].footprint;
          for (std::size_t v = 0; v < ring.size(); ++v)
            if (distance_to_segment(ring[v], edge.points[k], edge.points[k + 1]) < 0.85 * half ||
                distance_to_segment(edge.points[k], ring[v], ring[(v + 1) % ring.size()]) < 0.85 * half)
              ++on_street;
          if (contains(ring, edge.points[k])) ++on_street;
        }
      }
    }
    CHECK(on_street == 0);
  });
}

TEST_CASE("buildings keep out of the water") {
  for_each_city([](const GeneratedParts& city) {
    std::size_t wet = 0;
    for (const auto& h : city.houses)
      for (Point2 p : h.footprint)
        if (city.land.water_distance_at(p) < 8) ++wet;
    CHECK(wet == 0);
    const auto& bodies = city.tables.water_bodies;
    REQUIRE(bodies.size() > 0);
    std::size_t inside = 0;
    for (std::size_t w = 0; w < bodies.size(); ++w)
      for (const auto& h : city.houses)
        if (bodies.area.contains(w, h.footprint[0])) ++inside;
    CHECK(inside == 0);
  });
}

TEST_CASE("the street graph is planar, whole and used") {
  for_each_city([](const GeneratedParts& city) {
    const auto& g = city.graph;
    std::vector<int> degree(g.nodes.size(), 0);
    std::vector<Arc> arcs;
    for (std::uint32_t e = 0; e < g.edges.size(); ++e) {
      ++degree[g.edges[e].from];
      ++degree[g.edges[e].to];
      arcs.push_back({g.edges[e].from, g.edges[e].to, e});
      CHECK(g.edges[e].points.front() == g.nodes[g.edges[e].from]);
      CHECK(g.edges[e].points.back() == g.nodes[g.edges[e].to]);
      CHECK(length(g.edges[e].points) > 5);
    }
    CHECK(std::count(degree.begin(), degree.end(), 0) == 0);
    const auto piece = weak_components(g.nodes.size(), arcs);
    CHECK(std::set<std::uint32_t>(piece.begin(), piece.end()).size() == 1);

    gis::generate::SegmentBuckets buckets(city.land.extent, 50);
    for (std::uint32_t e = 0; e < g.edges.size(); ++e)
      for (std::uint32_t k = 0; k + 1 < g.edges[e].points.size(); ++k)
        buckets.add({g.edges[e].points[k], g.edges[e].points[k + 1], e, k});
    std::size_t crossings = 0;
    buckets.crossings([&](const auto& p, const auto& q, const gis::generate::Crossing& x) {
      const Point2 at = p.a + (p.b - p.a) * x.s;
      if (p.line == q.line && (p.index > q.index ? p.index - q.index : q.index - p.index) == 1) return;
      for (Point2 end : {g.edges[p.line].points.front(), g.edges[p.line].points.back()})
        if (distance(at, end) < 2e-3 &&
            (end == g.edges[q.line].points.front() || end == g.edges[q.line].points.back()))
          return;
      ++crossings;
    });
    CHECK(crossings == 0);
  });
}

TEST_CASE("streets have a hierarchy, signals, ways out and bridges") {
  for_each_city([](const GeneratedParts& city) {
    std::map<RoadClass, double> metres;
    std::size_t bridges = 0;
    for (const auto& e : city.graph.edges) {
      metres[e.road_class] += length(e.points);
      if (!e.bridge) continue;
      ++bridges;
      CHECK(e.road_class <= RoadClass::tertiary);
      CHECK(city.land.water_distance_at(point_along(e.points, length(e.points) / 2)) < 0);
    }
    CHECK(metres[RoadClass::residential] > metres[RoadClass::secondary]);
    CHECK(metres[RoadClass::residential] > metres[RoadClass::primary]);
    CHECK(metres[RoadClass::primary] > 2000);
    CHECK(metres[RoadClass::secondary] > 500);
    CHECK((bridges > 0) == (city.land.water == gis::generate::WaterSide::river));
    const auto& control = city.tables.streets.junctions.control;
    CHECK(std::count(control.begin(), control.end(), JunctionControl::signals) >= 2);
    const auto& kind = city.tables.facilities.kind;
    CHECK(std::count(kind.begin(), kind.end(), FacilityKind::entry) >= 1);
    // Streets that are not bridges stay on land.
    for (const auto& e : city.graph.edges) {
      if (e.bridge) continue;
      for (Point2 p : e.points) CHECK(city.land.water_distance_at(p) > 0);
    }
  });
}

TEST_CASE("people are whole, add up, and agree with the management cells") {
  for_each_city([](const GeneratedParts& city) {
    const auto& b = city.tables.buildings;
    const auto& cells = city.tables.management_cells;
    const double sum = std::accumulate(b.people.begin(), b.people.end(), 0.0);
    const std::string& name = city.tables.info.name;  // "Generated <population>/<seed>"
    CHECK(sum == std::stod(name.substr(name.find(' ') + 1)));
    CHECK(std::accumulate(cells.population.begin(), cells.population.end(), 0.0) == sum);
    std::map<std::pair<int, int>, double> by_square;
    double rooms = 0;
    for (std::size_t k = 0; k < b.size(); ++k) {
      CHECK(b.people[k] == std::floor(b.people[k]));
      if (b.use[k] != BuildingUse::residential)
        CHECK(b.people[k] == 0);
      else
        rooms += b.floor_area[k];
      const Point2 p = centroid(b.footprint[k]);
      by_square[{static_cast<int>(p.x / 100), static_cast<int>(p.y / 100)}] += b.people[k];
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const Point2 p = centroid(cells.area[c]);
      CHECK(cells.population[c] == by_square[{static_cast<int>(p.x / 100), static_cast<int>(p.y / 100)}]);
    }
    const double per_person = rooms / sum;  // gross floor area [m2]
    CHECK(per_person > 30);
    CHECK(per_person < 90);
  });
}

TEST_CASE("the town is densest and highest in the middle and fades out before the border") {
  for_each_city([](const GeneratedParts& city) {
    const Point2 centre = city.plan.centres[0].position;
    double near_levels = 0, near_count = 0, far_levels = 0, far_count = 0;
    for (const auto& h : city.houses) {
      const double r = distance(h.footprint[0], centre);
      if (r < 0.5 * city.plan.falloff) near_levels += h.levels, ++near_count;
      if (r > 1.5 * city.plan.falloff) far_levels += h.levels, ++far_count;
    }
    REQUIRE(near_count > 0);
    REQUIRE(far_count > 0);
    CHECK(near_levels / near_count > far_levels / far_count + 1);
    const Box2 inner = city.land.extent.grown(-0.02 * city.land.extent.width());
    const auto at_border = std::count_if(city.houses.begin(), city.houses.end(),
                                         [&](const auto& h) { return !inner.contains(h.footprint[0]); });
    CHECK(at_border == 0);
  });
}

TEST_CASE("ground and water agree") {
  for_each_city([](const GeneratedParts& city) {
    const auto& land = city.land;
    if (land.water == gis::generate::WaterSide::coast) {
      for (Point2 p : land.water_line)
        if (land.extent.grown(-60).contains(p)) {
          CHECK(land.height_at(p + land.seaward * 50) < -0.2);
          CHECK(land.height_at(p - land.seaward * 50) > 0.8);
        }
      return;
    }
    std::size_t banks = 0;
    std::size_t high = 0;
    for (std::size_t k = 2; k + 2 < land.water_line.size(); k += 5) {
      const Point2 p = land.water_line[k];
      if (!land.extent.grown(-80).contains(p)) continue;
      const Point2 along = land.water_line[k + 2] - land.water_line[k - 2];
      const Point2 left = Point2{-along.y, along.x} * (1 / length(along));
      CHECK(land.height_at(p) < land.line_level[k] - 1);  // the bed lies below the water level
      for (double side : {-1.0, 1.0}) {  // and the banks above it, 1 m and more but where a brook comes in
        const double bank =
            land.height_at(p + left * (side * (land.river_width / 2 + 35))) - land.line_level[k];
        CHECK(bank > 0.2);
        ++banks;
        if (bank > 1) ++high;
      }
    }
    CHECK(high > 0.85 * static_cast<double>(banks));
    const auto& level = city.tables.water_bodies.level;
    CHECK(std::is_sorted(level.rbegin(), level.rend()));  // downhill, reach by reach
  });
}
