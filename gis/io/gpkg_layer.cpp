#include "gis/io/gpkg_layer.hpp"

#include "gis/io/gpkg_rtree.hpp"

namespace citytwin::gis {

void register_layer(SqliteDatabase& db, const GpkgLayer& layer) {
  const bool features = !layer.geometry_type.empty();
  SqliteStatement contents(
      db,
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, "
      "max_y, srs_id) VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7)");
  contents.bind(1, std::string_view(layer.table));
  contents.bind(2, std::string_view(features ? "features" : "attributes"));
  if (features && !layer.extent.empty()) {
    contents.bind(3, layer.extent.min.x);
    contents.bind(4, layer.extent.min.y);
    contents.bind(5, layer.extent.max.x);
    contents.bind(6, layer.extent.max.y);
  }
  contents.bind(7, static_cast<std::int64_t>(features ? layer.srs_id : 0));
  contents.run();
  if (!features) return;
  SqliteStatement columns(db, "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, ?4, 0)");
  columns.bind(1, std::string_view(layer.table));
  columns.bind(2, std::string_view(layer.geometry_type));
  columns.bind(3, static_cast<std::int64_t>(layer.srs_id));
  columns.bind(4, static_cast<std::int64_t>(layer.has_z ? 1 : 0));
  columns.run();
  add_spatial_index(db, layer.table, layer.boxes);
}

}  // namespace citytwin::gis
