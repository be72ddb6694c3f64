// How people find a manhole: by the street it lies in, for its key says nothing on site.
#pragma once

#include <string>

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

// The named street within 30 m of a point, else "near" the closest one within 400 m, else coordinates in the
// city's frame [m].
[[nodiscard]] std::string street_at(const CityModel& model, Point2 p);

// "Ring Road (manhole/17)".
[[nodiscard]] std::string sewer_node_name(const CityModel& model, std::size_t node);

}  // namespace citytwin::scenarios
