// Internal to gis: the gridded coverages of a city file, written and read with GDAL.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/run_context.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct NamedGrid {
  std::string name;
  const Grid<float>* grid;
};

// Makes a new GeoPackage at `path` with one lossless 32-bit float coverage per grid (none is fine).
Result<Done> create_geopackage(const std::filesystem::path& path, const std::filesystem::path& final_path,
                               const std::vector<NamedGrid>& grids, const CityFrame& frame,
                               const RunContext& context);

// `spec` says where the grid lies; the coverage must have as many cells.
Result<Grid<float>> read_coverage(const std::filesystem::path& path, const std::string& name,
                                  const GridSpec& spec, const RunContext& context);

}  // namespace citytwin::gis
