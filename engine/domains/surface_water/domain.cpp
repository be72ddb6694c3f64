#include "engine/domains/surface_water/domain.hpp"

#include <cmath>

#include "engine/base/percent.hpp"
#include "engine/domains/surface_water/fast_flow.hpp"

namespace citytwin::surface_water {

const DomainInfo& SurfaceWater::static_info() {
  static const DomainInfo kInfo{
      "surface_water",
      "Flood water on the ground: full shallow water equations, first or second order, or local inertia",
      parameter_table(),
      true,
      {}};
  return kInfo;
}

Result<Done> SurfaceWater::initialise(const RunInput& input, const RunContext& context) {
  solver_ = Solver{};
  warned_fast_ = warned_steep_ = false;
  ends_ = input.spec.duration.seconds();
  auto built = solver_.build(input, context);
  if (!built) return built;
  auto coupled = sewers_.build(input, solver_);
  if (!coupled) return coupled;
  Diagnostics noticed = built.diagnostics();
  noticed.append(coupled.diagnostics());
  depth_.start(solver_.grid());
  depth_.publish(solver_.water(), solver_.take_touched());
  return Result<Done>(Done{}, std::move(noticed));
}

// Water and sewers take turns in equal steps.
std::optional<Trouble> SurfaceWater::move(double t0, double t1, const RunContext& context) {
  if (sewers_.empty()) return solver_.advance(t0, t1, context);
  const double turns = std::ceil((t1 - t0) / solver_.params().sewer_step - 1e-9);
  for (double turn = 0; turn < turns; ++turn) {
    const double from = t0 + (t1 - t0) * turn / turns;
    const double to = turn + 1 < turns ? t0 + (t1 - t0) * (turn + 1) / turns : t1;
    sewers_.advance(solver_, from, to - from);
    if (auto trouble = solver_.advance(from, to, context)) return trouble;
  }
  return std::nullopt;
}

Result<Done> SurfaceWater::declare(Exchange& exchange) {
  auto declared = exchange.declare({"surface_water.depth", "m", FieldShape::grid, "surface_water", {}}, 0);
  if (declared) exchange.bind_grid("surface_water.depth", &depth_);
  return declared;
}

StepResult SurfaceWater::advance(SimTime now, SimTime beat, const Exchange& /*exchange*/,
                                 const RunContext& context) {
  StepResult result;
  if (const auto trouble = move(now.seconds(), (now + beat).seconds(), context)) {
    result.status = StepStatus::failed;
    result.reasons.error(trouble->code, {}, trouble->args);
    return result;
  }
  if ((now + beat).seconds() >= ends_ - 1e-6) judge_sewers(result);
  if (solver_.params().scheme == Scheme::local_inertia) watch_local_inertia(now + beat, result);
  return result;
}

// At the end of the run: were the heads in the sewers those of their flows?
void SurfaceWater::judge_sewers(StepResult& result) const {
  const auto unsettled = sewers_.too_many_unsettled();
  if (!unsettled) return;
  result.status = StepStatus::degraded;
  result.reasons.warning("surface_water.sewers_unsettled", {.feature = unsettled->worst},
                         {{"percent", percent_text(unsettled->work.unsettled_share())},
                          {"steps", std::to_string(unsettled->work.steps)},
                          {"node", unsettled->worst},
                          {"at_node", std::to_string(unsettled->worst_steps)}});
}

// Says, the first time it happens, that the water does what local inertia cannot do.
void SurfaceWater::watch_local_inertia(SimTime end, StepResult& result) {
  if (warned_fast_ && warned_steep_) return;
  const FastFlow flow = find_fast_flow(solver_);
  const auto whole = [](double value) { return std::to_string(std::llround(value)); };
  const auto warn = [&](bool& warned, const char* code, Point2 at) {
    warned = true;
    result.status = StepStatus::degraded;
    std::string froude = std::to_string(flow.froude);
    froude.resize(froude.find('.') + 2);
    result.reasons.warning(code, {},
                           {{"table", "surface_water"},
                            {"time", whole(end.seconds())},
                            {"x", whole(at.x)},
                            {"y", whole(at.y)},
                            {"froude", froude},
                            {"area", whole(flow.fast_area)},
                            {"percent", whole(100 * flow.fast_area / std::max(flow.deep_area, 1.0))}});
  };
  if (!warned_fast_ && flow.too_fast(solver_.grid().spec().cell_m))
    warn(warned_fast_, "surface_water.local_inertia_fast", flow.at);
  if (!warned_steep_ && flow.too_steep())
    warn(warned_steep_, "surface_water.local_inertia_steep", flow.front_at);
}

void SurfaceWater::publish(Exchange& /*exchange*/) {
  depth_.publish(solver_.water(), solver_.take_touched());
}

void SurfaceWater::observe(Observation& out) const { observe_solver(solver_, sewers_, out); }

void SurfaceWater::save(SaveArchive& archive) const {
  solver_.save(archive);
  sewers_.save(archive);
}

Hash128 SurfaceWater::hash() const {
  if (sewers_.empty()) return solver_.hash();
  SaveArchive state;
  sewers_.save(state);
  Hasher hasher;
  const Hash128 cells = solver_.hash();
  hasher.value(cells.low);
  hasher.value(cells.high);
  hasher.bytes(state.bytes().data(), state.bytes().size());
  return hasher.finish();
}

void SurfaceWater::load(LoadArchive& archive) {
  solver_.load(archive);
  sewers_.load(archive);
  depth_.start(solver_.grid());
  depth_.publish(solver_.water(), solver_.take_touched());
}

}  // namespace citytwin::surface_water
