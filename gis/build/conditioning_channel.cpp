#include "gis/build/conditioning_channel.hpp"

#include <algorithm>
#include <queue>

namespace citytwin::gis {

ChannelFit fit_channel(const std::vector<double>& ground) {
  const std::size_t n = ground.size();
  ChannelFit fit;
  fit.level.resize(n);
  // From downstream to upstream the profile must not fall. The heap holds the breakpoints of the convex cost
  // of all cells so far as a function of the level here, each breakpoint changing the slope by one; only its
  // falling part is kept, because a higher level is always allowed further up.
  std::priority_queue<double> breakpoints;
  for (std::size_t k = n; k-- > 0;) {
    for (int copy = 0; copy <= kPoolCost; ++copy) breakpoints.push(ground[k]);
    for (int copy = 0; copy < kPoolCost; ++copy) breakpoints.pop();
    fit.level[k] = breakpoints.top();
  }
  for (std::size_t k = 1; k < n; ++k) fit.level[k] = std::min(fit.level[k], fit.level[k - 1]);
  for (std::size_t k = 0; k < n; ++k) {
    const double above = ground[k] - fit.level[k];
    fit.cost += above > 0 ? above : -above * kPoolCost;
  }
  return fit;
}

}  // namespace citytwin::gis
