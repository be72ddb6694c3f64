// Decks and embankments that stand in an elevation model where water, or a street, passes below.
#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "gis/build/conditioning_steps.hpp"
#include "gis/geometry/clip.hpp"

namespace citytwin::gis {

namespace {

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Lowers a deck's cells inside one piece of a water body to the ground beside the deck.
void open_deck(CityTables& tables, const BridgeDecks& decks, std::uint32_t link, const Polygon& water) {
  Grid<float>& ground = tables.terrain.elevation;
  const double cell_m = ground.spec.cell_m;
  const auto line = tables.streets.links.geometry[link];
  const double deck = half_width(tables.streets.links, link) + cell_m / 2;
  std::vector<std::pair<int, int>> under;
  std::vector<double> beside;
  cells_with_centre_in(ground.spec, water, [&](int i, int j) {
    const float z = ground.at(i, j);
    if (std::isnan(z)) return;
    const Point2 centre = ground.spec.centre(i, j);
    if (distance_to_line(centre, line) <= deck)
      under.emplace_back(i, j);
    else if (decks.over(centre, cell_m / 2) == BridgeDecks::kNone)
      beside.push_back(z);
  });
  if (under.empty() || beside.empty()) return;
  const double bed = median(beside);
  const double noise = terrain_noise(tables.terrain.true_resolution_m);
  ChangeRecord change(ground, "bridge", tables.streets.links.origin.key[link]);
  for (const auto& [i, j] : under) {
    const double z = ground.at(i, j);
    if (z - bed > noise) change.lower(i, j, std::max(bed, z - ConditioningLimits::kBridgeDepth));
  }
  change.finish(tables.import_log);
}

// Lowers a street's cells between distances s0 and s1 along it to the straight line between the ground there.
// All or nothing: what lies deeper than the limit is a tunnel.
void open_below(CityTables& tables, std::size_t link, double s0, double s1) {
  Grid<float>& ground = tables.terrain.elevation;
  const auto line = tables.streets.links.geometry[link];
  const double z0 = sample_nearest(ground, point_along(line, s0));
  const double z1 = sample_nearest(ground, point_along(line, s1));
  if (std::isnan(z0) || std::isnan(z1) || !(s1 > s0)) return;
  const double noise = terrain_noise(tables.terrain.true_resolution_m);
  const double step = ground.spec.cell_m / 2;
  const auto steps = static_cast<std::size_t>(std::ceil((s1 - s0) / step));
  const auto place = [&](std::size_t k) { return std::min(s0 + static_cast<double>(k) * step, s1); };
  const auto level = [&](std::size_t k) { return z0 + (z1 - z0) * (place(k) - s0) / (s1 - s0); };
  double deepest = 0;
  for (std::size_t k = 0; k <= steps; ++k) {
    const double z = sample_nearest(ground, point_along(line, place(k)));
    if (z == z) deepest = std::max(deepest, z - level(k));
  }
  if (deepest <= noise || deepest > ConditioningLimits::kUnderpassDepth) return;
  ChangeRecord change(ground, "underpass", tables.streets.links.origin.key[link]);
  const double radius = half_width(tables.streets.links, link);
  for (std::size_t k = 0; k <= steps; ++k)
    cells_around(ground.spec, point_along(line, place(k)), radius, [&](int i, int j) {
      const double z = ground.at(i, j);
      if (z - level(k) > noise && z - level(k) <= ConditioningLimits::kUnderpassDepth)
        change.lower(i, j, level(k));
    });
  change.finish(tables.import_log);
}

// Distances along `lower` at which it passes under `upper` (proper crossings only).
std::vector<double> crossings(std::span<const Point2> lower, std::span<const Point2> upper) {
  std::vector<double> at;
  double s = 0;
  for (std::size_t k = 1; k < lower.size(); ++k) {
    const Point2 a = lower[k - 1];
    const Point2 d = lower[k] - a;
    for (std::size_t m = 1; m < upper.size(); ++m) {
      const Point2 c = upper[m - 1];
      const Point2 e = upper[m] - c;
      const double denominator = cross(d, e);
      if (denominator == 0) continue;
      const double t = cross(c - a, e) / denominator;
      const double u = cross(c - a, d) / denominator;
      if (t > 0 && t < 1 && u > 0 && u < 1) at.push_back(s + t * length(d));
    }
    s += length(d);
  }
  std::sort(at.begin(), at.end());
  return at;
}

}  // namespace

void open_bridges_over_water(CityTables& tables, const RunContext& context) {
  const WaterBodies& bodies = tables.water_bodies;
  const BridgeDecks decks(tables.streets);
  std::vector<Box2> boxes;
  boxes.reserve(bodies.size());
  for (std::size_t row = 0; row < bodies.size(); ++row)
    boxes.push_back(bodies.kind[row] == WaterKind::sea ? Box2{} : bounds(bodies.area.outer(row)));
  const SpatialIndex index(boxes);
  for (const std::uint32_t link : decks.links()) {
    context.check_stop();
    const double margin =
        2 * half_width(tables.streets.links, link) + 4 * tables.terrain.elevation.spec.cell_m;
    const Box2 around = bounds(tables.streets.links.geometry[link]).grown(margin);
    for (const std::uint32_t row : index.overlapping(around))
      for (const Polygon& water : clip_polygon(bodies.area[row], around))
        open_deck(tables, decks, link, water);
  }
}

void open_underpasses(CityTables& tables, const RunContext& context) {
  const Links& links = tables.streets.links;
  std::vector<Box2> boxes(links.size());
  for (std::size_t row = 0; row < links.size(); ++row) {
    const bool below = links.structure[row] == Structure::underpass ||
                       (links.structure[row] == Structure::tunnel && links.level[row] < 0);
    const double total = length(links.geometry[row]);
    if (below && total <= ConditioningLimits::kLongestUnderpass) open_below(tables, row, 0, total);
    if (links.structure[row] == Structure::ground && links.level[row] == 0)
      boxes[row] = bounds(links.geometry[row]);
  }
  const SpatialIndex index(boxes);
  for (std::size_t bridge = 0; bridge < links.size(); ++bridge) {
    if (links.structure[bridge] != Structure::bridge) continue;
    context.check_stop();
    for (const std::uint32_t street : index.overlapping(bounds(links.geometry[bridge]))) {
      const double total = length(links.geometry[street]);
      const double reach = half_width(links, bridge) + 2 * tables.terrain.elevation.spec.cell_m;
      for (const double s : crossings(links.geometry[street], links.geometry[bridge]))
        open_below(tables, street, std::max(s - reach, 0.0), std::min(s + reach, total));
    }
  }
}

}  // namespace citytwin::gis
