// Triangulated ground onto a grid.
#include <algorithm>
#include <cmath>

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

namespace {

Point2 flat(Point3 p) { return {p.x, p.y}; }

// Elevation of the triangle's plane at every cell centre in it, its border included.
void draw(const Point3& a, const Point3& b, const Point3& c, Grid<float>& grid) {
  const double twice = cross(flat(b) - flat(a), flat(c) - flat(a));
  if (twice == 0) return;  // vertical or empty
  Box2 box;
  for (const Point3& p : {a, b, c}) box.add(flat(p));
  const GridSpec& spec = grid.spec;
  const int i1 = std::min(spec.column(box.max.x), spec.nx - 1);
  const int j1 = std::min(spec.row(box.max.y), spec.ny - 1);
  constexpr double kEdge = -1e-9;
  for (int j = std::max(spec.row(box.min.y), 0); j <= j1; ++j)
    for (int i = std::max(spec.column(box.min.x), 0); i <= i1; ++i) {
      const Point2 p = spec.centre(i, j);
      const double wa = cross(flat(b) - p, flat(c) - p) / twice;
      const double wb = cross(flat(c) - p, flat(a) - p) / twice;
      const double wc = 1 - wa - wb;
      if (wa < kEdge || wb < kEdge || wc < kEdge) continue;
      const auto z = static_cast<float>(wa * a.z + wb * b.z + wc * c.z);
      float& cell = grid.at(i, j);
      if (std::isnan(cell) || z > cell) cell = z;
    }
}

}  // namespace

double tin_mean_edge(const Tin& tin) {
  double total = 0;
  for (const auto& t : tin.triangles)
    for (int k = 0; k < 3; ++k) total += distance(flat(tin.points[t[k]]), flat(tin.points[t[(k + 1) % 3]]));
  return tin.triangles.empty() ? 0 : total / (3.0 * static_cast<double>(tin.triangles.size()));
}

GridSpec tin_grid(const Tin& tin, std::size_t max_cells) {
  Box2 box;
  for (const auto& t : tin.triangles)
    for (const std::uint32_t v : t)
      if (const Point2 p = flat(tin.points[v]); std::isfinite(p.x) && std::isfinite(p.y)) box.add(p);
  if (box.empty()) return {};
  double cell = tin_mean_edge(tin) < 1 ? 0.5 : 1;  // keeps kerbs and breaklines that long edges run along
  const auto cells = [&] { return (box.width() / cell + 2) * (box.height() / cell + 2); };
  while (cells() > static_cast<double>(max_cells)) cell *= 2;
  GridSpec spec;
  spec.cell_m = cell;
  spec.origin = {std::floor(box.min.x / cell) * cell, std::floor(box.min.y / cell) * cell};
  spec.nx = static_cast<int>(std::ceil((box.max.x - spec.origin.x) / cell));
  spec.ny = static_cast<int>(std::ceil((box.max.y - spec.origin.y) / cell));
  spec.nx = std::max(spec.nx, 1);
  spec.ny = std::max(spec.ny, 1);
  return spec;
}

Grid<float> rasterise_tin(const Tin& tin, const GridSpec& spec, const RunContext& context) {
  Grid<float> grid(spec, kNoData);
  std::size_t done = 0;
  for (const auto& t : tin.triangles) {
    if ((done++ & 0xFFFU) == 0) context.check_stop();
    const Point3& a = tin.points[t[0]];
    const Point3& b = tin.points[t[1]];
    const Point3& c = tin.points[t[2]];
    const auto finite = [](const Point3& p) {
      return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
    };
    if (finite(a) && finite(b) && finite(c)) draw(a, b, c, grid);
  }
  return grid;
}

}  // namespace citytwin::gis
