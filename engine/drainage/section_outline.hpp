// The outline of a prismatic cross-section: what its tables are measured from.
#pragma once

#include <vector>

#include "engine/geo/polygon.hpp"
#include "engine/model/drainage/cross_section.hpp"

namespace citytwin::drainage {

// Both sides from the lowest point up, as (distance from the axis, height above the invert) [m]. A closed
// section ends on the axis at its crown.
struct SectionOutline {
  std::vector<Point2> left, right;
  double full_depth = 0;          // [m]
  double frictionless_walls = 0;  // of the two side walls, how many do not count as wetted: 0, 1, 2
  bool closed = true;
};

// Of every shape but `irregular` (a transect), `street`, `none` and `dummy`. Circular, rectangular, elliptic,
// egg (height : width 3 : 2) and horseshoe sections are their geometric constructions; gothic, catenary,
// semi-elliptical, basket-handle, semi-circular and arch sections are two superelliptic quadrants each side
// that have the full area and hydraulic radius of Rossman 2017, "SWMM Reference Manual Volume II", table 5-2.
[[nodiscard]] SectionOutline outline_of(const CrossSection& section, const CustomShape* custom);

}  // namespace citytwin::drainage
