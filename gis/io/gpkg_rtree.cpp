#include "gis/io/gpkg_rtree.hpp"

#include <fmt/format.h>

namespace citytwin::gis {
namespace {

// {0} is the table, {1} its index. The names and conditions are the standard's; readers look for them.
constexpr const char* kTriggers = R"sql(
CREATE TRIGGER "{1}_insert" AFTER INSERT ON "{0}"
WHEN (NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO "{1}" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
                                       ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{1}_update1" AFTER UPDATE OF "geom" ON "{0}"
WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  INSERT OR REPLACE INTO "{1}" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
                                       ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{1}_update2" AFTER UPDATE OF "geom" ON "{0}"
WHEN OLD."fid" = NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "{1}" WHERE id = OLD."fid";
END;
CREATE TRIGGER "{1}_update3" AFTER UPDATE ON "{0}"
WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "{1}" WHERE id = OLD."fid";
  INSERT OR REPLACE INTO "{1}" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
                                       ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));
END;
CREATE TRIGGER "{1}_update4" AFTER UPDATE ON "{0}"
WHEN OLD."fid" != NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN
  DELETE FROM "{1}" WHERE id IN (OLD."fid", NEW."fid");
END;
CREATE TRIGGER "{1}_delete" AFTER DELETE ON "{0}"
WHEN OLD."geom" NOT NULL
BEGIN
  DELETE FROM "{1}" WHERE id = OLD."fid";
END;
)sql";

constexpr const char* kExtensions =
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT "
    "NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, "
    "extension_name))";

}  // namespace

void add_spatial_index(SqliteDatabase& db, const std::string& table, const std::vector<Box2>& boxes) {
  const std::string index = "rtree_" + table + "_geom";
  db.execute(fmt::format("CREATE VIRTUAL TABLE \"{}\" USING rtree(id, minx, maxx, miny, maxy)", index));
  SqliteStatement insert(db, fmt::format("INSERT INTO \"{}\" VALUES (?1, ?2, ?3, ?4, ?5)", index));
  for (std::size_t row = 0; row < boxes.size() && db.ok(); ++row) {
    const Box2& box = boxes[row];
    if (box.empty()) continue;
    insert.bind(1, static_cast<std::int64_t>(row + 1));
    insert.bind(2, box.min.x);
    insert.bind(3, box.max.x);
    insert.bind(4, box.min.y);
    insert.bind(5, box.max.y);
    insert.run();
  }
  db.execute(fmt::format(kTriggers, table, index));
  db.execute(kExtensions);
  SqliteStatement extension(db,
                            "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', "
                            "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')");
  extension.bind(1, std::string_view(table));
  extension.run();
}

}  // namespace citytwin::gis
