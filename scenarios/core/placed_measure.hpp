// A measure as it lies on the map.
#pragma once

#include <string>
#include <vector>

#include "engine/geo/point.hpp"

namespace citytwin::scenarios {

struct PlacedMeasure {
  enum class Shape { line, area, points };
  std::string name;  // its key in the scenario
  std::string kind;  // "flood_wall"
  Shape shape = Shape::area;
  std::vector<Point2> where;  // a line, the outline of an area, or a point for each thing
  double cost = 0;            // in the city's currency
};

}  // namespace citytwin::scenarios
