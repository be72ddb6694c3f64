#include "gis/generate/landscape.hpp"

#include <cmath>
#include <numbers>

#include "engine/base/parallel.hpp"
#include "gis/generate/drainage.hpp"
#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kLineStep = 5;         // spacing of water line points [m]
constexpr double kRiverSlope = 0.0006;  // of the water surface along the river
constexpr double kPad = 300;            // the water line runs this far beyond the extent [m]

// The water line is a graph over a straight axis: axis point + normal * offset(t). A graph cannot cross
// itself, which keeps its offsets (banks, quays) simple.
Polyline make_water_line(const Random& random, const Box2& extent, WaterSide water, Point2& right) {
  const double size = extent.width();
  const double angle = 2 * std::numbers::pi * random.uniform(0, 0, 1);
  const Point2 axis{std::cos(angle), std::sin(angle)};
  const Point2 left{-axis.y, axis.x};
  right = left * -1;
  const bool river = water == WaterSide::river;
  // A river runs close by the middle; a coast cuts off about a quarter of the extent.
  const double shift = river ? size * 0.05 * (random.uniform(0, 0, 2) < 0.5 ? -1 : 1) : -0.27 * size;
  const double wave = river ? std::min(2600.0, 0.75 * size) : std::min(3500.0, 0.8 * size);
  const double amplitude = (river ? 0.085 : 0.05) * wave;
  const FractalNoise bends(random, 3, {{-2 * size, 0}, {2 * size, 1}}, wave / 3, river ? 2 : 5, 0.45);
  const double phase = 2 * std::numbers::pi * random.uniform(0, 0, 4);
  Polyline line;
  const double reach = 0.75 * size + 2 * kPad;
  const Box2 keep = extent.grown(kPad);
  for (double t = -reach; t <= reach; t += kLineStep) {
    const double offset = shift + amplitude * std::sin(2 * std::numbers::pi * t / wave + phase) +
                          amplitude * 0.6 * std::sin(2 * std::numbers::pi * t / (wave * 2.37) + 2 * phase) +
                          amplitude * (river ? 0.25 : 0.7) * bends({t, 0.5});
    const Point2 p = extent.centre() + axis * t + left * offset;
    if (keep.contains(p)) line.push_back(p);
  }
  return line;
}

// Nearest water line point of each cell by two raster sweeps (8-neighbour vector distance transform,
// Danielsson 1980): linear in cells, off by far less than a cell.
std::vector<std::int32_t> nearest_on_line(const GridSpec& grid, const Polyline& line,
                                          const RunContext& context) {
  std::vector<std::int32_t> nearest(grid.size(), -1);
  const auto take = [&](int i, int j, std::int32_t k) {
    if (k < 0) return;
    std::int32_t& best = nearest[grid.index(i, j)];
    const Point2 c = grid.centre(i, j);
    if (best < 0 ||
        distance(line[static_cast<std::size_t>(k)], c) < distance(line[static_cast<std::size_t>(best)], c))
      best = k;
  };
  for (std::size_t k = 0; k < line.size(); ++k) {
    const int i = grid.column(line[k].x);
    const int j = grid.row(line[k].y);
    if (grid.inside(i, j)) take(i, j, static_cast<std::int32_t>(k));
  }
  const auto from = [&](int i, int j, int di, int dj) {
    if (grid.inside(i + di, j + dj)) take(i, j, nearest[grid.index(i + di, j + dj)]);
  };
  for (int j = 0; j < grid.ny; ++j) {
    context.check_stop();
    for (int i = 0; i < grid.nx; ++i)
      for (const auto& [di, dj] : {std::pair{-1, 0}, {-1, -1}, {0, -1}, {1, -1}}) from(i, j, di, dj);
    for (int i = grid.nx - 1; i >= 0; --i) from(i, j, 1, 0);
  }
  for (int j = grid.ny - 1; j >= 0; --j) {
    context.check_stop();
    for (int i = grid.nx - 1; i >= 0; --i)
      for (const auto& [di, dj] : {std::pair{1, 0}, {1, 1}, {0, 1}, {-1, 1}}) from(i, j, di, dj);
    for (int i = 0; i < grid.nx; ++i) from(i, j, -1, 0);
  }
  return nearest;
}

// Signed distance of p to the line near point k: positive on the left of the line.
double signed_distance(const Polyline& line, std::size_t k, Point2 p) {
  const std::size_t from = k == 0 ? 0 : k - 1;
  const std::size_t to = std::min(k + 1, line.size() - 1);
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t s = from; s < to; ++s) best = std::min(best, distance_to_segment(p, line[s], line[s + 1]));
  return cross(line[to] - line[from], p - line[from]) >= 0 ? best : -best;
}

// Ground above the water level at distance `from_bank` inland; hills in [0, 1], detail about [-1, 1].
double river_ground(double from_bank, double half_width, double hills, double detail, double plain) {
  const double depth = 1.6 + half_width * 0.06;
  if (from_bank < 0) {
    const double across = 1 + from_bank / half_width;  // 0 in the middle, 1 at the bank
    return -depth * (1 - across * across * across);
  }
  const double bank = 2.0 * smooth_step(0, 14, from_bank);
  const double side = smooth_step(plain, plain + 1300, from_bank);
  return bank + 0.004 * std::min(from_bank, 1500.0) +
         detail * (0.25 + 4 * side) * smooth_step(5, 60, from_bank) + side * (6 + 75 * hills);
}

double coast_ground(double inland, double hills, double detail, double plain) {
  if (inland < 0) return -std::min(14.0, 0.35 + 0.022 * -inland) * smooth_step(0, 25, -inland);
  const double shore = 2.1 * smooth_step(0, 18, inland);
  const double side = smooth_step(plain, plain + 1500, inland);
  return shore + 0.005 * std::min(inland, 2000.0) + detail * (0.25 + 4 * side) * smooth_step(5, 80, inland) +
         side * (5 + 85 * hills);
}

// Brooks cut valleys into the hills and shallow swales into the plain, down to just above the water they
// run to; pits fill up. On smooth ground their paths would run straight in eight directions: they are found
// on roughened ground, so that they wind.
template <class LevelAt>
void erode(Landscape& land, const FractalNoise& rough, const LevelAt& level_at, const RunContext& context) {
  const GridSpec& grid = land.elevation.spec;
  std::vector<std::uint8_t> outlets(grid.size());
  std::vector<float> floor(grid.size());
  Grid<float> ground = land.elevation;
  for (int j = 0; j < grid.ny; ++j) {
    context.check_stop();
    for (int i = 0; i < grid.nx; ++i) {
      const std::size_t cell = grid.index(i, j);
      const Point2 p = grid.centre(i, j);
      const double from_water = land.water_distance.values[cell];
      outlets[cell] = from_water < 0 ? 1 : 0;
      const double deepest = 0.8 + 9 * smooth_step(300, 1600, from_water);
      const double here = land.elevation.values[cell];
      floor[cell] =
          static_cast<float>(outlets[cell] != 0 ? here : std::max(level_at(p) + 0.4, here - deepest));
      if (outlets[cell] == 0) ground.values[cell] += static_cast<float>(2.5 * rough(p));
    }
  }
  context.progress("stage.generate", 0.06);
  carve_valleys(land.elevation, find_drainage(ground, outlets, context), floor, {0.03, 8, 10, 0.09}, context);
  fill_pits(land.elevation, outlets, 0.5, context);
}

}  // namespace

Point2 Landscape::gradient_at(Point2 p) const {
  constexpr double kReach = 30;  // longer than a street is wide: kerbs must not turn streets
  const auto h = [&](double dx, double dy) { return height_at({p.x + dx, p.y + dy}); };
  return {(h(kReach, 0) - h(-kReach, 0)) / (2 * kReach), (h(0, kReach) - h(0, -kReach)) / (2 * kReach)};
}

Landscape make_landscape(std::uint64_t seed, const Box2& extent, double cell_m, WaterSide water,
                         double population, const RunContext& context) {
  const Random random(seed, kReliefStream);
  Landscape land;
  land.extent = extent;
  land.water = water;
  land.water_line = make_water_line(random, extent, water, land.seaward);
  const bool river = water == WaterSide::river;
  if (river) land.river_width = 26 + 18 * std::log10(population / 10'000);
  // Falling along the axis, not along the bends: so the ground on both sides of a bend agrees.
  const Point2 axis{-land.seaward.y, land.seaward.x};
  const auto level_at = [&](Point2 p) {
    return river ? 20 + kRiverSlope * (dot(extent.centre() - p, axis) + 0.75 * extent.width()) : 0.0;
  };
  for (Point2 p : land.water_line) land.line_level.push_back(level_at(p));
  GridSpec grid;
  grid.origin = extent.min;
  grid.cell_m = cell_m;
  grid.nx = static_cast<int>(std::lround(extent.width() / cell_m));
  grid.ny = static_cast<int>(std::lround(extent.height() / cell_m));
  // Padded, so that cells at the border see the line beyond it.
  GridSpec padded = grid;
  const int pad = static_cast<int>(kPad / cell_m);
  padded.origin = {grid.origin.x - pad * cell_m, grid.origin.y - pad * cell_m};
  padded.nx += 2 * pad;
  padded.ny += 2 * pad;
  const auto nearest = nearest_on_line(padded, land.water_line, context);

  land.elevation = Grid<float>(grid);
  land.water_distance = Grid<float>(grid);
  land.along_x = Grid<float>(grid);
  land.along_y = Grid<float>(grid);
  const FractalNoise hills(random, 10, extent, 2400, 6, 0.45);
  const FractalNoise detail(random, 11, extent, 500, 6, 0.55);
  const FractalNoise plain(random, 12, extent, 1800, 2);
  const double half = land.river_width / 2;
  for_chunks(static_cast<std::size_t>(grid.ny), 16, [&](std::size_t begin, std::size_t end) {
    for (int j = static_cast<int>(begin); j < static_cast<int>(end); ++j) {
      context.check_stop();
      for (int i = 0; i < grid.nx; ++i) {
        const auto k = static_cast<std::size_t>(nearest[padded.index(i + pad, j + pad)]);
        const Point2 p = grid.centre(i, j);
        const double side = signed_distance(land.water_line, k, p);
        const double inland = river ? std::abs(side) - half : side;
        const double rolling = std::clamp(0.5 + 0.6 * hills(p), 0.0, 1.0);
        const double wide = 240 * (1 + 0.5 * plain(p));
        const double above = river ? river_ground(inland, half, rolling, detail(p), wide)
                                   : coast_ground(inland, rolling, detail(p), wide);
        const std::size_t from = k == 0 ? 0 : k - 1;
        const std::size_t to = std::min(k + 1, land.water_line.size() - 1);
        const Point2 run = land.water_line[to] - land.water_line[from];
        const std::size_t cell = grid.index(i, j);
        land.elevation.values[cell] = static_cast<float>(level_at(p) + above);
        land.water_distance.values[cell] = static_cast<float>(inland);
        land.along_x.values[cell] = static_cast<float>(run.x / length(run));
        land.along_y.values[cell] = static_cast<float>(run.y / length(run));
      }
    }
  });
  context.progress("stage.generate", 0.04);
  erode(land, FractalNoise(random, 13, extent, 320, 5, 0.6), level_at, context);
  return land;
}

}  // namespace citytwin::gis::generate
