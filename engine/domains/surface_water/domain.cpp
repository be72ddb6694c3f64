#include "engine/domains/surface_water/domain.hpp"

namespace citytwin::surface_water {

const DomainInfo& SurfaceWater::static_info() {
  static const DomainInfo kInfo{
      "surface_water",
      "Flood water on the ground: full shallow water equations, first or second order",
      parameter_table(),
      true,
      {}};
  return kInfo;
}

Result<Done> SurfaceWater::initialise(const RunInput& input, const RunContext& context) {
  solver_ = Solver{};
  auto built = solver_.build(input, context);
  if (!built) return built;
  depth_.start(solver_.grid());
  depth_.publish(solver_.water(), solver_.take_touched());
  return Done{};
}

Result<Done> SurfaceWater::declare(Exchange& exchange) {
  auto declared = exchange.declare({"surface_water.depth", "m", FieldShape::grid, "surface_water", {}}, 0);
  if (declared) exchange.bind_grid("surface_water.depth", &depth_);
  return declared;
}

StepResult SurfaceWater::advance(SimTime now, SimTime beat, const Exchange& /*exchange*/,
                                 const RunContext& context) {
  StepResult result;
  if (const auto trouble = solver_.advance(now.seconds(), (now + beat).seconds(), context)) {
    result.status = StepStatus::failed;
    result.reasons.error(trouble->code, {}, trouble->args);
  }
  return result;
}

void SurfaceWater::publish(Exchange& /*exchange*/) {
  depth_.publish(solver_.water(), solver_.take_touched());
}

void SurfaceWater::observe(Observation& out) const { observe_solver(solver_, out); }

void SurfaceWater::load(LoadArchive& archive) {
  solver_.load(archive);
  depth_.start(solver_.grid());
  depth_.publish(solver_.water(), solver_.take_touched());
}

}  // namespace citytwin::surface_water
