// What was worst in a network since the start: depths, overflow, surcharge, flows, and where heads did not
// settle.
#pragma once

#include <vector>

#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::drainage {

struct NodeExtremes {
  double max_depth = 0, max_depth_at = 0;        // [m], [s]
  double overflow = 0;                           // onto the ground [m3]
  double overflow_peak = 0, overflow_at = 0;     // [m3/s], [s]
  double overflow_time = 0, surcharge_time = 0;  // above the ground; above the highest crown [s]
  std::int64_t unsettled = 0;  // steps that ended with trials left over in which this head still moved most
};

struct LinkExtremes {
  double max_flow = 0, max_flow_at = 0;  // either way [m3/s], [s]
  double max_velocity = 0;               // conduits [m/s]
  double surcharge_time = 0;             // full at both ends [s]
};

class NetworkExtremes {
 public:
  explicit NetworkExtremes(const DynamicWave& wave);

  // After a step of dt [s] that ended at t [s].
  void add(const DynamicWave& wave, const StepOutcome& outcome, double t, double dt);

  [[nodiscard]] const std::vector<NodeExtremes>& nodes() const { return nodes_; }  // (nodes)
  [[nodiscard]] const std::vector<LinkExtremes>& links() const { return links_; }  // (links)

 private:
  std::vector<NodeExtremes> nodes_;
  std::vector<LinkExtremes> links_;
};

}  // namespace citytwin::drainage
