// A regular grid of square cells in the city frame. Row 0 is the southernmost row (y grows with j), column
// 0 the westernmost; value(i, j) belongs to the cell whose south-west corner is origin + (i, j) * cell.
// Readers of north-up rasters flip rows at the door.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "engine/geo/point.hpp"

namespace citytwin {

struct GridSpec {
  Point2 origin;      // south-west corner of cell (0, 0) [m]
  double cell_m = 1;  // side of a square cell [m]
  int nx = 0, ny = 0;

  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(nx) * static_cast<std::size_t>(ny);
  }
  [[nodiscard]] std::size_t index(int i, int j) const {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(i);
  }
  [[nodiscard]] bool inside(int i, int j) const { return i >= 0 && j >= 0 && i < nx && j < ny; }
  [[nodiscard]] Point2 centre(int i, int j) const {
    return {origin.x + (i + 0.5) * cell_m, origin.y + (j + 0.5) * cell_m};
  }
  // Cell of a point; may lie outside the grid (test with inside()).
  [[nodiscard]] int column(double x) const { return static_cast<int>(std::floor((x - origin.x) / cell_m)); }
  [[nodiscard]] int row(double y) const { return static_cast<int>(std::floor((y - origin.y) / cell_m)); }
  [[nodiscard]] Box2 bounds() const { return {origin, {origin.x + nx * cell_m, origin.y + ny * cell_m}}; }
  bool operator==(const GridSpec&) const = default;
};

template <class T>
struct Grid {
  GridSpec spec;
  std::vector<T> values;  // (ny, nx), row 0 south

  Grid() = default;
  explicit Grid(GridSpec s, T fill = T{}) : spec(s), values(s.size(), fill) {}
  [[nodiscard]] bool empty() const { return values.empty(); }
  [[nodiscard]] T& at(int i, int j) { return values[spec.index(i, j)]; }
  [[nodiscard]] const T& at(int i, int j) const { return values[spec.index(i, j)]; }
  bool operator==(const Grid&) const = default;
};

// No-data in float rasters of the model is NaN.
inline constexpr float kNoData = std::numeric_limits<float>::quiet_NaN();

// Bilinear between cell centres; NaN where any contributing cell is no-data, clamped at the border.
[[nodiscard]] double sample_bilinear(const Grid<float>& grid, Point2 p);
// The value of the cell that holds p, or kNoData outside.
[[nodiscard]] float sample_nearest(const Grid<float>& grid, Point2 p);

}  // namespace citytwin
