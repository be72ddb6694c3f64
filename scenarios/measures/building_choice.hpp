// Which buildings a measure works on: parameters that such measures share.
#pragma once

#include <vector>

#include "engine/model/city_model.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::scenarios {

// "area" and "use".
[[nodiscard]] ParameterTable building_choice();

struct ChosenBuilding {
  std::size_t row;  // of the city's buildings
  Point2 centre;
};
// Those of the use whose centre lies in the area, in the order of the city's.
[[nodiscard]] std::vector<ChosenBuilding> chosen_buildings(const Buildings& buildings,
                                                           const ParameterValues& values);

}  // namespace citytwin::scenarios
