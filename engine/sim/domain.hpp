// One physics: surface water, traffic, power ... A domain owns its state, sees the city, the forcing and the
// other domains' fields of the last beat, and nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/run_context.hpp"
#include "engine/sim/exchange.hpp"
#include "engine/sim/observation.hpp"
#include "engine/sim/run_input.hpp"

namespace citytwin {

enum class StepStatus { ok, degraded, failed };

struct StepResult {
  StepStatus status = StepStatus::ok;
  Diagnostics reasons;  // why degraded or failed
};

struct DomainInfo {
  std::string name;  // folder and namespace, e.g. "surface_water"
  std::string text;  // one line for people
  ParameterTable parameters;
  bool needs_terrain = false;
  std::vector<std::string> needs_tables;  // model tables it cannot do without
  std::vector<std::string> controls;  // columns that a `set` Control may name; none = it takes no Controls
};

class Domain {
 public:
  virtual ~Domain() = default;

  [[nodiscard]] virtual const DomainInfo& info() const = 0;

  // Builds the initial state. The input outlives the domain.
  virtual Result<Done> initialise(const RunInput& input, const RunContext& context) = 0;
  // Declares the fields it writes and binds grid views. Called once, after initialise.
  virtual Result<Done> declare(Exchange& exchange) = 0;

  virtual void apply(const Control& /*control*/) {}
  // From `now` to `now + beat`, sub-stepping as the solver needs; reads the exchange of the last beat.
  virtual StepResult advance(SimTime now, SimTime beat, const Exchange& exchange,
                             const RunContext& context) = 0;
  // Amounts that advance() took from others are answered here, then fields are written.
  virtual void publish(Exchange& exchange) = 0;

  // Maxima, series, layers and the balance, for Recorder and Snapshot. `when` says how much is wanted.
  virtual void observe(Observation& out) const = 0;

  virtual void save(SaveArchive& archive) const = 0;
  virtual void load(LoadArchive& archive) = 0;
  // Of the state after the last beat; cached per tile, so its cost follows what changed.
  [[nodiscard]] virtual Hash128 hash() const = 0;
};

using DomainFactory = std::unique_ptr<Domain> (*)();

}  // namespace citytwin
