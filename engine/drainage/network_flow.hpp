// A network over time: runoff, inflows, stages and rules in front of the dynamic wave, in steps that follow
// the water.
#pragma once

#include <optional>
#include <vector>

#include "engine/drainage/control_rules.hpp"
#include "engine/drainage/dynamic_wave.hpp"
#include "engine/drainage/external_inflows.hpp"
#include "engine/drainage/network_losses.hpp"
#include "engine/drainage/runoff.hpp"

namespace citytwin::drainage {

// What was done, for reports and measurements.
struct RoutingWork {
  std::int64_t steps = 0, trials = 0, link_trials = 0, unconverged = 0;
  std::int64_t slept = 0;  // steps in which the network was dry and stayed so
  [[nodiscard]] double unsettled_share() const {
    return steps > 0 ? static_cast<double>(unconverged) / static_cast<double>(steps) : 0;
  }
  // More than 1 % of the steps did not settle: their heads are not those of their flows.
  [[nodiscard]] bool is_doubtful() const { return unsettled_share() > 0.01; }
};

// Chosen on EPA's test models (README.md): half the longest moves no peak flow there by more than 1 % of the
// largest.
struct StepControl {
  double longest = 20;  // [s]
  double shortest = 1;  // [s]; below, pipes that just fill show pressures of a column without air
  double rise = 0.1;    // change of a head per step that is aimed at [m]
};

class NetworkFlow {
 public:
  // The network outlives it. Nothing is asked for after `duration` [s since the start]. Runoff goes along
  // straight lines as in SWMM (`runoff.hpp`) unless told otherwise: so its models are matched.
  NetworkFlow(const Network& network, double duration, const StepControl& control = {},
              Interpolation runoff = Interpolation::straight);

  // One step, as long as the water allows and not past `end`.
  StepOutcome step_towards(double end);
  void advance_to(double end);
  // One step of exactly dt [s], for those who step with something else.
  StepOutcome step(double dt);
  // Into a node during the next step, beside what the network says itself [m3/s].
  void add_inflow(Index node, double flow) { extra_[static_cast<std::size_t>(node)] += flow; }
  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

  [[nodiscard]] double now() const { return now_; }
  [[nodiscard]] double last_step() const { return last_step_; }
  [[nodiscard]] const DynamicWave& wave() const { return wave_; }
  [[nodiscard]] DynamicWave& wave() { return wave_; }
  [[nodiscard]] const RoutingWork& work() const { return work_; }
  [[nodiscard]] const Runoff* runoff() const { return runoff_ ? &*runoff_ : nullptr; }

 private:
  [[nodiscard]] double next_step(double end);
  void set_inflows(double dt);
  void set_stages(double t);
  void return_outflow(double dt);

  const Network& network_;
  StepControl control_;
  DynamicWave wave_;
  ExternalInflows inflows_;
  ControlRules rules_;
  NetworkLosses losses_;
  std::optional<Runoff> runoff_;
  double now_ = 0, step_ = 1, last_step_ = 0;
  std::vector<double> inflow_, extra_;            // [m3/s]
  std::vector<double> run_off_before_, run_off_;  // since the start, at both ends of the step [m3]
  bool returns_ = false;                          // an outfall drains onto a subcatchment
  RoutingWork work_;
};

}  // namespace citytwin::drainage
