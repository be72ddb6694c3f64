// Control rules at work: they look at the network and set pumps, gates, weirs and outlets.
#pragma once

#include <vector>

#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::drainage {

class ControlRules {
 public:
  explicit ControlRules(const Network& network);

  // At time t [s since the start], after a step of dt [s]: new settings go to the network's links; those of
  // orifices with a travel time move towards their target.
  void apply(DynamicWave& wave, double t, double dt);
  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  [[nodiscard]] bool any() const { return !network_.rules.empty(); }

 private:
  struct Pid {
    double error = 0, error_before = 0;
  };
  [[nodiscard]] double value(const Operand& operand, const DynamicWave& wave, double t) const;
  // The two sides of a premise, in the unit of the left one.
  [[nodiscard]] double left(const Premise& premise, const DynamicWave& wave, double t) const;
  [[nodiscard]] double right(const Premise& premise, const DynamicWave& wave, double t) const;
  [[nodiscard]] bool holds(const Premise& premise, const DynamicWave& wave, double t, double dt) const;
  [[nodiscard]] bool holds(const Rule& rule, const DynamicWave& wave, double t, double dt) const;
  [[nodiscard]] double setting(const Rule& rule, const Action& action, std::size_t pid,
                               const DynamicWave& wave, double t, double dt);
  void choose_settings(const DynamicWave& wave, double t, double dt);
  void move_gates(DynamicWave& wave, double t, double dt);

  const Network& network_;
  std::vector<double> target_;      // by link; NaN = never set
  std::vector<double> aimed_at_;    // the targets before the rules were looked at
  double looked_at_ = 0;            // [s]
  std::vector<double> changed_at_;  // by link: when it last opened or closed [s]
  std::vector<Pid> pids_;           // by then-action, in order of the rules
};

}  // namespace citytwin::drainage
