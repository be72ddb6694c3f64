// What others read of the runoff: flow into nodes, the balance, and the state for checkpoints.
#include <algorithm>
#include <stdexcept>

#include "engine/drainage/runoff.hpp"

namespace citytwin::drainage {

void Runoff::add_inflow(double t, std::vector<double>& inflow) const {
  if (end_ <= begin_) return;
  const double s = std::clamp((t - begin_) / (end_ - begin_), 0.0, 1.0);
  for (std::size_t c = 0; c < flows_.size(); ++c)
    if (const Index node = network_->subcatchments[c].outlet_node; node >= 0)
      inflow[static_cast<std::size_t>(node)] += flows_[c].runoff.at(s);
}

void Runoff::add_volume(double t, std::vector<double>& volume) const {
  if (end_ <= begin_) return;
  const double dt = end_ - begin_;
  const double s = std::clamp((t - begin_) / dt, 0.0, 1.0);
  for (std::size_t c = 0; c < flows_.size(); ++c)
    if (const Index node = network_->subcatchments[c].outlet_node; node >= 0) {
      const Hydrograph& runoff = flows_[c].runoff;
      volume[static_cast<std::size_t>(node)] +=
          wet_ground_[c].delivered - (runoff.mean - runoff.integral(s)) * dt;
    }
}

RunoffBalance Runoff::balance() const {
  RunoffBalance total;
  total.returned = returned_;
  for (std::size_t c = 0; c < wet_ground_.size(); ++c) {
    const Wet& wet = wet_ground_[c];
    total.rain += wet.rain;
    total.evaporation += wet.evaporation;
    total.infiltration += wet.infiltration;
    total.runoff += wet.delivered;
    total.away += wet.away;
    total.stored += wet.received;
    for (std::size_t part = 0; part < wet.depth.size(); ++part)
      total.stored += wet.depth[part] * ground_[c].area[part];
  }
  return total;
}

void Runoff::save(SaveArchive& archive) const {
  archive.fields(begin_, end_, wet_, runs_, evaporation_, next_change_, returned_, rain_, wet_ground_,
                 flows_);
}

void Runoff::load(LoadArchive& archive) {
  const std::size_t catchments = wet_ground_.size();
  const std::size_t gauges = rain_.size();
  archive.fields(begin_, end_, wet_, runs_, evaporation_, next_change_, returned_, rain_, wet_ground_,
                 flows_);
  if (wet_ground_.size() != catchments || flows_.size() != catchments || rain_.size() != gauges)
    throw std::runtime_error("drainage: archive of another network");
}

}  // namespace citytwin::drainage
