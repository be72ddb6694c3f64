#include "scenarios/core/sections.hpp"

#include "engine/model/names.hpp"
#include "scenarios/core/scenario.hpp"

namespace citytwin::scenarios {
namespace {

using enum ParameterKind;

ParameterTable make_impact_section() {
  ParameterTable table = {
      {.key = "currency", .kind = text, .text = "Currency of the values per m2", .optional = true},
      {.key = "price_year",
       .kind = integer,
       .text = "Price year of the values per m2",
       .min = 1950,
       .max = 2100,
       .optional = true},
      {.key = "people_depth_m",
       .unit = "m",
       .text = "People in water deeper than this are counted",
       .default_value = 0.3,
       .min = 0.01,
       .max = 5},
      {.key = "passable_depth_m",
       .unit = "m",
       .text = "A road under deeper water is closed",
       .default_value = 0.3,
       .min = 0.01,
       .max = 5,
       .source = "Pregnolato et al. 2017, Transp. Res. D 55: 67-81"},
      {.key = "flooded_depth_m",
       .unit = "m",
       .text = "Ground under deeper water counts as flooded",
       .default_value = 0.1,
       .min = 0.001,
       .max = 5},
  };
  for (const auto use : Names<BuildingUse>::kAll)
    table.push_back({.key = std::string(use) + "_value_per_m2",
                     .unit = "currency/m2",
                     .text = "Value of a square metre of floor",
                     .min = 0,
                     .max = 1e8,
                     .optional = true});
  return table;
}

ParameterTable make_need_section() {
  std::vector<std::string> kinds;
  kinds.reserve(Names<NeedKind>::kAll.size());
  for (const auto kind : Names<NeedKind>::kAll) kinds.emplace_back(kind);
  return {
      {.key = "facility",
       .kind = text,
       .text = "Key of a facility, or a kind such as \"hospital\" for all of it"},
      {.key = "need", .kind = choice, .text = "Which need", .choices = kinds},
      {.key = "backup_h",
       .unit = "h",
       .text = "Hours it goes on without",
       .min = 0,
       .max = 10000,
       .optional = true},
      {.key = "threshold_depth_m",
       .unit = "m",
       .text = "Works up to this depth of water above its floor",
       .min = 0,
       .max = 20,
       .optional = true},
  };
}

}  // namespace

const ParameterTable& scenario_section() {
  static const ParameterTable table = {
      {.key = "format_version",
       .kind = integer,
       .text = "Version of the scenario format",
       .default_value = std::int64_t{kScenarioFormatVersion},
       .min = 1},
      {.key = "name", .kind = text, .text = "Short name; the file's name if not given", .optional = true},
      {.key = "title",
       .kind = text,
       .text = "Title of the report; made from the name if not given",
       .optional = true},
      {.key = "question",
       .kind = text,
       .text = "The planner's question that the report answers",
       .default_value = std::string()},
      {.key = "city",
       .kind = file,
       .text = "City file, relative to the scenario; --city overrides it",
       .optional = true},
  };
  return table;
}

const ParameterTable& run_section() {
  static const ParameterTable table = {
      {.key = "start",
       .kind = date_time,
       .text = "Start of the run, ISO 8601 with UTC offset",
       .optional = true},
      {.key = "duration_h",
       .unit = "h",
       .text = "Length of the run",
       .default_value = 3.0,
       .min = 0.001,
       .max = 2400},
      {.key = "beat_s",
       .unit = "s",
       .text = "Coupling interval between domains",
       .default_value = 10.0,
       .min = 0.1,
       .max = 3600},
      {.key = "seed",
       .kind = integer,
       .text = "Seed of every random number",
       .default_value = std::int64_t{1},
       .min = 0},
      {.key = "domains",
       .kind = text,
       .text = "Which physics runs, separated by commas",
       .default_value = std::string("surface_water")},
      {.key = "series_s",
       .unit = "s",
       .text = "Interval of recorded series",
       .default_value = 60.0,
       .min = 1,
       .max = 86400},
      {.key = "tiles_s",
       .unit = "s",
       .text = "Interval of recorded maps",
       .default_value = 300.0,
       .min = 1,
       .max = 86400},
      {.key = "checkpoint_h",
       .unit = "h",
       .text = "Interval of checkpoints; 0 = none",
       .default_value = 0.0,
       .min = 0,
       .max = 2400},
  };
  return table;
}

const ParameterTable& grid_section() {
  static const ParameterTable table = {
      {.key = "cell_m",
       .unit = "m",
       .text = "Side of a cell of the run's grid",
       .default_value = 10.0,
       .min = 0.25,
       .max = 1000},
  };
  return table;
}

const ParameterTable& terrain_section() {
  static const ParameterTable table = {
      {.key = "flat_m",
       .unit = "m",
       .text = "Level of a flat ground, for a city without terrain",
       .min = -500,
       .max = 9000,
       .optional = true},
  };
  return table;
}

const ParameterTable& impact_section() {
  static const ParameterTable table = make_impact_section();
  return table;
}

const ParameterTable& strategy_section() {
  static const ParameterTable table = {
      {.key = "name", .kind = text, .text = "Name of the set of measures", .optional = true},
  };
  return table;
}

const ParameterTable& control_section() {
  static const ParameterTable table = {
      {.key = "time_h", .unit = "h", .text = "When, after the start of the run", .min = 0, .max = 2400},
      {.key = "target", .kind = text, .text = "Domain, key of a facility, \"link/<key>\", or \"grid\""},
      {.key = "verb",
       .kind = choice,
       .text = "What is done",
       .choices = {"set", "restore", "fail", "repair"}},
      {.key = "column",
       .kind = text,
       .text = "Which quantity (verb = \"set\")",
       .default_value = std::string()},
      {.key = "value", .text = "Its new value (verb = \"set\")", .default_value = 0.0},
  };
  return table;
}

const ParameterTable& need_section() {
  static const ParameterTable table = make_need_section();
  return table;
}

}  // namespace citytwin::scenarios
