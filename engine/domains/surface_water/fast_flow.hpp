// Whether local inertia was right for the water it moved: it leaves out advection, which rules near and above
// Froude 1 and behind steep fronts (Neal et al. 2012, Hydrol. Process. 26, 2264).
#pragma once

#include <cstddef>

#include "engine/geo/point.hpp"

namespace citytwin::surface_water {

class Solver;

inline constexpr double kFastFroude = 0.8;
inline constexpr double kFastDepth = 0.05;  // shallower water does not count [m]

struct FastFlow {
  double deep_area = 0;    // deeper than kFastDepth [m2]
  double fast_area = 0;    // of that, above kFastFroude [m2]
  double froude = 0;       // the highest there
  Point2 at;               // and its cell's centre
  std::size_t fronts = 0;  // faces where water deeper than kFastDepth on both sides stands like a wall: a
                           // step of the surface of more than half the deeper side's depth and 0.2 m
  Point2 front_at;         // the first of them

  // Fast water that matters: more than a fiftieth of the water, and ten cells of it.
  [[nodiscard]] bool too_fast(double cell_m) const {
    return fast_area > 0.02 * deep_area && fast_area >= 10 * cell_m * cell_m;
  }
  [[nodiscard]] bool too_steep() const { return fronts >= 5; }
};

// Of the state now; free cells only.
[[nodiscard]] FastFlow find_fast_flow(const Solver& solver);

}  // namespace citytwin::surface_water
