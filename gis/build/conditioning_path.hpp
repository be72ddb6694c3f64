// The cells water takes along a drawn line.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/grid.hpp"

namespace citytwin::gis {

struct CellPlace {
  int i, j;
  bool operator==(const CellPlace&) const = default;
};

// Cells along the line, in order, each sharing an edge with the one before (water passes through edges),
// cells outside the grid left out. Cells whose corner the line merely clips are not part of the path; where
// it then steps diagonally, the lower of the two cells between is taken. On coarse models that keeps the path
// in the valley instead of cutting into its sides.
[[nodiscard]] std::vector<CellPlace> channel_path(const Grid<float>& ground, std::span<const Point2> line);

}  // namespace citytwin::gis
