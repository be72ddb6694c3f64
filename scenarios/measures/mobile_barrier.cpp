// Demountable elements along a line: water passes until they stand. While they stand the streets they cross
// are shut to it; traffic is not asked.
#include "scenarios/measures/deployment_values.hpp"
#include "scenarios/measures/wall_line.hpp"

namespace citytwin::scenarios {
namespace {

// " It crosses ..." or nothing; buildings in the way also as a warning.
std::string said_of(const Crossed& found, const Where& where, Diagnostics& noticed) {
  const TextArgs args = counted(found);
  if (found.buildings > 0) {
    noticed.warning("measure.wall_crosses", where, args);
    return " " + text("measure.wall_crosses", args);
  }
  return found.streets > 0 ? " " + text("measure.mobile_barrier.streets", args) : std::string();
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  auto out = wall_along(input);
  if (!out) return out;
  auto deployment = deployment_of(v, input.where);
  if (!deployment) return Result<MeasureOutcome>(deployment.diagnostics());
  MovableBarrier barrier;
  barrier.key = input.key;
  barrier.line = v.points("along");
  if (v.has("height_m")) barrier.height = v.number("height_m");
  if (v.has("crest_level_m")) barrier.crest_level = v.number("crest_level_m");
  barrier.deployed = *deployment;
  Diagnostics noticed;
  out->description.emplace_back("deployed", scenarios::said_of(*deployment));
  out->description.emplace_back("crosses",
                                said_of(crossed_by(input.model, barrier.line), input.where, noticed));
  out->structures.barriers.push_back(std::move(barrier));
  return Result<MeasureOutcome>(*std::move(out), std::move(noticed));
}

}  // namespace

MeasureType mobile_barrier() {
  MeasureType type;
  type.name = "mobile_barrier";
  type.text = "A demountable flood wall that stands a set-up time after a warning";
  type.parameters = wall_line(6);
  declare_deployment(type.parameters, 4, "estimated: a crew sets some hundred metres in a shift");
  type.parameters.push_back({.key = "cost_per_m",
                             .unit = "currency/m",
                             .text = "Cost per metre with posts, foundation and store",
                             .default_value = 2500.0,
                             .min = 0,
                             .max = 1e7,
                             .cost_basis = "per m",
                             .source = "estimated: aluminium stop logs of about a metre"});
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: seals and elements are renewed after a generation";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
