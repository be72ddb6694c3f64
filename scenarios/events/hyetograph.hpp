// Design hyetographs: how a storm's depth is spread over its duration.
#pragma once

#include "engine/numerics/series.hpp"

namespace citytwin::scenarios {

struct Storm {
  double depth = 0;            // [m]
  double duration = 0;         // [s]
  double peak_position = 0.4;  // of the duration, 0..1
  double block = 300;          // [s] alternating block
  double b = 600;              // [s] of the intensity-duration law i = K / (d + b)^c
  double c = 0.8;
};

// Rain intensity [m/s] from t = 0; the integral of each is exactly the depth (to rounding).
[[nodiscard]] Series uniform_storm(const Storm& storm);
[[nodiscard]] Series triangular_storm(const Storm& storm);
// Chow, Maidment, Mays 1988, Applied Hydrology, 14.4: increments of the intensity-duration law, the largest
// at the peak, the next alternately after and before it. The blockwise twin of Keifer and Chu's (1957)
// Chicago storm.
[[nodiscard]] Series alternating_block_storm(const Storm& storm);

}  // namespace citytwin::scenarios
