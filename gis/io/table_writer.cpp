#include "gis/io/table_writer.hpp"

#include <cmath>

#include "gis/io/gpkg_layer.hpp"

namespace citytwin::gis {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 4096;
constexpr const char* kGeometryColumn = "geom";

}  // namespace

void TableWriter::add_geometry(const char* type, bool has_z, Bind bind) {
  geometry_type_ = type;
  has_z_ = has_z;
  add(kGeometryColumn, type, std::move(bind));
}

void TableWriter::points(const std::vector<Point2>& c) {
  add_geometry("POINT", false, [this, &c](SqliteStatement& s, int i, std::size_t r) {
    if (std::isfinite(c[r].x) && std::isfinite(c[r].y))
      s.bind(i, geometry_.point(c[r]));
    else
      s.bind_null(i);
  });
}

void TableWriter::lines(const Ragged<Point2>& c) {
  add_geometry("LINESTRING", false,
               [this, &c](SqliteStatement& s, int i, std::size_t r) { s.bind(i, geometry_.line(c[r])); });
}

void TableWriter::polygons(const PolygonColumn& c) {
  add_geometry("POLYGON", false, [this, &c](SqliteStatement& s, int i, std::size_t r) {
    s.bind(i, geometry_.polygon(c.ring_count(r), [&](std::size_t k) { return c.ring(r, k); }));
  });
}

void TableWriter::surfaces(const BuildingSurfaces& t) {
  add_geometry("POLYGON", true, [this, &t](SqliteStatement& s, int i, std::size_t r) {
    std::vector<std::span<const Point3>> rings;
    for (std::uint32_t k = t.rings_of_row[r]; k < t.rings_of_row[r + 1]; ++k) rings.push_back(t.rings[k]);
    s.bind(i, geometry_.surface(rings));
  });
}

void TableWriter::write(SqliteDatabase& database, std::size_t rows, const RunContext& context) {
  std::string create = "CREATE TABLE \"" + table_ + "\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL";
  std::string insert = "INSERT INTO \"" + table_ + "\" VALUES (?1";
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    create += ", \"" + columns_[c].name + "\" " + columns_[c].type;
    insert += ", ?" + std::to_string(c + 2);
  }
  database.execute(create + ")");
  SqliteStatement statement(database, insert + ")");
  std::vector<Box2> boxes;
  for (std::size_t r = 0; r < rows && database.ok(); ++r) {
    if (r % kRowsBetweenStopChecks == 0) context.check_stop();
    statement.bind(1, static_cast<std::int64_t>(r + 1));
    for (std::size_t c = 0; c < columns_.size(); ++c) columns_[c].bind(statement, static_cast<int>(c) + 2, r);
    statement.run();
    if (!geometry_type_.empty()) boxes.push_back(geometry_.take_box());
  }
  register_layer(database, {.table = table_,
                            .geometry_type = geometry_type_,
                            .has_z = has_z_,
                            .srs_id = srs_id_,
                            .extent = geometry_.extent(),
                            .boxes = std::move(boxes)});
}

}  // namespace citytwin::gis
