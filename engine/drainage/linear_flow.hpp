// A link's discharge as the solver sees it: a straight line of the heads at its two ends.
#pragma once

namespace citytwin::drainage {

// q = base + from_slope x (head at `from`) - to_slope x (head at `to`) [m3/s]; slopes >= 0 [m2/s].
struct LinearFlow {
  double base = 0, from_slope = 0, to_slope = 0;

  [[nodiscard]] double at(double from_head, double to_head) const {
    return base + from_slope * from_head - to_slope * to_head;
  }
  // The tangent at (from_head, to_head) of a flow q with these slopes.
  [[nodiscard]] static LinearFlow tangent(double q, double from_slope, double to_slope, double from_head,
                                          double to_head) {
    return {q - from_slope * from_head + to_slope * to_head, from_slope, to_slope};
  }
};

}  // namespace citytwin::drainage
