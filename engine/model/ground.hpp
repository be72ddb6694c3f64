// The ground on a run's grid: the terrain at its own spacing, resampled, with the edits' patches applied; and
// which of its cells are water that is always there.
#pragma once

#include "engine/model/city_model.hpp"

namespace citytwin {

// Bilinear between source cells where the run's cell is at most the source's; the mean over the run's cell
// where it is coarser. Up to a cell beyond the source the ground of its edge; NaN further out and where more
// than half of the cell is no-data. Then the patches, on the cells whose centre is in their polygon (a
// polygon that holds no centre acts on the cell of its centroid, so that no measure vanishes).
[[nodiscard]] Grid<float> resample_ground(const Terrain& terrain, const GridSpec& grid);

// Applies patches alone: for grids that did not come from a terrain (a flat datum).
void apply_patches(const std::vector<TerrainPatch>& patches, Grid<float>& ground);

// The water body (row) of each cell, kDryLand elsewhere: the sea where it holds the cell's centre; an inland
// body also where it covers a quarter of the cell, so that a river as wide as a cell is one water and not a
// row of ponds. Where bodies overlap: the sea, then a body with a known level, then the later row.
inline constexpr std::uint32_t kDryLand = 0xFFFFFFFFU;
[[nodiscard]] Grid<std::uint32_t> water_body_of_cells(const WaterBodies& bodies, const GridSpec& grid);

// The land cover of each cell (LandCoverClass): of the raster at its centre, then of the polygons that hold
// its centre, the smaller over the larger; ties to the later row.
[[nodiscard]] Grid<std::uint8_t> land_cover_of_cells(const LandCover& cover, const GridSpec& grid);

// A grid of cells of side cell_m over the whole extent, origin at its south-west corner; the last cells at
// the north and east may reach beyond it.
[[nodiscard]] GridSpec grid_over(const Box2& extent, double cell_m);

}  // namespace citytwin
