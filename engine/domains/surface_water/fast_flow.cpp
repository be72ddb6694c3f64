#include "engine/domains/surface_water/fast_flow.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/solver.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kFrontStep = 0.2;  // [m]

// Counts in cells, until they are summed.
struct TileFastFlow {
  std::size_t deep = 0, fast = 0, fronts = 0;
  double froude = 0;
  int i = 0, j = 0;
  int front_i = -1, front_j = -1;
};

// A tile's water (64 x 64 each).
struct TileWater {
  std::vector<double> depth, east, north;
  TileWater() : depth(kTileCells), east(kTileCells), north(kTileCells) {}
};

TileFastFlow look_at(const Solver& solver, std::size_t t, TileWater& water) {
  const TileGrid& grid = solver.grid();
  const Tile& tile = grid.tiles()[t];
  const auto corner = grid.corner(t);
  const int i0 = corner.first, j0 = corner.second;  // clang 14 has no bindings in lambdas
  TileFastFlow out;
  const std::vector<double>& depth = water.depth;
  solver.water().copy_depth(t, water.depth);
  solver.water().copy_velocity(t, water.east, water.north);
  const auto is_front = [&](int i, int j, int di, int dj) {
    if (i + di >= tile.width || j + dj >= tile.height) return false;
    const double here = depth[local(i, j)];
    const double there = depth[local(i + di, j + dj)];
    if (!(there > kFastDepth)) return false;
    const double step = tile.ground[rimmed(i + di, j + dj)] - tile.ground[rimmed(i, j)];
    const double rise = std::abs(step + (there - here));
    return rise > std::max(kFrontStep, 0.5 * std::max(here, there)) && std::abs(step) < 0.5 * rise &&
           grid.open_ground(i0 + i, j0 + j) && grid.open_ground(i0 + i + di, j0 + j + dj);
  };
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const double h = depth[local(i, j)];
      if (!(h > kFastDepth) || solver.kind()[grid.spec().index(i0 + i, j0 + j)] != CellKind::free) continue;
      ++out.deep;
      const double u = water.east[local(i, j)], v = water.north[local(i, j)];
      const double froude = std::sqrt((u * u + v * v) / (kGravity * h));
      if (froude > kFastFroude) ++out.fast;
      if (froude > out.froude) {
        out.froude = froude;
        out.i = i0 + i;
        out.j = j0 + j;
      }
      for (const auto& [di, dj] : {std::pair{1, 0}, std::pair{0, 1}}) {
        if (!is_front(i, j, di, dj)) continue;
        if (out.fronts++ > 0) continue;
        out.front_i = i0 + i;
        out.front_j = j0 + j;
      }
    }
  return out;
}

}  // namespace

FastFlow find_fast_flow(const Solver& solver) {
  const TileGrid& grid = solver.grid();
  std::vector<TileFastFlow> parts(grid.tiles().size());
  for_chunks(parts.size(), 4, [&](std::size_t begin, std::size_t end) {
    TileWater water;
    for (std::size_t t = begin; t < end; ++t)
      if (grid.tiles()[t].wet) parts[t] = look_at(solver, t, water);
  });
  FastFlow total;
  const double cell_area = grid.spec().cell_m * grid.spec().cell_m;
  for (const TileFastFlow& part : parts) {
    total.deep_area += static_cast<double>(part.deep) * cell_area;
    total.fast_area += static_cast<double>(part.fast) * cell_area;
    if (total.fronts == 0 && part.fronts > 0) total.front_at = grid.spec().centre(part.front_i, part.front_j);
    total.fronts += part.fronts;
    if (part.froude <= total.froude) continue;
    total.froude = part.froude;
    total.at = grid.spec().centre(part.i, part.j);
  }
  return total;
}

}  // namespace citytwin::surface_water
