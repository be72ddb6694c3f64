// Structures, outflows and breaches as scenarios and flood cases write them.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

[[nodiscard]] ParameterTable structure_parameters();
[[nodiscard]] ParameterTable outflow_parameters();
[[nodiscard]] ParameterTable breach_parameters();

// `values` complete; CSV files lie in `folder`. Errors: structure.needs, structure.rule, csv.*.
[[nodiscard]] Result<HydraulicStructure> structure_of(const ParameterValues& values, const std::string& key,
                                                      const std::filesystem::path& folder,
                                                      const Where& where);
[[nodiscard]] Result<Outflow> outflow_of(const ParameterValues& values, const std::string& key,
                                         const std::filesystem::path& folder, const Where& where);
[[nodiscard]] LeveeBreach breach_of(const ParameterValues& values, const std::string& key);

}  // namespace citytwin::scenarios
