// The tables of a scenario file that belong to no measure, event, projection or domain, each declared once.
#pragma once

#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

[[nodiscard]] const ParameterTable& scenario_section();  // the file's own keys: name, question, city
[[nodiscard]] const ParameterTable& run_section();
[[nodiscard]] const ParameterTable& grid_section();
[[nodiscard]] const ParameterTable& terrain_section();
[[nodiscard]] const ParameterTable& impact_section();
[[nodiscard]] const ParameterTable& strategy_section();
[[nodiscard]] const ParameterTable& control_section();  // of each [[control]]
[[nodiscard]] const ParameterTable& need_section();     // of each [[need]]

}  // namespace citytwin::scenarios
