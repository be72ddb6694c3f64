#include "engine/model/ground.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin {

namespace {

constexpr std::size_t kRowsPerChunk = 16;

double mean_of_cells(const Grid<float>& source, const Box2& cell) {
  const GridSpec& s = source.spec;
  const int i0 = std::max(static_cast<int>(std::ceil((cell.min.x - s.origin.x) / s.cell_m - 0.5)), 0);
  const int j0 = std::max(static_cast<int>(std::ceil((cell.min.y - s.origin.y) / s.cell_m - 0.5)), 0);
  double sum = 0;
  int n = 0;
  for (int j = j0; j < s.ny && s.centre(0, j).y < cell.max.y; ++j)
    for (int i = i0; i < s.nx && s.centre(i, j).x < cell.max.x; ++i) {
      const float z = source.at(i, j);
      if (std::isnan(z)) continue;
      sum += z;
      ++n;
    }
  return n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Grid<float> resample_ground(const Terrain& terrain, const GridSpec& grid) {
  Grid<float> ground(grid, kNoData);
  const bool coarser = grid.cell_m > terrain.elevation.spec.cell_m;
  for_chunks(static_cast<std::size_t>(grid.ny), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (auto j = static_cast<int>(begin); j < static_cast<int>(end); ++j)
      for (int i = 0; i < grid.nx; ++i) {
        const Point2 c = grid.centre(i, j);
        const double half = grid.cell_m / 2;
        const double z = coarser ? mean_of_cells(terrain.elevation, {{c.x - half, c.y - half}, {c.x + half, c.y + half}})
                                 : sample_bilinear(terrain.elevation, c);
        ground.at(i, j) = static_cast<float>(z);
      }
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
        case TerrainPatch::Verb::set_level: z = value; break;
        case TerrainPatch::Verb::raise_to: z = std::max(z, value); break;
        case TerrainPatch::Verb::lower_to: z = std::min(z, value); break;
        case TerrainPatch::Verb::raise_by: z += value; break;
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

GridSpec grid_over(const Box2& extent, double cell_m) {
  GridSpec grid;
  grid.cell_m = cell_m;
  grid.origin = extent.min;
  grid.nx = std::max(1, static_cast<int>(std::ceil(extent.width() / cell_m - 1e-9)));
  grid.ny = std::max(1, static_cast<int>(std::ceil(extent.height() / cell_m - 1e-9)));
  return grid;
}

}  // namespace citytwin
