// The one implementation of Simulation; a header of its own so that its checkpoints have a file of theirs.
#pragma once

#include <optional>

#include "engine/sim/recorder.hpp"
#include "engine/sim/simulation.hpp"

namespace citytwin {

class BeatSimulation final : public Simulation {
 public:
  BeatSimulation(RunInput input, std::vector<std::unique_ptr<Domain>> domains);
  // Initialises the domains, declares their fields and checks the controls.
  Result<Done> start(const RunContext& context);

  [[nodiscard]] SimTime now() const override { return now_; }
  [[nodiscard]] bool finished() const override {
    return now_ >= input_.spec.duration || status_ == StepStatus::failed;
  }
  [[nodiscard]] const Exchange& exchange() const override { return exchange_; }
  [[nodiscard]] Hash128 hash() const override { return hash_; }

  StepStatus step(const RunContext& context) override;
  Result<Done> add_control(Control control) override;
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override;
  [[nodiscard]] std::vector<char> checkpoint() const override;
  Result<Done> restore(const std::vector<char>& bytes) override;
  RunRecord finish() override;

 private:
  [[nodiscard]] Domain* find_domain(const std::string& name) const;
  [[nodiscard]] Diagnostics check(const Control& control) const;
  void sort_controls();
  void apply_controls();
  StepStatus advance(SimTime beat, const RunContext& context);
  [[nodiscard]] Hash128 state_hash() const;
  [[nodiscard]] Hash128 run_identity() const;
  template <class Archive, class Self>
  static void layout(Archive& archive, Self& self);

  RunInput input_;
  std::vector<std::unique_ptr<Domain>> domains_;
  Exchange exchange_;
  Dependencies dependencies_;
  Recorder recorder_;
  SimTime now_;
  SimTime next_checkpoint_ = input_.spec.record.checkpoint_interval;
  std::size_t next_control_ = 0;
  StepStatus status_ = StepStatus::ok;
  Diagnostics reasons_;
  Hash128 hash_;
  double advance_cpu_s_ = 0, rest_cpu_s_ = 0;
  mutable std::optional<Hash128> city_hash_;  // of the immutable city, once somebody wants it
};

}  // namespace citytwin
