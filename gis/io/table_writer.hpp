// Internal to gis: the writing visitor of city_schema.hpp; one table of a GeoPackage.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "engine/model/names.hpp"
#include "gis/io/city_schema.hpp"
#include "gis/io/geometry_blob.hpp"
#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

using KeyTables = std::array<const std::vector<std::string>*, static_cast<std::size_t>(Keyed::count)>;

class TableWriter {
 public:
  TableWriter(std::string table, const KeyTables& keys, std::int32_t srs_id, Point2 origin)
      : table_(std::move(table)), keys_(keys), srs_id_(srs_id), geometry_(srs_id, origin) {}

  void text(const char* name, const std::vector<std::string>& c) {
    add(name, "TEXT", [&c](SqliteStatement& s, int i, std::size_t r) { s.bind(i, std::string_view(c[r])); });
  }
  void number(const char* name, const std::vector<double>& c) {
    add(name, "REAL", [&c](SqliteStatement& s, int i, std::size_t r) { s.bind(i, c[r]); });
  }
  template <class T>
  void integer(const char* name, const std::vector<T>& c) {
    add(name, "INTEGER",
        [&c](SqliteStatement& s, int i, std::size_t r) { s.bind(i, static_cast<std::int64_t>(c[r])); });
  }
  template <class E>
  void word(const char* name, const std::vector<E>& c) {
    add(name, "TEXT", [&c](SqliteStatement& s, int i, std::size_t r) { s.bind(i, name_of(c[r])); });
  }
  template <class Tag>
  void reference(const char* name, const std::vector<Id<Tag>>& c, Keyed target) {
    const auto& keys = *keys_[static_cast<std::size_t>(target)];
    add(name, "TEXT", [&c, &keys](SqliteStatement& s, int i, std::size_t r) {
      if (c[r].is_none())
        s.bind_null(i);
      else
        s.bind(i, std::string_view(keys[c[r].row()]));
    });
  }
  void origin(const RowOrigin& o) {
    text("key", o.key);
    word("provenance", o.provenance);
    reference("source", o.source, Keyed::sources);
  }
  void points(const std::vector<Point2>& c);
  void lines(const Ragged<Point2>& c);
  void polygons(const PolygonColumn& c);
  void surfaces(const BuildingSurfaces& t);

  // Creates, fills and registers the table.
  void write(SqliteDatabase& database, std::size_t rows, const RunContext& context);

 private:
  using Bind = std::function<void(SqliteStatement&, int, std::size_t)>;
  struct Column {
    std::string name, type;
    Bind bind;
  };
  void add(const char* name, const char* type, Bind bind) {
    columns_.push_back({name, type, std::move(bind)});
  }
  void add_geometry(const char* type, bool has_z, Bind bind);

  std::string table_;
  const KeyTables& keys_;
  std::int32_t srs_id_;
  GeometryWriter geometry_;
  std::vector<Column> columns_;
  std::string geometry_type_;  // "" = a table without geometry
  bool has_z_ = false;
};

}  // namespace citytwin::gis
