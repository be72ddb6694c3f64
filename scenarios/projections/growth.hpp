// Growth given in per cent and the same everywhere: what the projections of people and of values share.
#pragma once

#include <string>

#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

[[nodiscard]] inline Parameter growth_percent(std::string key, std::string text) {
  return {
      .key = std::move(key), .unit = "%", .text = std::move(text), .min = -90, .max = 1000, .optional = true};
}

[[nodiscard]] inline double growth_factor(const ParameterValues& values, const std::string& key) {
  return 1 + values.number(key) / 100;
}

}  // namespace citytwin::scenarios
