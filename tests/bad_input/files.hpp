// A small good town in files, and the tools to break them.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/unit/gis/readers_raster/raster_files.hpp"

namespace citytwin::bad_input {

using Path = std::filesystem::path;
using Arguments = std::vector<std::string>;

void put(const Path& path, const std::string& content);
[[nodiscard]] std::string content_of(const Path& path);
// Keeps the first `share` of a file.
void cut(const Path& path, double share);

// A town of 3 x 3 blocks around 7.42 E, 43.73 N: streets, buildings, a park.
[[nodiscard]] std::string good_osm();
void put_osm(const Path& path);
// The same as .osm.pbf (uncompressed blobs, one per kind).
void put_pbf(const Path& path);
// A gentle slope that covers the town, UTM 32N, 30 m.
[[nodiscard]] gis::test::RasterSpec good_dem();
void put_dem(const Path& path, const gis::test::RasterSpec& spec);
inline void put_dem(const Path& path) { put_dem(path, good_dem()); }
// Buildings of the town as GeoJSON.
[[nodiscard]] std::string good_geojson();
void put_zip(const Path& path, const std::vector<std::pair<std::string, std::string>>& members);
// A city file of the sample city; `sql` then damages it.
void put_city(const Path& path, const std::string& sql = {});

// "import" of town.osm and dem.tif with `more` options.
[[nodiscard]] Arguments import_of(const Arguments& sources);
// A recipe file with the given text, imported.
[[nodiscard]] Arguments import_recipe(const Path& folder, const std::string& text);

}  // namespace citytwin::bad_input
