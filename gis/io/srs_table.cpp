#include "gis/io/srs_table.hpp"

#include "gis/crs/crs.hpp"

namespace citytwin::gis {

std::int32_t add_srs(SqliteDatabase& db, const std::string& crs) {
  const auto parsed = Crs::parse(crs);
  if (!parsed.ok() || parsed->is_local()) {
    db.execute(
        "UPDATE gpkg_tile_matrix_set SET srs_id = -1; UPDATE gpkg_contents SET srs_id = -1 "
        "WHERE data_type LIKE '%gridded-coverage'");
    return -1;
  }
  const std::string code = parsed->code();
  const auto id = static_cast<std::int32_t>(std::stol(code.substr(code.find(':') + 1)));
  const std::string wkt = parsed->wkt();
  const std::string name = parsed->name();
  SqliteStatement insert(db,
                         "INSERT OR IGNORE INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
                         "organization_coordsys_id, definition) VALUES (?1, ?2, 'EPSG', ?2, ?3)");
  insert.bind(1, std::string_view(name));
  insert.bind(2, static_cast<std::int64_t>(id));
  insert.bind(3, std::string_view(wkt));
  insert.run();
  return id;
}

}  // namespace citytwin::gis
