// People and jobs by place, from a raster of counts or from points and polygons (GeoPackage, GeoJSON,
// Shapefile, FlatGeobuf, CSV with x/y or lon/lat): rows that the import spreads over management cells.
#pragma once

#include <string>
#include <vector>

#include "engine/model/import_log.hpp"
#include "gis/build/cells.hpp"
#include "gis/readers/buildings_common.hpp"
#include "gis/readers/raster.hpp"

namespace citytwin::gis {

// One row per cell with people that touches the extent: the cell as a polygon of the city frame with its
// count (not a density). Counts: kind "population cells". Errors: population.outside, file.broken.
Result<std::vector<PopulationRow>> read_population_raster(const RasterSource& source, const CityFrame& frame,
                                                          ImportLog& log, const RunContext& context);

// One row per feature; columns "population" (required) and "jobs" (optional), renamed by source.columns.
// Rows whose number is negative or missing are dropped, counted and listed. Counts: kind "population rows".
// `crs_code`: takes the code of the file's CRS.
Result<std::vector<PopulationRow>> read_population_vector(const BuildingSource& source,
                                                          const CityFrame& frame, ImportLog& log,
                                                          const RunContext& context,
                                                          std::string* crs_code = nullptr);

}  // namespace citytwin::gis
