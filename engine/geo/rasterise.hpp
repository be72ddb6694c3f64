// Polygons and polylines onto grids, in one tested place.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "engine/geo/grid.hpp"
#include "engine/geo/polygon.hpp"

namespace citytwin {

// Calls visit(i, j) for each cell whose centre is inside the polygon.
void cells_with_centre_in(const GridSpec& grid, const Polygon& polygon,
                          const std::function<void(int, int)>& visit);

// Calls visit(i, j) for each cell the polyline passes through, in order along the line, each step moving to
// an edge neighbour (Amanatides and Woo 1987 traversal). Cells outside the grid are skipped.
void cells_along(const GridSpec& grid, std::span<const Point2> line,
                 const std::function<void(int, int)>& visit);

// A face between two cells of a grid.
struct Face {
  bool x;  // west of cell (i, j), else south of it
  int i, j;
};
// The watertight chain of faces nearest to a line, in order along it.
[[nodiscard]] std::vector<Face> faces_along(const GridSpec& spec, std::span<const Point2> line);
// The cell west or south of it.
[[nodiscard]] inline std::pair<int, int> cell_before(const Face& face) {
  return face.x ? std::pair{face.i - 1, face.j} : std::pair{face.i, face.j - 1};
}

// Cells of which the polygon holds the centre or whose inside its outline crosses: index j * nx + i,
// ascending.
[[nodiscard]] std::vector<std::uint32_t> cells_touched(const GridSpec& grid, const Polygon& polygon);

// Calls visit(i, j, area) with the exact overlap area [m2] of the polygon (holes subtracted) and each cell
// it overlaps.
void cell_overlaps(const GridSpec& grid, const Polygon& polygon,
                   const std::function<void(int, int, double)>& visit);

}  // namespace citytwin
