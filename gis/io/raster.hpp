// A plain raster as it lies in its file, for cases without a city (`citytwin flood`) and for tables in raster
// form: roughness, initial depth, zones.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct PlainRaster {
  Grid<float> grid;  // in the frame: whole kilometres are taken off unless it is local; NaN = no data
  CityFrame frame;   // CRS, origin, extent, vertical datum
};

// `path` has passed safe_input(). A raster without CRS is "local". Codes: as open_raster_source(), and
// raster.not_square, crs.frame_* (a case is computed in metres).
Result<PlainRaster> read_plain_raster(const std::filesystem::path& path, const RunContext& context);

}  // namespace citytwin::gis
