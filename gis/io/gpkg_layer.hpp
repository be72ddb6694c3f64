// Internal to gis: the entries that make a table of ours a layer of a GeoPackage.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/geo/point.hpp"
#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

struct GpkgLayer {
  std::string table;
  std::string geometry_type;  // "" = a table without geometry
  bool has_z = false;
  std::int32_t srs_id = 0;
  Box2 extent;              // projected; empty if no row has a geometry
  std::vector<Box2> boxes;  // of the rows with fid 1, 2, ...; empty: the row has no geometry
};

// The layer's contents entry and, if it has geometry, its spatial index.
void register_layer(SqliteDatabase& db, const GpkgLayer& layer);

}  // namespace citytwin::gis
