// The ground where a structure of a measure stands, as the run will have it.
#pragma once

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

// Of the cell of `grid` that holds p, earlier measures included [m]; NaN where it is not known.
[[nodiscard]] double ground_at(const CityModel& model, const GridSpec& grid, Point2 p);

}  // namespace citytwin::scenarios
