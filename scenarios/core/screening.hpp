// When a run is a screening: too coarse for the amounts to be read for single buildings.
#pragma once

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

// Water that a street and its kerb lead, and buildings it meets, need cells of 10 m and ground that is known
// as finely: beyond that the damage depends on the cell as much as on the storm.
inline constexpr double kCoarsestOfBuildings = 10;  // [m]

[[nodiscard]] bool is_screening(const CityModel& city, double cell_m);

}  // namespace citytwin::scenarios
