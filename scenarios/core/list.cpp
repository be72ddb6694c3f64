// `citytwin list`: what is declared, for people and for programs.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/nearest_word.hpp"
#include "engine/domains/registry.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/toml.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/projections/projection.hpp"
#include "scenarios/standalone/flood_tables.hpp"

namespace citytwin::scenarios {
namespace {

using nlohmann::json;

constexpr std::string_view kKinds[] = {"number", "integer",  "boolean", "text", "choice",
                                       "point",  "polyline", "polygon", "file", "date_time"};

struct Entry {
  std::string name, text;
  const ParameterTable* parameters;
  json more;  // of its kind: lifetime, tables needed
};

// Names of measures and events have a code; what else is declared is looked up by its English words.
std::string translated(const std::string& code, const std::string& english) {
  return has_text(code) ? text(code) : text(english);
}

json default_json(const ParameterValue& value) {
  if (const auto* b = std::get_if<bool>(&value)) return *b;
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i;
  if (const auto* d = std::get_if<double>(&value)) return *d;
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  return nullptr;
}

json parameter_json(const Parameter& p) {
  json out = {{"key", p.key},
              {"kind", kKinds[static_cast<std::size_t>(p.kind)]},
              {"text", text(p.text)},
              {"required", !p.optional && std::holds_alternative<std::monostate>(p.default_value)},
              {"default", default_json(p.default_value)}};
  if (!p.unit.empty()) out["unit"] = p.unit;
  if (std::isfinite(p.min)) out["min"] = p.min;
  if (std::isfinite(p.max)) out["max"] = p.max;
  if (!p.choices.empty()) out["choices"] = p.choices;
  if (!p.cost_basis.empty()) out["cost_basis"] = p.cost_basis;
  if (!p.source.empty()) out["source"] = text(p.source);
  return out;
}

bool is_place(const Parameter& p) {
  return p.kind == ParameterKind::point || p.kind == ParameterKind::polyline ||
         p.kind == ParameterKind::polygon;
}

// [rain], [[rain]], [[event]] type = "design_storm".
std::string heading(const FileSection& section) {
  if (section.name.empty()) return "";
  const std::string brackets = section.list ? "[[" + section.name + "]]" : "[" + section.name + "]";
  return section.type.empty() ? brackets : brackets + " type = \"" + section.type + "\"";
}

std::string parameter_line(const Parameter& p, std::size_t key_width = 22) {
  const std::string kind = text("kind." + std::string(kKinds[static_cast<std::size_t>(p.kind)]));
  std::string line = fmt::format("    {:<{}} {:<9} {}", p.key, key_width, kind, text(p.text));
  if (!p.unit.empty()) line += fmt::format(" [{}]", p.unit);
  const json value = default_json(p.default_value);
  if (!value.is_null() && value != "")
    line += fmt::format("; {} {}", text("list.default"),
                        value.is_string() ? value.get<std::string>() : value.dump());
  else
    line += "; " + text(p.optional || value == "" ? "list.optional" : "list.required");
  if (std::isfinite(p.min) && std::isfinite(p.max))
    line += fmt::format("; {:g} .. {:g}", p.min, p.max);
  else if (std::isfinite(p.min))
    line += fmt::format("; >= {:g}", p.min);
  for (const auto& choice : p.choices) line += (&choice == p.choices.data() ? "; " : " | ") + choice;
  if (!p.source.empty()) line += fmt::format("; {}: {}", text("list.source"), text(p.source));
  return line + "\n";
}

// What `citytwin list scenario`, `case` and `recipe` show: the tables that the parsers read.
Result<std::string> list_file(const std::string& what, bool as_json) {
  const auto sections = what == "scenario" ? scenario_sections()
                        : what == "case"   ? flood_sections()
                                           : recipe_sections();
  json list = json::array();
  std::string lines;
  for (const FileSection& section : sections) {
    const std::string words = translated(section.name + "." + section.type, section.text);
    json item = {{"section", section.name},
                 {"heading", heading(section)},
                 {"list", section.list},
                 {"text", words},
                 {"parameters", json::array()}};
    if (!section.type.empty()) item["type"] = section.type;
    if (!section.key_path.empty()) item["key_path"] = section.key_path;
    lines += (section.name.empty() ? "" : heading(section) + ": ") + words + "\n";
    std::size_t width = 22;
    for (const Parameter& p : section.parameters)
      width = std::max(width, std::min<std::size_t>(36, section.key_path.size() + p.key.size()));
    for (Parameter p : section.parameters) {
      json keys = parameter_json(p);
      if (section.lonlat && is_place(p)) {
        keys["key_lonlat"] = p.key + "_lonlat";
        p.key += ", " + p.key + "_lonlat";
      }
      item["parameters"].push_back(std::move(keys));
      p.key = section.key_path + p.key;
      lines += parameter_line(p, width);
    }
    list.push_back(std::move(item));
  }
  lines += text(what == "scenario" ? "list.places_scenario"
                : what == "case"   ? "list.places_case"
                                   : "list.places_recipe");
  return as_json ? list.dump(2) : lines;
}

std::vector<Entry> entries_of(const std::string& what) {
  std::vector<Entry> entries;
  if (what == "measures")
    for (const auto& m : all_measures())
      entries.push_back({m.name,
                         m.text,
                         &m.parameters,
                         {{"lifetime_years", m.lifetime_years}, {"lifetime_source", m.lifetime_source}}});
  if (what == "events")
    for (const auto& e : all_events()) entries.push_back({e.name, e.text, &e.parameters, json::object()});
  if (what == "projections")
    for (const auto& p : all_projections())
      entries.push_back({p.name, p.text, &p.parameters, json::object()});
  if (what == "domains")
    for (const auto& d : all_domains())
      entries.push_back({d.name,
                         d.text,
                         &d.parameters,
                         {{"needs_terrain", d.needs_terrain}, {"needs_tables", d.needs_tables}}});
  return entries;
}

}  // namespace

Result<std::string> list_declared(const std::string& what, bool as_json) {
  static const std::vector<std::string> kLists = {"measures", "events", "projections", "domains",
                                                  "scenario", "case",   "recipe"};
  if (std::find(kLists.begin(), kLists.end(), what) == kLists.end())
    return Result<std::string>::failure("list.unknown", {},
                                        {{"what", what}, {"nearest", nearest_word(what, kLists)}});
  if (what == "scenario" || what == "case" || what == "recipe") return list_file(what, as_json);
  const std::string singular = what.substr(0, what.size() - 1);
  json list = json::array();
  std::string lines;
  for (const Entry& entry : entries_of(what)) {
    const std::string owner = singular + "." + entry.name;
    json item = {
        {"name", entry.name}, {"text", translated(owner, entry.text)}, {"parameters", json::array()}};
    item.update(entry.more);
    lines += entry.name + ": " + translated(owner, entry.text) + "\n";
    for (const Parameter& p : *entry.parameters) {
      item["parameters"].push_back(parameter_json(p));
      lines += parameter_line(p);
    }
    list.push_back(std::move(item));
  }
  if (!lines.empty()) lines.pop_back();  // the last line ends where the caller prints
  return as_json ? list.dump(2) : lines;
}

}  // namespace citytwin::scenarios
