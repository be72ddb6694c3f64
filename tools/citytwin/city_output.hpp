// What generate and import end with.
#pragma once

#include <string>

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::tools {

// Writes the city and prints a few lines about it, or why it could not be written; the exit code.
[[nodiscard]] int write_and_tell(const CityModel& city, const std::string& file, const RunContext& context);

}  // namespace citytwin::tools
