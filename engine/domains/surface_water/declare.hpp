// The kinds of parameters that this domain declares.
#pragma once

#include <string>
#include <vector>

#include "engine/model/names.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::surface_water {

[[nodiscard]] inline Parameter number(std::string key, std::string unit, std::string text, double value,
                                      double min, double max, std::string source = {}) {
  Parameter p;
  p.key = std::move(key);
  p.unit = std::move(unit);
  p.text = std::move(text);
  p.default_value = value;
  p.min = min;
  p.max = max;
  p.source = std::move(source);
  return p;
}

[[nodiscard]] inline Parameter choice(std::string key, std::string text, std::string value,
                                      std::vector<std::string> choices) {
  Parameter p;
  p.key = std::move(key);
  p.kind = ParameterKind::choice;
  p.text = std::move(text);
  p.default_value = std::move(value);
  p.choices = std::move(choices);
  return p;
}

[[nodiscard]] inline Parameter optional_number(std::string key, std::string unit, std::string text,
                                               double min, double max) {
  Parameter p = number(std::move(key), std::move(unit), std::move(text), 0, min, max);
  p.default_value = std::monostate{};
  p.optional = true;
  return p;
}

[[nodiscard]] inline std::string of_class(const char* what, std::size_t i) {
  return std::string(what) + "_" + std::string(Names<LandCoverClass>::kAll[i]);
}

}  // namespace citytwin::surface_water
