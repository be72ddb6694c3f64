// Internal to gis: the reading visitor of city_schema.hpp. Every value is checked; what is wrong is reported
// with layer, row key and column, up to a few per table.
#pragma once

#include <array>
#include <functional>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/diagnostics.hpp"
#include "engine/model/names.hpp"
#include "gis/io/city_schema.hpp"
#include "gis/io/geometry_blob.hpp"
#include "gis/io/sqlite.hpp"

namespace citytwin::gis {

// Row of each key, per table; only looked up, never walked.
using KeyIndex = std::unordered_map<std::string_view, std::uint32_t>;
using KeyIndices = std::array<KeyIndex, static_cast<std::size_t>(Keyed::count)>;
[[nodiscard]] KeyIndex index_keys(const std::vector<std::string>& keys);

class TableReader {
 public:
  TableReader(std::string table, std::string file, const KeyIndices& keys, Point2 origin)
      : table_(std::move(table)), file_(std::move(file)), keys_(keys), geometry_(origin) {}

  void text(const char* name, std::vector<std::string>& c) {
    add(name, [&c](const SqliteStatement& s, int i) {
      c.emplace_back(s.text(i));
      return s.type(i) == Type::text || s.type(i) == Type::null;
    });
  }
  void number(const char* name, std::vector<double>& c) {
    add(name, [&c](const SqliteStatement& s, int i) {
      const Type type = s.type(i);
      c.push_back(type == Type::null ? std::numeric_limits<double>::quiet_NaN() : s.real(i));
      return type == Type::real || type == Type::integer || type == Type::null;
    });
  }
  template <class T>
  void integer(const char* name, std::vector<T>& c) {
    add(name, [&c](const SqliteStatement& s, int i) {
      const std::int64_t value = s.integer(i);
      c.push_back(static_cast<T>(value));
      return s.type(i) == Type::integer && value == static_cast<std::int64_t>(c.back());
    });
  }
  template <class E>
  void word(const char* name, std::vector<E>& c) {
    add(name, [&c](const SqliteStatement& s, int i) {
      const auto value = from_name<E>(s.text(i));
      c.push_back(value.value_or(E{}));
      return value.has_value();
    });
  }
  template <class Tag>
  void reference(const char* name, std::vector<Id<Tag>>& c, Keyed target) {
    const KeyIndex& index = keys_[static_cast<std::size_t>(target)];
    add(name, [&c, &index](const SqliteStatement& s, int i) {
      c.emplace_back();
      if (s.type(i) == Type::null) return true;
      const auto found = index.find(s.text(i));
      if (found == index.end()) return false;
      c.back() = Id<Tag>(found->second);
      return true;
    });
  }
  void origin(RowOrigin& o) {
    text("key", o.key);
    word("provenance", o.provenance);
    reference("source", o.source, Keyed::sources);
  }
  void points(std::vector<Point2>& c);
  void lines(Ragged<Point2>& c);
  void polygons(PolygonColumn& c);
  void surfaces(BuildingSurfaces& t);

  void read(SqliteDatabase& database, Diagnostics& diagnostics, const RunContext& context);

 private:
  using Type = SqliteStatement::Type;
  using Load = std::function<bool(const SqliteStatement&, int)>;  // appends one value; false = unusable
  struct Column {
    std::string name;
    Load load;
  };
  void add(const char* name, Load load) { columns_.push_back({name, std::move(load)}); }
  bool check_columns(SqliteDatabase& database, Diagnostics& diagnostics) const;

  std::string table_, file_;
  const KeyIndices& keys_;
  GeometryReader geometry_;
  std::vector<Column> columns_;
};

}  // namespace citytwin::gis
