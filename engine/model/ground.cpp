#include "engine/model/ground.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/parallel.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin {

namespace {

constexpr std::size_t kRowsPerChunk = 16;
constexpr double kWaterShare = 0.25;  // of a cell, from which it belongs to an inland water body

// The point of the terrain nearest to p, if it is less than a cell of the run away: the last cells of a run's
// grid reach beyond the city's extent, where its terrain may end.
Point2 onto_terrain(Point2 p, const GridSpec& terrain, double cell_m) {
  const Box2 box = terrain.bounds();
  const double inset = 1e-6 * terrain.cell_m;
  const Point2 nearest{std::clamp(p.x, box.min.x, box.max.x - inset),
                       std::clamp(p.y, box.min.y, box.max.y - inset)};
  return std::abs(nearest.x - p.x) < cell_m && std::abs(nearest.y - p.y) < cell_m ? nearest : p;
}

// Mean of n x n samples of a run cell; no-data where more than half of them are.
double cell_mean(const Grid<float>& terrain, const GridSpec& spec, int i, int j, int n) {
  double sum = 0;
  int count = 0;
  for (int b = 0; b < n; ++b)
    for (int a = 0; a < n; ++a) {
      const Point2 sample{spec.origin.x + (i + (a + 0.5) / n) * spec.cell_m,
                          spec.origin.y + (j + (b + 0.5) / n) * spec.cell_m};
      const Point2 p = onto_terrain(sample, terrain.spec, spec.cell_m);
      const double z = n == 1 ? sample_bilinear(terrain, p) : static_cast<double>(sample_nearest(terrain, p));
      if (std::isnan(z)) continue;
      sum += z;
      ++count;
    }
  return 2 * count < n * n || count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / count;
}

}  // namespace

Grid<float> resample_ground(const Terrain& terrain, const GridSpec& grid) {
  Grid<float> ground(grid, kNoData);
  const double ratio = grid.cell_m / terrain.elevation.spec.cell_m;
  // 1 on equal or finer grids; else at least two samples per terrain cell, so that every one of them counts.
  const int n = ratio <= 1.0001 ? 1 : std::min(static_cast<int>(std::ceil(2 * ratio)), 64);
  for_chunks(static_cast<std::size_t>(grid.ny), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (auto j = static_cast<int>(begin); j < static_cast<int>(end); ++j)
      for (int i = 0; i < grid.nx; ++i)
        ground.at(i, j) = static_cast<float>(cell_mean(terrain.elevation, grid, i, j, n));
  });
  apply_patches(terrain.patches, ground);
  return ground;
}

void apply_patches(const std::vector<TerrainPatch>& patches, Grid<float>& ground) {
  for (const TerrainPatch& patch : patches) {
    const Polygon polygon{patch.polygon, {}};
    const auto change = [&](int i, int j) {
      float& z = ground.at(i, j);
      const auto value = static_cast<float>(patch.value);
      switch (patch.verb) {
        case TerrainPatch::Verb::set_level:
          z = value;
          break;
        case TerrainPatch::Verb::raise_to:
          z = std::max(z, value);
          break;
        case TerrainPatch::Verb::lower_to:
          z = std::min(z, value);
          break;
        case TerrainPatch::Verb::raise_by:
          z += value;
          break;
      }
    };
    bool any = false;
    cells_with_centre_in(ground.spec, polygon, [&](int i, int j) {
      any = true;
      change(i, j);
    });
    if (any) continue;
    const Point2 c = centroid(polygon);
    const int i = ground.spec.column(c.x);
    const int j = ground.spec.row(c.y);
    if (ground.spec.inside(i, j)) change(i, j);
  }
}

Grid<std::uint32_t> water_body_of_cells(const WaterBodies& bodies, const GridSpec& grid) {
  Grid<std::uint32_t> body(grid, kDryLand);
  const auto rank = [&](std::uint32_t row) {
    if (bodies.kind[row] == WaterKind::sea) return 2;
    return std::isnan(bodies.level[row]) ? 0 : 1;
  };
  const double enough = kWaterShare * grid.cell_m * grid.cell_m;
  for (std::uint32_t row = 0; row < bodies.size(); ++row) {
    const auto claim = [&](int i, int j) {
      std::uint32_t& here = body.at(i, j);
      if (here == kDryLand || rank(row) >= rank(here)) here = row;
    };
    const Polygon area = bodies.area[row];
    cells_with_centre_in(grid, area, claim);
    if (bodies.kind[row] == WaterKind::sea) continue;
    cell_overlaps(grid, area, [&](int i, int j, double covered) {
      if (covered >= enough) claim(i, j);
    });
  }
  return body;
}

Grid<std::uint8_t> land_cover_of_cells(const LandCover& cover, const GridSpec& grid) {
  Grid<std::uint8_t> cells(grid, static_cast<std::uint8_t>(LandCoverClass::unknown));
  if (!cover.raster.empty())
    for (int j = 0; j < grid.ny; ++j)
      for (int i = 0; i < grid.nx; ++i) {
        const Point2 p = grid.centre(i, j);
        const int ci = cover.raster.spec.column(p.x);
        const int cj = cover.raster.spec.row(p.y);
        if (cover.raster.spec.inside(ci, cj)) cells.at(i, j) = cover.raster.at(ci, cj);
      }
  std::vector<double> areas(cover.size());
  for (std::size_t row = 0; row < cover.size(); ++row) areas[row] = cover.area.area(row);
  std::vector<std::size_t> order(cover.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return areas[a] > areas[b]; });
  for (const std::size_t row : order)
    cells_with_centre_in(grid, cover.area[row],
                         [&](int i, int j) { cells.at(i, j) = static_cast<std::uint8_t>(cover.cover[row]); });
  return cells;
}

GridSpec grid_over(const Box2& extent, double cell_m) {
  GridSpec grid;
  grid.cell_m = cell_m;
  grid.origin = extent.min;
  const auto cells = [&](double length) {
    constexpr double kRounding = 1e-6;  // of a cell: 3200.0000001 m are 160 cells of 20 m
    return std::max(1, static_cast<int>(std::ceil(length / cell_m - kRounding)));
  };
  grid.nx = cells(extent.width());
  grid.ny = cells(extent.height());
  return grid;
}

}  // namespace citytwin
