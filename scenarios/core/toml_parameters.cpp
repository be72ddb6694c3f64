// The strict reading of one table against its declared parameters.
#include <cmath>

#include <fmt/format.h>

#include "engine/base/nearest_word.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/toml.hpp"

namespace citytwin::scenarios {
namespace {

constexpr std::string_view kLonLat = "_lonlat";

bool is_geometry(ParameterKind kind) {
  return kind == ParameterKind::point || kind == ParameterKind::polyline || kind == ParameterKind::polygon;
}

std::string_view name_of_kind(ParameterKind kind) {
  static constexpr std::string_view kNames[] = {"number", "integer",  "boolean", "text", "choice",
                                                "point",  "polyline", "polygon", "file", "date_time"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of_node(Node::Kind kind) {
  static constexpr std::string_view kNames[] = {"boolean",   "integer", "number", "text",
                                                "date_time", "array",   "table"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string kind_in_words(std::string_view name) { return text("kind." + std::string(name)); }

std::string dotted(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// Keys end in their unit: "depth" of "depth_mm". Empty when there is no underscore.
std::string stem(const std::string& key) { return key.substr(0, key.rfind('_')); }

struct Reader {
  const Parameter& parameter;
  const Node& node;
  std::string key;  // dotted
  const PlaceResolver* places;
  Diagnostics& diagnostics;

  ParameterValue wrong_type() const {
    diagnostics.error("toml.wrong_type", where_of(node, key),
                      {{"expected", kind_in_words(name_of_kind(parameter.kind))},
                       {"found", kind_in_words(name_of_node(node.kind))},
                       {"unit", parameter.unit}});
    return {};
  }

  ParameterValue checked_number(double value, ParameterValue result) const {
    if (std::isfinite(value) && value >= parameter.min && value <= parameter.max) return result;
    diagnostics.error("toml.out_of_range", where_of(node, key),
                      {{"value", fmt::format("{}", value)},
                       {"min", fmt::format("{}", parameter.min)},
                       {"max", fmt::format("{}", parameter.max)},
                       {"unit", parameter.unit.empty() ? "" : " " + parameter.unit}});
    return {};
  }

  ParameterValue choice() const {
    if (node.kind != Node::Kind::text) return wrong_type();
    for (const auto& allowed : parameter.choices)
      if (allowed == node.text) return node.text;
    diagnostics.error("toml.bad_choice", where_of(node, key),
                      {{"value", node.text},
                       {"nearest", nearest_word(node.text, parameter.choices)},
                       {"choices", joined(parameter.choices)}});
    return {};
  }

  ParameterValue bad_geometry() const {
    diagnostics.error("toml.bad_geometry", where_of(node, key),
                      {{"expected", kind_in_words(name_of_kind(parameter.kind))}});
    return {};
  }

  static bool read_point(const Node& from, std::vector<Point2>& points) {
    if (from.kind != Node::Kind::array || from.items.size() != 2) return false;
    if (!from.items[0].is_number() || !from.items[1].is_number()) return false;
    const Point2 p{from.items[0].as_number(), from.items[1].as_number()};
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return false;
    points.push_back(p);
    return true;
  }

  ParameterValue geometry(bool lonlat) const {
    GeometryText given;
    given.kind = parameter.kind;
    given.lonlat = lonlat;
    if (node.kind == Node::Kind::text && !lonlat) {
      given.reference = node.text;
    } else if (node.kind != Node::Kind::array) {
      return wrong_type();
    } else if (parameter.kind == ParameterKind::point) {
      if (!read_point(node, given.points)) return bad_geometry();
    } else {
      for (const Node& item : node.items)
        if (!read_point(item, given.points)) return bad_geometry();
      const std::size_t least = parameter.kind == ParameterKind::polyline ? 2 : 3;
      if (given.points.size() < least) return bad_geometry();
    }
    if (places == nullptr) return {};
    auto points = (*places)(given, where_of(node, key), diagnostics);
    if (points.empty()) return {};
    return points;
  }

  ParameterValue read() const {
    switch (parameter.kind) {
      case ParameterKind::number:
        if (!node.is_number()) return wrong_type();
        return checked_number(node.as_number(), node.as_number());
      case ParameterKind::integer:
        if (node.kind != Node::Kind::integer) return wrong_type();
        return checked_number(node.as_number(), node.integer);
      case ParameterKind::boolean:
        if (node.kind != Node::Kind::boolean) return wrong_type();
        return node.boolean;
      case ParameterKind::choice:
        return choice();
      case ParameterKind::date_time:
        if (node.kind != Node::Kind::text && node.kind != Node::Kind::date_time) return wrong_type();
        return node.text;
      case ParameterKind::text:
      case ParameterKind::file:
        if (node.kind != Node::Kind::text) return wrong_type();
        return node.text;
      default:
        return geometry(false);
    }
  }
};

void unknown_key(const Node& node, const std::string& path, const std::string& key,
                 const std::vector<std::string>& known, Diagnostics& diagnostics) {
  for (const auto& candidate : known)
    if (key.find('_') != std::string::npos && candidate != key && stem(candidate) == stem(key)) {
      diagnostics.error("toml.wrong_unit", where_of(node, dotted(path, key)),
                        {{"key", key}, {"nearest", candidate}});
      return;
    }
  const std::string nearest = nearest_word(key, known);
  const Where where = where_of(node, dotted(path, key));
  if (looks_like(key, nearest))
    diagnostics.error("toml.unknown_key", where, {{"key", key}, {"nearest", nearest}});
  else
    diagnostics.error("toml.unknown_key_list", where,
                      {{"key", key}, {"nearest", nearest}, {"known", joined(known)}});
}

}  // namespace

void check_keys(const Node& table, const std::vector<std::string>& known, const std::string& path,
                Diagnostics& diagnostics) {
  for (const auto& [key, node] : table.members) {
    bool found = false;
    for (const auto& candidate : known) found = found || candidate == key;
    if (!found) unknown_key(node, path, key, known, diagnostics);
  }
}

ParameterValues read_parameters(const Node& table, const ParameterTable& declared, const std::string& path,
                                const std::vector<std::string>& also, const PlaceResolver* places,
                                Diagnostics& diagnostics) {
  ParameterValues values;
  if (table.kind != Node::Kind::table) {
    diagnostics.error("toml.wrong_type", where_of(table, path),
                      {{"expected", kind_in_words("table")},
                       {"found", kind_in_words(name_of_node(table.kind))},
                       {"unit", ""}});
    return values;
  }
  std::vector<std::string> known = also;
  for (const Parameter& parameter : declared) known.push_back(parameter.key);
  for (const Parameter& parameter : declared)
    if (is_geometry(parameter.kind)) known.push_back(parameter.key + std::string(kLonLat));
  check_keys(table, known, path, diagnostics);

  for (const Parameter& parameter : declared) {
    const std::string lonlat_key = parameter.key + std::string(kLonLat);
    const Node* node = table.find(parameter.key);
    const Node* lonlat = is_geometry(parameter.kind) ? table.find(lonlat_key) : nullptr;
    if (node != nullptr && lonlat != nullptr)
      diagnostics.error("toml.given_twice", where_of(*lonlat, dotted(path, lonlat_key)),
                        {{"other", parameter.key}});
    if (node != nullptr) {
      values.set(parameter.key,
                 Reader{parameter, *node, dotted(path, parameter.key), places, diagnostics}.read());
    } else if (lonlat != nullptr) {
      values.set(parameter.key,
                 Reader{parameter, *lonlat, dotted(path, lonlat_key), places, diagnostics}.geometry(true));
    } else if (std::holds_alternative<std::monostate>(parameter.default_value) && !parameter.optional) {
      diagnostics.error("toml.missing_key", where_of(table, dotted(path, parameter.key)),
                        {{"key", parameter.key}, {"unit", parameter.unit}, {"what", text(parameter.text)}});
    } else if (is_geometry(parameter.kind) && std::holds_alternative<std::string>(parameter.default_value)) {
      // A geometry's default is a reference in words ("river"); it needs the city too.
      GeometryText given;
      given.kind = parameter.kind;
      given.reference = std::get<std::string>(parameter.default_value);
      if (places != nullptr)
        if (auto points = (*places)(given, where_of(table, dotted(path, parameter.key)), diagnostics);
            !points.empty())
          values.set(parameter.key, std::move(points));
    } else {
      values.set(parameter.key, parameter.default_value);
    }
  }
  return values;
}

}  // namespace citytwin::scenarios
