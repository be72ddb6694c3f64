#include "scenarios/events/structure_values.hpp"

#include <algorithm>
#include <cmath>

#include "engine/model/names.hpp"
#include "scenarios/events/csv_series.hpp"

namespace citytwin::scenarios {
namespace {

using K = ParameterKind;

Parameter optional_number(std::string key, std::string unit, std::string text, double min, double max) {
  return {.key = std::move(key),
          .unit = std::move(unit),
          .text = std::move(text),
          .min = min,
          .max = max,
          .optional = true};
}

// The keys that a kind cannot do without.
std::vector<std::string> needed_by(const std::string& kind) {
  if (kind == "pump") return {"capacity_m3_per_s"};
  if (kind == "weir") return {"to", "width_m", "level_m"};
  if (kind == "culvert") return {"to", "width_m", "height_m", "level_m", "to_level_m", "length_m"};
  return {"to", "width_m", "height_m", "level_m"};
}

double given(const ParameterValues& values, const char* key, double otherwise) {
  return values.has(key) ? values.number(key) : otherwise;
}

Result<Curve> read_rating(const ParameterValues& v, const std::filesystem::path& folder) {
  const auto rows = read_csv_rows(v.text("rating_csv"), folder, "flow_m3_per_s", "level_m");
  if (!rows) return Result<Curve>(rows.diagnostics());
  Curve rating;
  for (const CsvRow& row : rows->rows) {
    const auto flow = csv_number(row.value);
    if (!flow || *flow < 0)
      return Result<Curve>::failure("csv.bad_number",
                                    {rows->path.string(), "", "", "flow_m3_per_s", row.line});
    rating.x.push_back(row.time);
    rating.y.push_back(*flow);
  }
  if (rating.x.size() < 2)
    return Result<Curve>::failure("csv.too_short", {rows->path.string(), "", "", "flow_m3_per_s", 0});
  return rating;
}

}  // namespace

ParameterTable structure_parameters() {
  ParameterTable table{
      {.key = "kind",
       .kind = K::choice,
       .text = "Kind of structure; a gate is an orifice with an opening",
       .default_value = std::monostate{},
       .choices = {"weir", "orifice", "culvert", "pump"}},
      {.key = "from", .kind = K::point, .text = "Where it takes water"},
      {.key = "to",
       .kind = K::point,
       .text = "Where the water goes; a pump without it pumps out of the city",
       .optional = true},
  };
  table.push_back(optional_number("width_m", "m", "Width of the crest or opening", 0.01, 1000));
  table.push_back(optional_number("height_m", "m", "Height of the opening", 0.01, 100));
  table.push_back(
      optional_number("level_m", "m", "Level of the crest, the sill or the invert at \"from\"", -500, 9000));
  table.push_back(optional_number("to_level_m", "m", "Invert of a culvert at \"to\"", -500, 9000));
  table.push_back(optional_number("length_m", "m", "Length of a culvert", 0.1, 1e5));
  table.push_back({.key = "manning",
                   .unit = "s/m^(1/3)",
                   .text = "Roughness of a culvert",
                   .default_value = 0.013,
                   .min = 0.005,
                   .max = 0.1,
                   .source = "Chow 1959, Open-Channel Hydraulics, table 5-6 (normal values)"});
  table.push_back({.key = "loss",
                   .text = "Entrance loss coefficient of a culvert",
                   .default_value = 0.5,
                   .min = 0,
                   .max = 2,
                   .source = "FHWA 2012, HDS-5, table C.2: square edge in a headwall"});
  table.push_back(optional_number(
      "coefficient", "",
      "Weir: q = C B H^1.5, 1.7 unless given; orifice and culvert inlet: discharge coefficient, 0.6", 0.01,
      5));
  table.push_back({.key = "barrels",
                   .kind = K::integer,
                   .text = "Number of equal barrels of a culvert",
                   .default_value = std::int64_t{1},
                   .min = 1,
                   .max = 100});
  table.push_back(optional_number("capacity_m3_per_s", "m3/s", "What a pump moves while it runs", 0, 1000));
  table.push_back(
      {.key = "one_way", .kind = K::boolean, .text = "A flap lets no water back", .default_value = false});
  table.push_back({.key = "opening_csv",
                   .kind = K::file,
                   .text = "CSV file with columns time_min,opening: 0 shut or off to 1 open or on, in steps",
                   .optional = true});
  table.push_back({.key = "watch",
                   .kind = K::point,
                   .text = "Where the level that switches it is read; at \"from\" unless given",
                   .optional = true});
  table.push_back(
      optional_number("on_level_m", "m", "Level from which it works; with off_level_m", -500, 9000));
  table.push_back(optional_number(
      "off_level_m", "m",
      "Level from which it works no more; above on_level_m for gates that open when water falls", -500,
      9000));
  return table;
}

ParameterTable outflow_parameters() {
  ParameterTable table{
      {.key = "line", .kind = K::polyline, .text = "Line along which water leaves"},
      {.key = "kind",
       .kind = K::choice,
       .text = "Free fall (critical flow), normal flow at a slope, or a rating curve",
       .default_value = std::string("free"),
       .choices = {"free", "normal", "rating"}},
  };
  table.push_back(optional_number("slope", "", "Slope of the energy line; normal flow", 1e-6, 1));
  table.push_back(
      {.key = "rating_csv",
       .kind = K::file,
       .text = "CSV file with columns level_m,flow_m3_per_s: total flow over the highest level on the line",
       .optional = true});
  return table;
}

ParameterTable breach_parameters() {
  return {
      {.key = "at", .kind = K::point, .text = "Place on a wall or levee of the city where it breaches"},
      {.key = "width_m",
       .unit = "m",
       .text = "Width of the breach",
       .default_value = 30.0,
       .min = 1,
       .max = 5000,
       .source = "estimated: breaches of river levees are some tens of metres wide"},
      {.key = "start_h", .unit = "h", .text = "When it begins", .default_value = 0.0, .min = 0, .max = 10000},
      {.key = "formation_min",
       .unit = "min",
       .text = "How long the crest takes to fall",
       .default_value = 30.0,
       .min = 0,
       .max = 1e5,
       .source = "estimated: within an hour"},
      {.key = "level_m", .unit = "m", .text = "Level of the crest in the end", .min = -500, .max = 9000},
  };
}

Result<HydraulicStructure> structure_of(const ParameterValues& v, const std::string& key,
                                        const std::filesystem::path& folder, const Where& where) {
  const std::string& kind = v.text("kind");
  for (const std::string& need : needed_by(kind))
    if (!v.has(need))
      return Result<HydraulicStructure>::failure("structure.needs", where, {{"kind", kind}, {"key", need}});
  if (v.has("on_level_m") != v.has("off_level_m"))
    return Result<HydraulicStructure>::failure("structure.rule", where);
  HydraulicStructure s;
  s.key = key;
  s.kind = kind == "pump"      ? StructureKind::pump
           : kind == "culvert" ? StructureKind::culvert
           : kind == "orifice" ? StructureKind::orifice
                               : StructureKind::weir;
  s.from = v.points("from").front();
  if (v.has("to")) s.to = v.points("to").front();
  s.width = given(v, "width_m", 0);
  s.height = given(v, "height_m", 0);
  s.level = given(v, "level_m", 0);
  s.to_level = given(v, "to_level_m", 0);
  s.length = given(v, "length_m", 0);
  s.manning = v.number("manning");
  s.loss = v.number("loss");
  s.coefficient = given(v, "coefficient", s.kind == StructureKind::weir ? 1.7 : 0.6);
  s.barrels = static_cast<int>(v.integer("barrels"));
  s.capacity = given(v, "capacity_m3_per_s", 0);
  s.one_way = v.boolean("one_way");
  if (v.has("watch")) s.rule.watch = v.points("watch").front();
  if (v.has("on_level_m")) {
    s.rule.on_level = v.number("on_level_m");
    s.rule.off_level = v.number("off_level_m");
  }
  if (v.has("opening_csv")) {
    auto series = read_csv_series(v.text("opening_csv"), folder, "opening", 1, 0, Series::Between::step);
    if (!series) return Result<HydraulicStructure>(series.diagnostics());
    s.rule.opening = *std::move(series);
  }
  return s;
}

Result<Outflow> outflow_of(const ParameterValues& v, const std::string& key,
                           const std::filesystem::path& folder, const Where& where) {
  Outflow out;
  out.key = key;
  out.line = v.points("line");
  const std::string& kind = v.text("kind");
  const char* need = kind == "normal" ? "slope" : kind == "rating" ? "rating_csv" : nullptr;
  if (need != nullptr && !v.has(need))
    return Result<Outflow>::failure("structure.needs", where, {{"kind", kind}, {"key", need}});
  if (kind == "normal") {
    out.kind = OutflowKind::normal;
    out.slope = v.number("slope");
  } else if (kind == "rating") {
    out.kind = OutflowKind::rating;
    auto rating = read_rating(v, folder);
    if (!rating) return Result<Outflow>(rating.diagnostics());
    out.rating = *std::move(rating);
  }
  return out;
}

LeveeBreach breach_of(const ParameterValues& v, const std::string& key) {
  return {key,
          v.points("at").front(),
          v.number("width_m"),
          v.number("start_h") * 3600,
          v.number("formation_min") * 60,
          v.number("level_m")};
}

}  // namespace citytwin::scenarios
