// Internal to gis: the spatial index of a feature layer, so that a map that shows one quarter reads one
// quarter. GeoPackage Encoding Standard, annex F.3 "RTree Spatial Indexes" (OGC 12-128r15 and later).
#pragma once

#include <string>
#include <vector>

#include "engine/geo/point.hpp"
#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

// Of the column geom of `table`; boxes of the rows with fid 1, 2, ..., empty where a row has no geometry.
// The triggers of the standard keep the index true when another program edits the layer.
void add_spatial_index(SqliteDatabase& db, const std::string& table, const std::vector<Box2>& boxes);

}  // namespace citytwin::gis
