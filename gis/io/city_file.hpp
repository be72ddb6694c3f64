// A city as one GeoPackage that QGIS opens: a float coverage `terrain` and the layers buildings,
// building_surfaces, junctions, links, turn_restrictions, landcover, water_bodies, waterways, facilities,
// needs, management_cells, barriers, sewer_nodes, sewer_links, sewer_network, sources, source_extents,
// import_counts, import_findings, terrain_changes, city. Layers with geometry have the R-tree of the
// GeoPackage standard.
#pragma once

#include <filesystem>

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

inline constexpr int kCityFormatVersion = 3;  // older opens, newer is refused

// May a city be written under this name? Worth asking before hours of work; write_city asks too.
// Errors: city.would_overwrite where something else than a city is there, file.no_folder, file.cannot_write.
Result<Done> check_city_target(const std::filesystem::path& path);

// Written to a temporary name beside `path`, synced, then renamed: a stop or a full disk leaves nothing.
// Replaces a city, never another file. Errors: those of check_city_target, city.edited_terrain.
Result<Done> write_city(const CityModel& model, const std::filesystem::path& path, const RunContext& context);

// Loads back equal: content_hash(read) == content_hash(written), which is stored in the file and checked.
Result<CityModel> read_city(const std::filesystem::path& path, const RunContext& context);

}  // namespace citytwin::gis
