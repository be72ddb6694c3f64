#include "gis/writers/vector_writer.hpp"

#include <cmath>

#include "gis/io/atomic_file.hpp"
#include "gis/io/city_grids.hpp"
#include "gis/io/geometry_blob.hpp"
#include "gis/io/gpkg_layer.hpp"
#include "gis/io/srs_table.hpp"

namespace citytwin::gis {
namespace {

const char* geometry_name(ResultLayer::Geometry geometry) {
  switch (geometry) {
    case ResultLayer::Geometry::point:
      return "POINT";
    case ResultLayer::Geometry::line:
      return "LINESTRING";
    case ResultLayer::Geometry::polygon:
      break;
  }
  return "POLYGON";
}

struct SqlType {
  const char* operator()(const std::vector<double>&) const { return "REAL"; }
  const char* operator()(const std::vector<std::int64_t>&) const { return "INTEGER"; }
  const char* operator()(const std::vector<std::string>&) const { return "TEXT"; }
};

void bind_geometry(SqliteStatement& insert, const ResultLayer& layer, GeometryWriter& geometry,
                   std::size_t row) {
  if (layer.geometry == ResultLayer::Geometry::polygon) {
    const Polygon polygon = layer.polygon(row);
    if (polygon.outer.empty()) {
      insert.bind_null(2);
      return;
    }
    insert.bind(2, geometry.polygon(polygon.holes.size() + 1, [&](std::size_t k) {
      return std::span<const Point2>(k == 0 ? polygon.outer : polygon.holes[k - 1]);
    }));
    return;
  }
  const std::vector<Point2> points = layer.points(row);
  if (points.empty())
    insert.bind_null(2);
  else if (layer.geometry == ResultLayer::Geometry::point)
    insert.bind(2, geometry.point(points.front()));
  else
    insert.bind(2, geometry.line(points));
}

void write_layer(SqliteDatabase& db, const ResultLayer& layer, std::int32_t srs_id, Point2 origin) {
  std::string create = "CREATE TABLE \"" + layer.name +
                       "\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom " +
                       geometry_name(layer.geometry);
  std::string insert_sql = "INSERT INTO \"" + layer.name + "\" VALUES (?1, ?2";
  for (std::size_t c = 0; c < layer.columns.size(); ++c) {
    create += ", \"" + layer.columns[c].name + "\" " + std::visit(SqlType{}, layer.columns[c].values);
    insert_sql += ", ?" + std::to_string(c + 3);
  }
  db.execute(create + ")");
  GeometryWriter geometry(srs_id, origin);
  SqliteStatement insert(db, insert_sql + ")");
  std::vector<Box2> boxes;
  for (std::size_t row = 0; row < layer.rows && db.ok(); ++row) {
    insert.bind(1, static_cast<std::int64_t>(row + 1));
    bind_geometry(insert, layer, geometry, row);
    for (std::size_t c = 0; c < layer.columns.size(); ++c) {
      const int parameter = static_cast<int>(c) + 3;
      std::visit(
          [&](const auto& values) {
            using Value = typename std::decay_t<decltype(values)>::value_type;
            if constexpr (std::is_same_v<Value, std::string>)
              insert.bind(parameter, std::string_view(values[row]));
            else
              insert.bind(parameter, values[row]);
          },
          layer.columns[c].values);
    }
    insert.run();
    boxes.push_back(geometry.take_box());
  }
  register_layer(db, {.table = layer.name,
                      .geometry_type = geometry_name(layer.geometry),
                      .has_z = false,
                      .srs_id = srs_id,
                      .extent = geometry.extent(),
                      .boxes = std::move(boxes)});
}

// A column shorter than the layer, or two of one name, is a mistake of the caller that must not end in a
// file.
bool is_sound(const ResultLayer& layer) {
  for (const ResultColumn& column : layer.columns)
    if (std::visit([](const auto& values) { return values.size(); }, column.values) != layer.rows)
      return false;
  const bool polygons = layer.geometry == ResultLayer::Geometry::polygon;
  return polygons ? layer.polygon != nullptr : layer.points != nullptr;
}

}  // namespace

Result<Done> write_layers(const std::vector<ResultLayer>& layers, const CityFrame& frame,
                          const std::filesystem::path& path) {
  const Where where{.file = path.string()};
  for (const ResultLayer& layer : layers)
    if (!is_sound(layer))
      return Result<Done>::failure("file.cannot_write", {.file = path.string(), .layer = layer.name},
                                   {{"reason", "columns of unequal length"}});
  AtomicFile file(path);
  auto created = create_geopackage(file.temporary(), path, {}, frame, {});
  if (!created.ok()) return created;
  SqliteDatabase db(file.temporary(), SqliteDatabase::Mode::write);
  db.execute("BEGIN");
  const std::int32_t srs_id = add_srs(db, frame.crs);
  for (const ResultLayer& layer : layers) write_layer(db, layer, srs_id, {frame.origin_x, frame.origin_y});
  db.execute("COMMIT");
  if (!db.close()) return Result<Done>::failure("file.cannot_write", where, {{"reason", db.error()}});
  return file.commit();
}

}  // namespace citytwin::gis
