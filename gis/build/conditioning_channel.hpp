// The bed of a channel along its line, from a noisy ground profile with obstacles in it.
#pragma once

#include <vector>

namespace citytwin::gis {

// A non-increasing profile (downstream) that costs least, where lowering the ground by 1 m over one cell
// costs 1 and leaving the ground 1 m below the profile (a pool that fills before it flows on) costs
// kPoolCost. So a bridge deck is cut away, while a single pit does not draw a trench after it. Isotonic
// quantile regression, solved exactly in O(n log n) by slope trick (heap of breakpoints).
inline constexpr int kPoolCost = 9;

struct ChannelFit {
  std::vector<double> level;  // (n) non-increasing [m]
  double cost = 0;            // [m x cells]
};
[[nodiscard]] ChannelFit fit_channel(const std::vector<double>& ground);

}  // namespace citytwin::gis
