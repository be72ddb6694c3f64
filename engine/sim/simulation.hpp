// The beat: the one loop in which everything happens.
#pragma once

#include <functional>
#include <memory>

#include "engine/sim/domain.hpp"
#include "engine/sim/run_record.hpp"
#include "engine/sim/snapshot.hpp"

namespace citytwin {

class Simulation {
 public:
  // `domains` in the order of spec.domains. Every error of set-up is collected.
  static Result<std::unique_ptr<Simulation>> create(RunInput input,
                                                    std::vector<std::unique_ptr<Domain>> domains,
                                                    const RunContext& context);
  virtual ~Simulation() = default;

  [[nodiscard]] virtual SimTime now() const = 0;
  [[nodiscard]] virtual bool finished() const = 0;  // at the end, or failed
  // One beat. Throws Stopped between sub-steps if the user wants to stop; the record then ends at the last
  // beat.
  virtual StepStatus step(const RunContext& context) = 0;
  // Appends a live control; it acts from the next beat on and is part of the record. Refused with
  // "control.unknown_target" or "control.not_accepted".
  virtual Result<Done> add_control(Control control) = 0;

  [[nodiscard]] virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
  [[nodiscard]] virtual std::vector<char> checkpoint() const = 0;
  virtual Result<Done> restore(const std::vector<char>& checkpoint) = 0;
  [[nodiscard]] virtual Hash128 hash() const = 0;  // of all state after the last beat
  [[nodiscard]] virtual const Exchange& exchange() const = 0;
  // Ends the recording. Callable once, at any time.
  virtual RunRecord finish() = 0;
};

// Runs to the end with progress "stage.run"; a user's stop gives a record with status `stopped`.
[[nodiscard]] Result<RunRecord> run(RunInput input, std::vector<std::unique_ptr<Domain>> domains,
                                    const RunContext& context);

}  // namespace citytwin
