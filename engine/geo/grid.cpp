#include "engine/geo/grid.hpp"

#include <algorithm>

namespace citytwin {

double sample_bilinear(const Grid<float>& grid, Point2 p) {
  const GridSpec& s = grid.spec;
  if (grid.empty() || !s.bounds().contains(p)) return std::numeric_limits<double>::quiet_NaN();
  const double u = std::clamp((p.x - s.origin.x) / s.cell_m - 0.5, 0.0, s.nx - 1.0);
  const double v = std::clamp((p.y - s.origin.y) / s.cell_m - 0.5, 0.0, s.ny - 1.0);
  const int i = std::min(static_cast<int>(u), std::max(s.nx - 2, 0));
  const int j = std::min(static_cast<int>(v), std::max(s.ny - 2, 0));
  const int i1 = std::min(i + 1, s.nx - 1);
  const int j1 = std::min(j + 1, s.ny - 1);
  const double a = u - i;
  const double b = v - j;
  const double south = (1 - a) * grid.at(i, j) + (a > 0 ? a * grid.at(i1, j) : 0.0);
  if (!(b > 0)) return south;
  const double north = (1 - a) * grid.at(i, j1) + (a > 0 ? a * grid.at(i1, j1) : 0.0);
  return (1 - b) * south + b * north;
}

float sample_nearest(const Grid<float>& grid, Point2 p) {
  const int i = grid.spec.column(p.x);
  const int j = grid.spec.row(p.y);
  return grid.spec.inside(i, j) ? grid.at(i, j) : kNoData;
}

}  // namespace citytwin
