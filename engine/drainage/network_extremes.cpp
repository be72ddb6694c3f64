#include "engine/drainage/network_extremes.hpp"

#include <cmath>

namespace citytwin::drainage {

NetworkExtremes::NetworkExtremes(const DynamicWave& wave)
    : nodes_(wave.network().nodes.size()), links_(wave.network().links.size()) {
  for (std::size_t n = 0; n < nodes_.size(); ++n) nodes_[n].max_depth = wave.depth(static_cast<Index>(n));
}

void NetworkExtremes::add(const DynamicWave& wave, const StepOutcome& outcome, double t, double dt) {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const auto index = static_cast<Index>(n);
    NodeExtremes& node = nodes_[n];
    if (const double depth = wave.depth(index); depth > node.max_depth) {
      node.max_depth = depth;
      node.max_depth_at = t;
    }
    if (wave.is_surcharged(index)) node.surcharge_time += dt;
    const double overflow = wave.overflow(index);
    if (overflow <= 0) continue;
    node.overflow += dt * overflow;
    node.overflow_time += dt;
    if (overflow <= node.overflow_peak) continue;
    node.overflow_peak = overflow;
    node.overflow_at = t;
  }
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const auto index = static_cast<Index>(l);
    LinkExtremes& link = links_[l];
    if (const double flow = std::abs(wave.flow(index)); flow > link.max_flow) {
      link.max_flow = flow;
      link.max_flow_at = t;
    }
    link.max_velocity = std::max(link.max_velocity, std::abs(wave.link_velocity(index)));
    if (wave.is_full(index)) link.surcharge_time += dt;
  }
  if (!outcome.converged && outcome.least_settled >= 0)
    ++nodes_[static_cast<std::size_t>(outcome.least_settled)].unsettled;
}

}  // namespace citytwin::drainage
