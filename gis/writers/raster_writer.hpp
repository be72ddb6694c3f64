// Grids of a run as Cloud Optimised GeoTIFF in the city's CRS; NaN = no data.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

Result<Done> write_cog(const Grid<float>& grid, const CityFrame& frame, const std::string& description,
                       const std::string& unit, const std::filesystem::path& path);

}  // namespace citytwin::gis
