// The few lines that generate and import end with.
#pragma once

#include <string>

#include "engine/model/city_model.hpp"

namespace citytwin::tools {

[[nodiscard]] std::string city_summary(const CityModel& city, const std::string& file);

}  // namespace citytwin::tools
