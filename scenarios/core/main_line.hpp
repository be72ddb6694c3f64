// The lines of a city that have a name in every city: its main river and its coast.
#pragma once

#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::scenarios {

struct MainRiver {
  std::vector<Point2> line;  // in flow direction, inside the extent; empty = the city has no waterway
  double width = 0;          // mean over the line [m]
};

// The longest chain of waterways of one kind and name, joined end to start; rivers go before all others.
[[nodiscard]] MainRiver main_river(const CityModel& model);

// The longest stretch of the sea's edge that is not the edge of the extent; empty = the city has no sea.
[[nodiscard]] std::vector<Point2> main_coast(const CityModel& model);

// The longest stretch of a line inside the box, cut at its edge; empty = none.
[[nodiscard]] std::vector<Point2> stretch_inside(const std::vector<Point2>& line, const Box2& box);

// A line that ends less than `reach` from the edge of the box is drawn out straight beyond it [m].
[[nodiscard]] std::vector<Point2> extended_to_edge(std::vector<Point2> line, const Box2& box, double reach);

// Parallel line at a distance to the left (negative: right) of the direction of the line [m].
[[nodiscard]] std::vector<Point2> parallel_line(const std::vector<Point2>& line, double left);

}  // namespace citytwin::scenarios
