// Standard elliptical and arch pipes by SWMM's size codes (manual, appendix A.12 and A.13).
#pragma once

#include <optional>

#include "engine/model/drainage/cross_section.hpp"

namespace citytwin::gis::swmm {

struct PipeSize {
  double depth, width;            // [m]
  double full_area, full_radius;  // as published [m2], [m]; 0 = as the shape has it
};

// Of a horizontal or vertical ellipse (codes 1 to 23) or an arch (1 to 102); none for another code.
std::optional<PipeSize> standard_size(drainage::Shape shape, double code);

}  // namespace citytwin::gis::swmm
