// The ground from one or more elevation rasters.
#pragma once

#include <vector>

#include "engine/model/import_log.hpp"
#include "engine/model/tables.hpp"
#include "gis/readers/raster.hpp"

namespace citytwin::gis {

struct DemSource {
  RasterSource raster;
  SourceId id;  // row in Sources
};

// Mosaic over frame.extent on the natural grid of the finest source; the finest lies on top, of equals the
// earlier. Terrain::source and true_resolution_m are those of the source with most cells. Voids of at most
// kMaxVoidCells inside the data are interpolated (a TerrainChange "void" each); larger ones stay NaN (an
// ImportFinding "void.left" each). Counts: kind "dem cells" per source.
// Errors: dem.outside (no source has a value in the extent), file.broken, memory.too_large, crs.local_mixed.
// Warnings: dem.several_resolutions, dem.several_datums, dem.saturated, dem.unknown_datum.
inline constexpr std::size_t kMaxVoidCells = 2500;

Result<Terrain> read_dem(const std::vector<DemSource>& sources, const CityFrame& frame, ImportLog& log,
                         const RunContext& context);

// Fills the voids of `grid` that data surrounds, in place: membrane (Laplace) interpolation from their rims.
void fill_voids(Grid<float>& grid, const std::string& source, ImportLog& log, const RunContext& context);

}  // namespace citytwin::gis
