// The tables of the files that people write, and the keys of those that belong to no measure, event,
// projection or domain, each declared once.
#pragma once

#include <string>
#include <vector>

#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

// One table of a file that people write, as its parser reads it and `citytwin list` shows it.
struct FileSection {
  std::string name;  // "run", "source.columns"; "" = the keys before the first table
  std::string text;  // one line, English
  ParameterTable parameters;
  bool list = false;     // [[name]]: any number of them
  std::string type;      // keys that only items with this `type` have; "" = those of every item
  bool lonlat = false;   // geometry may also be given in degrees, in words too
  std::string key_path;  // what stands before each key: "<kind or key>.<need>."
};

// Every table of a scenario, in the order in which it is checked. Items of [[event]] and [[measure]] have the
// keys of the section without a type, and those of their own type.
[[nodiscard]] const std::vector<FileSection>& scenario_sections();
// Of a recipe, which gis reads.
[[nodiscard]] std::vector<FileSection> recipe_sections();

[[nodiscard]] const ParameterTable& scenario_section();  // the file's own keys: name, question, city
[[nodiscard]] const ParameterTable& run_section();
[[nodiscard]] const ParameterTable& grid_section();
[[nodiscard]] const ParameterTable& terrain_section();
[[nodiscard]] const ParameterTable& impact_section();
[[nodiscard]] const ParameterTable& strategy_section();
[[nodiscard]] const ParameterTable& control_section();  // of each [[control]]
[[nodiscard]] const ParameterTable& need_section();     // of each [[need]]

}  // namespace citytwin::scenarios
