// The cell in which something at a point finds the ground it needs.
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "engine/geo/grid.hpp"

namespace citytwin::surface_water {

// The cell with the nearest centre of those up to `reach` cells from p's own that accept(index); nullopt if
// there is none.
template <class Accept>
[[nodiscard]] std::optional<std::pair<int, int>> nearest_cell(const GridSpec& spec, Point2 p, int reach,
                                                              Accept&& accept) {
  const int ci = spec.column(p.x);
  const int cj = spec.row(p.y);
  std::optional<std::pair<int, int>> best;
  double nearest = std::numeric_limits<double>::infinity();
  for (int j = cj - reach; j <= cj + reach; ++j)
    for (int i = ci - reach; i <= ci + reach; ++i) {
      if (!spec.inside(i, j) || !accept(spec.index(i, j))) continue;
      const double away = distance(spec.centre(i, j), p);
      if (away >= nearest) continue;
      nearest = away;
      best = {i, j};
    }
  return best;
}

}  // namespace citytwin::surface_water
