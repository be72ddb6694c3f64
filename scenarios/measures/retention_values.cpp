#include "scenarios/measures/retention_values.hpp"

namespace citytwin::scenarios {

Parameter share_of_ground(std::string words, double value, std::string source) {
  return {.key = "share",
          .text = std::move(words),
          .default_value = value,
          .min = 0.001,
          .max = 1,
          .source = std::move(source)};
}

Parameter millimetres(std::string key, std::string words, double value, double max, std::string source) {
  return {.key = std::move(key),
          .unit = "mm",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = max,
          .source = std::move(source)};
}

Parameter rate_mm_per_h(std::string key, std::string words, double value, std::string source) {
  return {.key = std::move(key),
          .unit = "mm/h",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = 10000,
          .source = std::move(source)};
}

Parameter cost_per_m2(std::string words, double value, std::string source) {
  return {.key = "cost_per_m2",
          .unit = "currency/m2",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = 1e6,
          .cost_basis = "per m2",
          .source = std::move(source)};
}

}  // namespace citytwin::scenarios
