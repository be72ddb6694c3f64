// The kinds of cross-sections, apart from their measures: a city's tables name them.
#pragma once

#include <cstdint>

namespace citytwin::drainage {

enum class Shape : std::uint8_t {
  none,
  dummy,
  circular,
  filled_circular,  // bottom filled with sediment to `sediment_depth`
  rect_closed,
  rect_open,
  trapezoidal,  // side slopes run over rise
  triangular,
  parabolic,
  power,            // width ~ depth^(1/exponent)
  rect_triangular,  // triangular bottom of height `bottom_height`
  rect_round,       // round bottom of radius `bottom_radius`
  modified_basket,  // round top of radius `top_radius`
  egg,
  horseshoe,
  gothic,
  catenary,
  semi_elliptical,
  basket_handle,
  semi_circular,
  horiz_ellipse,
  vert_ellipse,
  arch,
  custom,     // table of width over depth, both relative to the full depth
  irregular,  // transect
  street,     // street section, made into a transect by the reader
  force_main  // circular, friction by Hazen-Williams or Darcy-Weisbach
};

}  // namespace citytwin::drainage
