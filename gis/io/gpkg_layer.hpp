// Internal to gis: the entry of a layer in the contents of a GeoPackage.
#pragma once

#include <cstdint>
#include <string>

#include "engine/geo/point.hpp"
#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

struct GpkgLayer {
  std::string table;
  std::string geometry_type;  // "" = a table without geometry
  bool has_z = false;
  std::int32_t srs_id = 0;
  Box2 extent;  // projected; empty if no row has a geometry
};

void register_layer(SqliteDatabase& db, const GpkgLayer& layer);

}  // namespace citytwin::gis
