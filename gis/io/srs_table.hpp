// Internal to gis: the spatial reference of a city frame in a GeoPackage.
#pragma once

#include <cstdint>
#include <string>

#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

// Adds the row to gpkg_spatial_ref_sys unless it is there, gives it to coverages that have none, and returns
// its id: the EPSG number, or -1 ("undefined Cartesian") for a local frame.
std::int32_t add_srs(SqliteDatabase& db, const std::string& crs);

}  // namespace citytwin::gis
