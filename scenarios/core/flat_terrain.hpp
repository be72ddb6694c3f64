// A flat ground for a city that came without an elevation source, where the user asks for it.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

[[nodiscard]] Result<CityModel> with_flat_terrain(const CityModel& city, double level);

// The ground is the flat one: it has no resolution to speak of.
[[nodiscard]] bool on_flat_ground(const CityModel& city);

}  // namespace citytwin::scenarios
