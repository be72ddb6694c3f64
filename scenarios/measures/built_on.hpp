// What already stands where a measure changes the ground.
#pragma once

#include <span>

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

struct BuiltOn {
  int buildings = 0;    // whose outline meets the area
  double street_m = 0;  // of streets for cars on the ground, inside the area
};

[[nodiscard]] BuiltOn built_on(const CityModel& model, std::span<const Point2> area);

struct Crossed {
  int buildings = 0;  // whose outline the line enters
  int streets = 0;    // links for cars on the ground
};

// What a line cuts through.
[[nodiscard]] Crossed crossed_by(const CityModel& model, std::span<const Point2> line);

// Length of the parts of a line inside a ring [m].
[[nodiscard]] double length_inside(std::span<const Point2> ring, std::span<const Point2> line);

}  // namespace citytwin::scenarios
