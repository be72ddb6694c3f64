// Cross-sections of conduits, orifices and weirs as described (geometry is computed in engine/drainage).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/drainage/shape.hpp"
#include "engine/numerics/curve.hpp"

namespace citytwin::drainage {

struct CrossSection {
  Shape shape = Shape::none;
  double full_depth = 0;  // [m]
  double width = 0;       // largest width; of trapezoidal, rect_*: bottom width; v_notch weirs: top width [m]
  double left_slope = 0, right_slope = 0;                       // trapezoidal: run over rise [-]
  double exponent = 0;                                          // power
  double sediment_depth = 0;                                    // filled_circular [m]
  double bottom_height = 0, bottom_radius = 0, top_radius = 0;  // [m]
  int walls_without_friction = 0;  // rect_open: sidewalls left out of the wetted perimeter, 0 to 2
  double friction = 0;             // force_main: Hazen-Williams C [-] or roughness height [m]
  // Standard pipes that are not quite the shape they are named after: as published [m2], [m]; 0 = of the
  // shape.
  double full_area = 0, full_radius = 0;
  std::int32_t transect = -1, custom_shape = -1;
};

// A surveyed section, left to right looking downstream; stations and elevations already scaled.
struct Transect {
  std::string key;
  std::vector<double> station, elevation;         // [m]
  double left_n = 0, right_n = 0, channel_n = 0;  // Manning's n of the overbanks and the channel
  double left_bank = 0, right_bank = 0;           // stations of the banks [m]
  double meander = 1;  // length of the channel over the length of its flood plain [-]
};

// Width over depth of a closed section, both relative to the full depth.
struct CustomShape {
  std::string key;
  Curve width;
};

}  // namespace citytwin::drainage
