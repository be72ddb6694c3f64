#include "engine/geo/rasterise.hpp"

#include <algorithm>

namespace citytwin {

namespace {

struct CellRange {
  int i0, i1, j0, j1;  // inclusive
};

CellRange range_of(const GridSpec& grid, const Box2& box) {
  return {std::max(grid.column(box.min.x), 0), std::min(grid.column(box.max.x), grid.nx - 1),
          std::max(grid.row(box.min.y), 0), std::min(grid.row(box.max.y), grid.ny - 1)};
}

// Sutherland-Hodgman against one half plane: keep points with axis(p) * sign >= limit * sign.
void clip_half_plane(const Ring& in, Ring& out, bool x_axis, double limit, double sign) {
  out.clear();
  const auto side = [&](Point2 p) { return ((x_axis ? p.x : p.y) - limit) * sign; };
  for (std::size_t k = 0; k < in.size(); ++k) {
    const Point2 a = in[k];
    const Point2 b = in[(k + 1) % in.size()];
    const double sa = side(a);
    const double sb = side(b);
    if (sa >= 0) out.push_back(a);
    if ((sa > 0 && sb < 0) || (sa < 0 && sb > 0)) out.push_back(a + (b - a) * (sa / (sa - sb)));
  }
}

// Strip by strip: clip the ring to a row, then each cell from that strip.
void ring_overlaps(const GridSpec& grid, const Ring& ring, double sign,
                   const std::function<void(int, int, double)>& visit) {
  const CellRange r = range_of(grid, bounds(ring));
  Ring strip, rest, cell;
  for (int j = r.j0; j <= r.j1; ++j) {
    const double y0 = grid.origin.y + j * grid.cell_m;
    clip_half_plane(ring, rest, false, y0, 1);
    clip_half_plane(rest, strip, false, y0 + grid.cell_m, -1);
    if (strip.size() < 3) continue;
    const CellRange in_row = range_of(grid, bounds(strip));
    for (int i = in_row.i0; i <= in_row.i1; ++i) {
      const double x0 = grid.origin.x + i * grid.cell_m;
      clip_half_plane(strip, rest, true, x0, 1);
      clip_half_plane(rest, cell, true, x0 + grid.cell_m, -1);
      const double overlap = std::abs(signed_area(cell));
      if (overlap > 0) visit(i, j, sign * overlap);
    }
  }
}

}  // namespace

void cells_with_centre_in(const GridSpec& grid, const Polygon& polygon,
                          const std::function<void(int, int)>& visit) {
  const CellRange r = range_of(grid, bounds(polygon.outer));
  std::vector<double> crossings;
  const auto cross_ring = [&](const Ring& ring, double y) {
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const Point2 a = ring[k];
      const Point2 b = ring[(k + 1) % ring.size()];
      if ((a.y > y) != (b.y > y)) crossings.push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
    }
  };
  for (int j = r.j0; j <= r.j1; ++j) {
    const double y = grid.centre(0, j).y;
    crossings.clear();
    cross_ring(polygon.outer, y);
    for (const Ring& hole : polygon.holes) cross_ring(hole, y);
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t k = 0; k + 1 < crossings.size(); k += 2) {
      const int first =
          std::max(static_cast<int>(std::ceil((crossings[k] - grid.origin.x) / grid.cell_m - 0.5)), 0);
      for (int i = first; i < grid.nx && grid.centre(i, j).x < crossings[k + 1]; ++i) visit(i, j);
    }
  }
}

void cells_along(const GridSpec& grid, std::span<const Point2> line,
                 const std::function<void(int, int)>& visit) {
  if (line.empty()) return;
  int last_i = grid.column(line[0].x);
  int last_j = grid.row(line[0].y);
  if (grid.inside(last_i, last_j)) visit(last_i, last_j);
  for (std::size_t k = 1; k < line.size(); ++k) {
    const Point2 a = line[k - 1];
    const Point2 d = line[k] - a;
    const int end_i = grid.column(line[k].x);
    const int end_j = grid.row(line[k].y);
    const int step_i = d.x > 0 ? 1 : -1;
    const int step_j = d.y > 0 ? 1 : -1;
    const auto edge_t = [&](int cell, int step, double origin, double start, double delta) {
      if (delta == 0) return std::numeric_limits<double>::infinity();
      return (origin + (cell + (step > 0 ? 1 : 0)) * grid.cell_m - start) / delta;
    };
    while (last_i != end_i || last_j != end_j) {
      const double tx = last_i == end_i ? std::numeric_limits<double>::infinity()
                                        : edge_t(last_i, step_i, grid.origin.x, a.x, d.x);
      const double ty = last_j == end_j ? std::numeric_limits<double>::infinity()
                                        : edge_t(last_j, step_j, grid.origin.y, a.y, d.y);
      if (tx <= ty)
        last_i += step_i;
      else
        last_j += step_j;
      if (grid.inside(last_i, last_j)) visit(last_i, last_j);
    }
  }
}

void cell_overlaps(const GridSpec& grid, const Polygon& polygon,
                   const std::function<void(int, int, double)>& visit) {
  ring_overlaps(grid, polygon.outer, 1, visit);
  for (const Ring& hole : polygon.holes) ring_overlaps(grid, hole, -1, visit);
}

std::vector<std::uint32_t> cells_touched(const GridSpec& grid, const Polygon& polygon) {
  std::vector<std::uint32_t> cells;
  const auto keep = [&](int i, int j) { cells.push_back(static_cast<std::uint32_t>(grid.index(i, j))); };
  cells_with_centre_in(grid, polygon, keep);
  Ring closed = polygon.outer;
  if (!closed.empty()) closed.push_back(closed.front());
  cells_along(grid, closed, keep);
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

std::vector<Face> faces_along(const GridSpec& spec, std::span<const Point2> line) {
  GridSpec nodes = spec;
  nodes.origin = {spec.origin.x - spec.cell_m / 2, spec.origin.y - spec.cell_m / 2};
  nodes.nx = spec.nx + 1;
  nodes.ny = spec.ny + 1;
  std::vector<Face> faces;
  int last_a = -10;
  int last_b = -10;
  cells_along(nodes, line, [&](int a, int b) {
    if (b == last_b && std::abs(a - last_a) == 1) faces.push_back({false, std::min(a, last_a), b});
    if (a == last_a && std::abs(b - last_b) == 1) faces.push_back({true, a, std::min(b, last_b)});
    last_a = a;
    last_b = b;
  });
  return faces;
}

}  // namespace citytwin
