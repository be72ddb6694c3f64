// Every measure, event, projection and domain declares its parameters once, in a table like this one. The
// TOML parser, --set, `citytwin list --json`, the documentation and the window's forms are made from it.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin {

enum class ParameterKind {
  number,
  integer,
  boolean,
  text,
  choice,
  point,
  polyline,
  polygon,
  file,
  date_time
};

// number/integer/boolean/text/choice/file/date_time hold the plain value; geometry holds points in the city
// frame (a polygon's outer ring); monostate = not given.
using ParameterValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<Point2>>;

struct Parameter {
  std::string key;  // in TOML, with its unit as suffix: "depth_mm"
  ParameterKind kind = ParameterKind::number;
  std::string unit;              // as written in the file, "" = none
  std::string text;              // one line for people, English; also its key in the catalogues
  ParameterValue default_value;  // monostate = required unless `optional`
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::vector<std::string> choices;
  bool optional = false;
  std::string cost_basis;  // measures: "per m", "per m2", "per piece"; "" = no cost
  std::string source;      // where the default comes from
  // "infiltration=none|curve_number": does nothing while that parameter of the table has one of these values.
  std::string idle_when;
};

using ParameterTable = std::vector<Parameter>;

class ParameterValues {
 public:
  void set(const std::string& key, ParameterValue value) { values_[key] = std::move(value); }
  [[nodiscard]] bool has(const std::string& key) const {
    const auto it = values_.find(key);
    return it != values_.end() && !std::holds_alternative<std::monostate>(it->second);
  }
  // The accessors require that the table gave the key a value; asking otherwise is a programming error.
  [[nodiscard]] double number(const std::string& key) const {
    const auto& v = values_.at(key);
    if (const auto* i = std::get_if<std::int64_t>(&v)) return static_cast<double>(*i);
    return std::get<double>(v);
  }
  [[nodiscard]] std::int64_t integer(const std::string& key) const {
    return std::get<std::int64_t>(values_.at(key));
  }
  [[nodiscard]] bool boolean(const std::string& key) const { return std::get<bool>(values_.at(key)); }
  [[nodiscard]] const std::string& text(const std::string& key) const {
    return std::get<std::string>(values_.at(key));
  }
  [[nodiscard]] const std::vector<Point2>& points(const std::string& key) const {
    return std::get<std::vector<Point2>>(values_.at(key));
  }
  [[nodiscard]] const std::map<std::string, ParameterValue>& all() const { return values_; }

 private:
  std::map<std::string, ParameterValue> values_;
};

// Whether `parameter` does nothing, given the values of its table.
[[nodiscard]] bool is_idle(const Parameter& parameter, const ParameterValues& values);

// Fills in the defaults of `table` for keys that `values` lacks.
void fill_defaults(const ParameterTable& table, ParameterValues& values);

}  // namespace citytwin
