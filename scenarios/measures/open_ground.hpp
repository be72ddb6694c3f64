// How much of an area is ground under the sky: neither building nor water.
#pragma once

#include <span>

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

// On the run's grid, as the run sees buildings and water [m2].
[[nodiscard]] double open_ground(const CityModel& model, const GridSpec& grid, std::span<const Point2> area);

}  // namespace citytwin::scenarios
