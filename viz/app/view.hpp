// A city in 3D: ground, water, streets, buildings, and the highest water of a finished run on top. Shown in a
// window, or drawn once into a picture.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::viz {

struct ViewOptions {
  Grid<float> water_depth;        // [m] shown over the ground where deeper than 0.1 m; empty = none
  std::filesystem::path picture;  // draw one PNG and return; empty = open a window until it is closed
  int width = 1280, height = 800;
};

// Failure "view.no_display" where there is no X display, "view.no_picture" if the picture cannot be written.
Result<Done> view_city(const CityModel& city, const ViewOptions& options);

}  // namespace citytwin::viz
