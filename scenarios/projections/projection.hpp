// A projection: how the world will have changed. Each is one file here with the keys it adds to the
// scenario's [projection] table. Adding one: copy a file, add a line to registry.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/edit.hpp"
#include "engine/model/forcing.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

// What projections change: the forcing that events made, what the scenario sets in a domain, the city, and
// the money that things are worth.
struct Projected {
  Forcing forcing;
  std::map<std::string, ParameterValues> domain_parameters;  // domain → values
  std::vector<Edit> edits;                                   // applied to the base before any measure
  double value_factor = 1;  // also on the values per m2 that the scenario states
};

struct ProjectionType {
  std::string name;           // "rain_factor"
  std::string text;           // one line, English; catalogue key "projection.<name>"
  ParameterTable parameters;  // keys of [projection]; a projection acts when its first key is given
  void (*apply)(const CityModel& model, const ParameterValues& values, Projected& projected);
};

[[nodiscard]] const std::vector<ProjectionType>& all_projections();
[[nodiscard]] ParameterTable projection_parameters();  // of all of them: the [projection] table

// One per file.
[[nodiscard]] ProjectionType rain_factor();
[[nodiscard]] ProjectionType sea_level_rise();
[[nodiscard]] ProjectionType population_growth();
[[nodiscard]] ProjectionType value_growth();

}  // namespace citytwin::scenarios
