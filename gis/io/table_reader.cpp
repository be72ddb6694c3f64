#include "gis/io/table_reader.hpp"

#include <algorithm>

namespace citytwin::gis {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 4096;
constexpr int kFindingsPerTable = 5;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

KeyIndex index_keys(const std::vector<std::string>& keys) {
  KeyIndex index;
  index.reserve(keys.size());
  for (std::size_t r = 0; r < keys.size(); ++r) index.emplace(keys[r], static_cast<std::uint32_t>(r));
  return index;
}

void TableReader::points(std::vector<Point2>& c) {
  add("geom", [this, &c](const SqliteStatement& s, int i) {
    Point2 p{kNaN, kNaN};
    const bool ok = s.type(i) == Type::null || geometry_.point(s.blob(i), p);
    c.push_back(p);
    return ok;
  });
}

void TableReader::lines(Ragged<Point2>& c) {
  add("geom", [this, &c, line = std::vector<Point2>{}](const SqliteStatement& s, int i) mutable {
    const bool ok = geometry_.line(s.blob(i), line);
    c.push_back(line);
    return ok;
  });
}

void TableReader::polygons(PolygonColumn& c) {
  add("geom", [this, &c, polygon = Polygon{}](const SqliteStatement& s, int i) mutable {
    const bool ok = geometry_.polygon(s.blob(i), polygon);
    c.push_back(polygon);
    return ok;
  });
}

void TableReader::surfaces(BuildingSurfaces& t) {
  add("geom",
      [this, &t, rings = std::vector<std::vector<Point3>>{}](const SqliteStatement& s, int i) mutable {
        const bool ok = geometry_.surface(s.blob(i), rings);
        for (const auto& ring : rings) t.rings.push_back(ring);
        t.rings_of_row.push_back(static_cast<std::uint32_t>(t.rings.size()));
        return ok;
      });
}

bool TableReader::check_columns(SqliteDatabase& database, Diagnostics& diagnostics) const {
  SqliteStatement is_table(database, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1");
  is_table.bind(1, std::string_view(table_));
  if (!is_table.step()) return false;
  if (is_table.integer(0) != 1) {
    diagnostics.error("city.table_missing", {.file = file_, .layer = table_}, {{"table", table_}});
    return false;
  }
  std::vector<std::string> present;
  SqliteStatement info(database, "SELECT name FROM pragma_table_info(?1)");
  info.bind(1, std::string_view(table_));
  while (info.step()) present.emplace_back(info.text(0));
  bool complete = true;
  for (const Column& column : columns_) {
    if (std::find(present.begin(), present.end(), column.name) != present.end()) continue;
    diagnostics.error("city.column_missing", {.file = file_, .layer = table_, .key = column.name},
                      {{"table", table_}, {"column", column.name}});
    complete = false;
  }
  return complete;
}

void TableReader::read(SqliteDatabase& database, Diagnostics& diagnostics, const RunContext& context) {
  if (!check_columns(database, diagnostics)) return;
  std::string select = "SELECT fid";
  int key_column = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    select += ", \"" + columns_[c].name + "\"";
    if (columns_[c].name == "key") key_column = static_cast<int>(c) + 1;
  }
  SqliteStatement statement(database, select + " FROM \"" + table_ + "\" ORDER BY fid");
  int findings = 0;
  for (std::size_t row = 0; statement.step(); ++row) {
    if (row % kRowsBetweenStopChecks == 0) context.check_stop();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].load(statement, static_cast<int>(c) + 1)) continue;
      if (++findings > kFindingsPerTable) return;
      diagnostics.error("city.bad_value",
                        {.file = file_,
                         .layer = table_,
                         .feature = std::string(statement.text(key_column)),
                         .key = columns_[c].name},
                        {{"table", table_}, {"column", columns_[c].name}, {"row", std::to_string(row + 1)}});
    }
  }
}

}  // namespace citytwin::gis
