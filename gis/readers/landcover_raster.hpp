// Land cover classes from a raster of codes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/import_log.hpp"
#include "engine/model/tables.hpp"
#include "gis/readers/raster.hpp"

namespace citytwin::gis {

// `columns`: our class → codes of the raster, "10 20 30", as in the recipe. Without it the codes must all be
// those of ESA WorldCover (10 .. 100) or of CORINE Land Cover (111 .. 523). Codes listed nowhere are an
// error: landcover.no_mapping. Other errors: landcover.unknown_class, landcover.bad_code,
// landcover.code_twice, landcover.outside, and those of read_onto_grid(). Counts: kind "landcover cells".
Result<Grid<std::uint8_t>> read_landcover_raster(
    const RasterSource& source, const CityFrame& frame,
    const std::vector<std::pair<std::string, std::string>>& columns, ImportLog& log,
    const RunContext& context);

}  // namespace citytwin::gis
