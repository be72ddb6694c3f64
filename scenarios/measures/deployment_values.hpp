// When something that is brought to its place stands there: parameters that mobile measures share.
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

// "setup_h", "warning_h", "watch" and "warning_level_m".
void declare_deployment(ParameterTable& table, double setup_h, const std::string& source);
// Errors: measure.warning_level.
[[nodiscard]] Result<Deployment> deployment_of(const ParameterValues& values, const Where& where);
// " It is there 2.0 h after ...".
[[nodiscard]] std::string said_of(const Deployment& deployment);

}  // namespace citytwin::scenarios
