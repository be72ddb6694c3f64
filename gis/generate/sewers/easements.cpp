#include "gis/generate/sewers/easements.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"
#include "engine/model/ground.hpp"

namespace citytwin::gis {

namespace {

constexpr double kReach = 150;    // [m]
constexpr double kFall = 0.01;    // [-] at least, to be worth the trouble
constexpr std::size_t kMost = 3;  // from one node
constexpr double kCell = 10;      // [m] of the map of water
constexpr double kMostCells = 3e7;

Grid<std::uint32_t> water_of(const CityTables& city) {
  const Box2& extent = city.info.frame.extent;
  const GridSpec spec = grid_over(extent, std::max(kCell, std::sqrt(extent.area() / kMostCells)));
  Grid<std::uint32_t> water = water_body_of_cells(city.water_bodies, spec);
  for (std::size_t w = 0; w < city.waterways.size(); ++w)
    if (city.waterways.structure[w] != Structure::tunnel)
      cells_along(spec, city.waterways.line[w], [&](int i, int j) { water.at(i, j) = 0; });
  return water;
}

bool crosses(const Grid<std::uint32_t>& water, Point2 a, Point2 b) {
  bool wet = false;
  cells_along(water.spec, Polyline{a, b}, [&](int i, int j) { wet = wet || water.at(i, j) != kDryLand; });
  return wet;
}

// No trench that falls enough.
bool is_hollow(const SewerGraph& graph, std::uint32_t n) {
  for (std::uint32_t k = graph.first[n]; k < graph.first[n + 1]; ++k) {
    const Trench& t = graph.trenches[graph.touching[k]];
    const std::uint32_t other = t.a == n ? t.b : t.a;
    if (graph.ground[n] - graph.ground[other] >= 0) return false;
  }
  return true;
}

}  // namespace

void add_easements(SewerGraph& graph, const CityTables& city, const RunContext& context) {
  const Grid<std::uint32_t> water = water_of(city);
  std::vector<Box2> boxes(graph.nodes());
  for (std::size_t n = 0; n < graph.nodes(); ++n) boxes[n].add(graph.position[n]);
  const SpatialIndex index(boxes);
  std::vector<Trench> added;
  for (std::uint32_t n = 0; n < graph.nodes(); ++n) {
    context.check_stop();
    if (!is_hollow(graph, n)) continue;
    const Point2 p = graph.position[n];
    std::vector<std::pair<double, std::uint32_t>> lower;
    for (const std::uint32_t m : index.overlapping(boxes[n].grown(kReach))) {
      const double d = distance(p, graph.position[m]);
      if (m != n && d > 0 && d <= kReach && graph.ground[n] - graph.ground[m] >= kFall * d)
        lower.emplace_back(d, m);
    }
    std::sort(lower.begin(), lower.end());
    std::size_t taken = 0;
    for (const auto& [d, m] : lower) {
      if (taken == kMost) break;
      if (crosses(water, p, graph.position[m])) continue;
      added.push_back({n, m, {p, graph.position[m]}, d, true});
      ++taken;
    }
  }
  graph.trenches.insert(graph.trenches.end(), added.begin(), added.end());
  index_trenches(graph);
}

}  // namespace citytwin::gis
