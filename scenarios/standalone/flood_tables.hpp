// The keys of a flood case, declared once per table of the file.
#pragma once

#include "scenarios/core/sections.hpp"

namespace citytwin::scenarios {

[[nodiscard]] ParameterTable flood_case_table();
[[nodiscard]] ParameterTable flood_water_table();  // the domain's, with losses off by default
[[nodiscard]] ParameterTable flood_rain_table();
[[nodiscard]] ParameterTable flood_inflow_table();
[[nodiscard]] ParameterTable flood_level_table();
[[nodiscard]] ParameterTable flood_wall_table();
[[nodiscard]] ParameterTable flood_gauge_table();
// [[structure]], [[outflow]] and [[breach]] are those of the events (scenarios/events/structure_values.hpp).

[[nodiscard]] std::vector<FileSection> flood_sections();  // every table of the file

}  // namespace citytwin::scenarios
