// TOML files as a tree of values that remember their line, and the strict reading of a table against its
// declared parameters: unknown keys name the nearest known one, types, units, ranges and choices are checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

struct Member;

struct Node {
  enum class Kind { boolean, integer, number, text, date_time, array, table };
  Kind kind = Kind::table;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;             // also of a date-time, as ISO 8601
  std::vector<Node> items;      // array
  std::vector<Member> members;  // table, in key order
  std::string file;             // "--set" for values from the command line
  long line = 0;

  [[nodiscard]] bool is_number() const { return kind == Kind::integer || kind == Kind::number; }
  [[nodiscard]] double as_number() const {
    return kind == Kind::integer ? static_cast<double>(integer) : number;
  }
  [[nodiscard]] const Node* find(std::string_view key) const;  // table: member or nullptr
  [[nodiscard]] Node* find(std::string_view key);
};

// Not a std::pair: a pair of a type that is not complete yet is undefined (clang refuses it).
struct Member {
  Member(std::string key, Node value) : first(std::move(key)), second(std::move(value)) {}
  std::string first;
  Node second;
};

[[nodiscard]] Result<Node> read_toml(const std::filesystem::path& path);
[[nodiscard]] Result<Node> parse_toml(const std::string& content, const std::string& file);

// Applies one "key=value" to the tree, making tables on the way. Dots separate keys; in an array of tables
// the next part is a 1-based number, or the `name` or `type` of an item, and may be left out where there is
// one item: "event.depth_mm=90", "measure.2.height_m=1.5", "measure.sea_wall.height_m=1.5".
[[nodiscard]] Diagnostics set_value(Node& root, const std::string& assignment);

// A geometry as the file gives it, to be turned into points of the city frame.
struct GeometryText {
  ParameterKind kind = ParameterKind::point;  // point, polyline or polygon
  std::vector<Point2> points;                 // given as numbers
  bool lonlat = false;
  std::string reference;  // or as words: "facility:hospital/1", "river", "extent"
};
// Returns the points, or adds errors at `where`.
using PlaceResolver =
    std::function<std::vector<Point2>(const GeometryText&, const Where& where, Diagnostics&)>;

// Reads `table` against `declared`; `path` is its dotted name for messages ("event.1"). Keys in `also` are
// known and left alone. Without a resolver geometry is checked for its form only and gets no value.
// Defaults are filled in.
[[nodiscard]] ParameterValues read_parameters(const Node& table, const ParameterTable& declared,
                                              const std::string& path, const std::vector<std::string>& also,
                                              const PlaceResolver* places, Diagnostics& diagnostics);

// Unknown members of `table`, each an error that names the nearest known key.
void check_keys(const Node& table, const std::vector<std::string>& known, const std::string& path,
                Diagnostics& diagnostics);

[[nodiscard]] Where where_of(const Node& node, const std::string& key);

}  // namespace citytwin::scenarios
