#include "engine/drainage/network_flow.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drainage/calendar.hpp"

namespace citytwin::drainage {

namespace {
constexpr double kWhole = 1e-9;  // of a time: rounding
}

NetworkFlow::NetworkFlow(const Network& network, double duration, const StepControl& control,
                         Interpolation runoff)
    : network_(network),
      control_(control),
      wave_(network),
      inflows_(network),
      rules_(network),
      losses_(network),
      step_(control.longest),
      inflow_(network.nodes.size(), 0.0),
      extra_(network.nodes.size(), 0.0),
      run_off_before_(network.nodes.size(), 0.0),
      run_off_(network.nodes.size(), 0.0) {
  if (!network.subcatchments.empty() && !network.options.ignore_rainfall)
    runoff_.emplace(network, duration, runoff);
  for (const Node& node : network.nodes) returns_ = returns_ || node.outfall.route_to != kNone;
}

// Mean inflows over the step; the volumes of runoff are exact.
void NetworkFlow::set_inflows(double dt) {
  inflow_.assign(network_.nodes.size(), 0.0);
  if (runoff_) {
    run_off_.assign(network_.nodes.size(), 0.0);
    runoff_->add_volume(now_ + dt, run_off_);
    for (std::size_t n = 0; n < inflow_.size(); ++n) inflow_[n] = (run_off_[n] - run_off_before_[n]) / dt;
    run_off_before_.swap(run_off_);
  }
  inflows_.add_mean(now_, now_ + dt, inflow_);
  for (std::size_t n = 0; n < inflow_.size(); ++n) inflow_[n] += extra_[n];
  extra_.assign(extra_.size(), 0.0);
  for (std::size_t n = 0; n < inflow_.size(); ++n) wave_.set_inflow(static_cast<Index>(n), inflow_[n]);
}

void NetworkFlow::return_outflow(double dt) {
  for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
    const Index onto = network_.nodes[n].outfall.route_to;
    if (onto != kNone) runoff_->receive(onto, dt * std::max(0.0, wave_.total_inflow(static_cast<Index>(n))));
  }
}

void NetworkFlow::set_stages(double t) {
  for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
    const Node& node = network_.nodes[n];
    if (node.kind != NodeKind::outfall) continue;
    if (node.outfall.kind == OutfallKind::series) {
      wave_.set_stage(static_cast<Index>(n), node.outfall.stage_series.at(t));
    } else if (node.outfall.kind == OutfallKind::tidal) {
      const double hour =
          calendar_time(network_.options.start_date + t / kSecondsPerDay).second_of_day / 3600.0;
      wave_.set_stage(static_cast<Index>(n), node.outfall.tide.at(hour));
    }
  }
}

double NetworkFlow::next_step(double end) {
  double until = std::min(end, inflows_.next_change(now_));
  if (runoff_) {
    if (runoff_->end() <= now_ * (1 + kWhole)) runoff_->advance(std::nextafter(runoff_->end(), end));
    until = std::min(until, std::max(runoff_->end(), now_));
  }
  const double left = until - now_;
  // Equal steps rather than a stub.
  return step_ < left ? left / std::ceil(left / step_ - kWhole) : left;
}

StepOutcome NetworkFlow::step(double dt) {
  if (rules_.any()) rules_.apply(wave_, now_, last_step_);
  if (runoff_ && runoff_->end() < now_ + dt) runoff_->advance(now_ + dt);
  set_inflows(dt);
  if (losses_.any()) losses_.apply(wave_, now_, dt);
  set_stages(now_ + dt);
  const StepOutcome outcome = wave_.step(dt);
  if (returns_ && runoff_) return_outflow(dt);
  now_ += dt;
  last_step_ = dt;
  ++work_.steps;
  if (outcome.trials == 0) ++work_.slept;
  work_.trials += outcome.trials;
  work_.link_trials += outcome.trials * static_cast<std::int64_t>(network_.links.size());
  if (!outcome.converged) ++work_.unconverged;
  // Heads that did not settle may have come back to where they were: no sign of calm.
  const double factor =
      !outcome.converged ? 0.5 : std::clamp(control_.rise / std::max(outcome.largest_rise, 1e-6), 0.3, 1.5);
  step_ = std::clamp(std::max(dt, 0.5 * step_) * factor, control_.shortest, control_.longest);
  return outcome;
}

StepOutcome NetworkFlow::step_towards(double end) {
  const StepOutcome outcome = step(next_step(end));
  if (end - now_ < kWhole * std::max(1.0, end)) now_ = end;
  return outcome;
}

void NetworkFlow::advance_to(double end) {
  while (end - now_ > kWhole * std::max(1.0, end)) step_towards(end);
}

}  // namespace citytwin::drainage
