// Shallow water on the run's grid: rain, rivers, the sea, walls and buildings. README.md has the equations,
// the validation table and what is known to be wrong.
#pragma once

#include "engine/domains/surface_water/coupled_sewers.hpp"
#include "engine/domains/surface_water/published_depth.hpp"
#include "engine/domains/surface_water/solver.hpp"
#include "engine/sim/domain.hpp"

namespace citytwin::surface_water {

class SurfaceWater final : public Domain {
 public:
  [[nodiscard]] const DomainInfo& info() const override { return static_info(); }
  [[nodiscard]] static const DomainInfo& static_info();

  // Forcing fields: "rain" [m/s] everywhere or in a polygon, "inflow" [m3/s] at a point or line, "level" [m]
  // of the sea or along a line or in a polygon. Optional initial state: see initial_state.hpp. Errors:
  // terrain.missing and the surface_water.* codes of Solver::build and CoupledSewers::build.
  Result<Done> initialise(const RunInput& input, const RunContext& context) override;
  // Writes the grid field "surface_water.depth" [m].
  Result<Done> declare(Exchange& exchange) override;
  StepResult advance(SimTime now, SimTime beat, const Exchange& exchange, const RunContext& context) override;
  void publish(Exchange& exchange) override;
  void observe(Observation& out) const override;
  void save(SaveArchive& archive) const override;
  void load(LoadArchive& archive) override;
  [[nodiscard]] Hash128 hash() const override;

  [[nodiscard]] const Solver& solver() const { return solver_; }

 private:
  [[nodiscard]] std::optional<Trouble> move(double t0, double t1, const RunContext& context);
  void watch_local_inertia(SimTime end, StepResult& result);
  void judge_sewers(StepResult& result) const;

  Solver solver_;
  CoupledSewers sewers_;
  double ends_ = 0;                                  // the run [s]
  bool warned_fast_ = false, warned_steep_ = false;  // of local inertia; once each
  PublishedDepth depth_;
};

// Values, maxima and the balance of a solver (observe.cpp).
void observe_solver(const Solver& solver, const CoupledSewers& sewers, Observation& out);

}  // namespace citytwin::surface_water
