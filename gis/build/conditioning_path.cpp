#include "gis/build/conditioning_path.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/geo/polygon.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::gis {

namespace {

constexpr int kSamplesPerCell = 10;
constexpr int kClipped = 3;  // fewer samples than this in a cell: its corner is only clipped

struct Stretch {
  CellPlace cell;
  int samples;
};

std::vector<Stretch> stretches_of(const GridSpec& spec, std::span<const Point2> line) {
  std::vector<Stretch> out;
  for (std::size_t k = 1; k < line.size(); ++k) {
    const double total = distance(line[k - 1], line[k]);
    const auto steps = std::max(1, static_cast<int>(std::ceil(total * kSamplesPerCell / spec.cell_m)));
    for (int s = 0; s <= steps; ++s) {
      const Point2 p = line[k - 1] + (line[k] - line[k - 1]) * (static_cast<double>(s) / steps);
      const CellPlace cell{spec.column(p.x), spec.row(p.y)};
      if (out.empty() || !(out.back().cell == cell))
        out.push_back({cell, 1});
      else
        ++out.back().samples;
    }
  }
  return out;
}

// The lower one of the two cells that touch both ends of a diagonal step; a void counts as high.
CellPlace lower_between(const Grid<float>& ground, CellPlace a, CellPlace b) {
  const CellPlace first{b.i, a.j};
  const CellPlace second{a.i, b.j};
  const auto level = [&](CellPlace c) {
    const float z = ground.spec.inside(c.i, c.j) ? ground.at(c.i, c.j) : kNoData;
    return std::isnan(z) ? std::numeric_limits<float>::infinity() : z;
  };
  return level(second) < level(first) ? second : first;
}

}  // namespace

std::vector<CellPlace> channel_path(const Grid<float>& ground, std::span<const Point2> line) {
  const GridSpec& spec = ground.spec;
  const std::vector<Stretch> stretches = stretches_of(spec, line);
  std::vector<CellPlace> path;
  const auto add = [&](CellPlace cell) {
    if (path.empty() || !(path.back() == cell)) path.push_back(cell);
  };
  for (std::size_t k = 0; k < stretches.size(); ++k) {
    const bool end = k == 0 || k + 1 == stretches.size();
    const CellPlace cell = stretches[k].cell;
    if (!end && stretches[k].samples < kClipped) {
      // Left out only if its neighbours meet at a corner without it.
      const CellPlace next = stretches[k + 1].cell;
      if (!path.empty() && std::abs(next.i - path.back().i) <= 1 && std::abs(next.j - path.back().j) <= 1)
        continue;
    }
    if (!path.empty()) {
      const CellPlace last = path.back();
      const int di = std::abs(cell.i - last.i);
      const int dj = std::abs(cell.j - last.j);
      if (di == 1 && dj == 1) {
        add(lower_between(ground, last, cell));
      } else if (di + dj > 1) {
        const std::vector<Point2> straight{spec.centre(last.i, last.j), spec.centre(cell.i, cell.j)};
        cells_along(spec, straight, [&](int i, int j) { add({i, j}); });
      }
    }
    add(cell);
  }
  std::erase_if(path, [&](CellPlace c) { return !spec.inside(c.i, c.j); });
  return path;
}

}  // namespace citytwin::gis
