// Geometry of a scenario turned into points of the city frame: numbers in the city frame or in lon/lat, or
// words that hold in any city:
//   point     "centre"  "lowest"  "river" (where the main river enters)  "facility:<key>"  "building:<key>"
//             "kind:<facility kind>" (the first of its kind by key)
//   polyline  "river" | "river:<left|right>:<metres from the bank>" (to the edge of the city)  "coast"
//   polygon   "extent"  "building:<key>"  "water:<key>"  "cell:<key>"  "around:<point>:<radius m>"
// "lowest" is the lowest dry ground of the inner city (the cell whose ground lies deepest below the mean of
// its surroundings within 300 m), where water gathers; "river" the longest chain of river waterways, else the
// longest waterway, cut to the city's extent.
#pragma once

#include "engine/model/city_model.hpp"
#include "scenarios/core/toml.hpp"

namespace citytwin::scenarios {

// The resolver outlives the model's use; errors: place.*.
[[nodiscard]] PlaceResolver places_of(const CityModel& model);

}  // namespace citytwin::scenarios
