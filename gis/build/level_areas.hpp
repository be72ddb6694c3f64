// Ground so level that it is probably water of which no source has an outline.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct LevelArea {
  double km2 = 0;
  double height = 0;  // [m in the vertical datum]
  Point2 place;       // of the cell nearest to its middle; city frame
};

// Connected cells of the terrain (by their edges, inside the extent, under no water body) whose heights
// differ by at most 0.05 m from that of the first of them, and that cover more than 1 km2 together; largest
// first.
[[nodiscard]] std::vector<LevelArea> level_areas(const CityModel& model);

// For the sentences about at least one: count, km2 (all of them), largest_km2, height, place ("lon -51.24310,
// lat -30.05120", metres in a local city).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> words_of(const std::vector<LevelArea>& areas,
                                                                        const CityFrame& frame);

}  // namespace citytwin::gis
