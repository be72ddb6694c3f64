// A pumping station that lifts water from a low place: to another place, or out of the city.
#include "scenarios/measures/measure.hpp"
#include "scenarios/measures/pumping.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  auto pump = pump_of(input, v.number("capacity_m3_per_s"));
  if (!pump) return Result<MeasureOutcome>(pump.diagnostics());
  MeasureOutcome out;
  out.quantity = pump->capacity;
  out.cost = out.quantity * v.number("cost_per_m3_per_s");
  out.description = {{"capacity", report::number(pump->capacity, 2)},
                     {"on", report::number(v.number("on_depth_m"), 2)}};
  place_pump(*pump, out);
  out.structures.structures.push_back(*std::move(pump));
  return out;
}

}  // namespace

MeasureType pump() {
  MeasureType type;
  type.name = "pump";
  type.text = "A pumping station that lifts water from a low place";
  declare_pumping(type.parameters);
  type.parameters.push_back({.key = "capacity_m3_per_s",
                             .unit = "m3/s",
                             .text = "What a pump moves while it runs",
                             .default_value = 0.5,
                             .min = 0.001,
                             .max = 1000});
  type.parameters.push_back({.key = "cost_per_m3_per_s",
                             .unit = "currency",
                             .text = "Cost of the station per m3/s",
                             .default_value = 1.5e6,
                             .min = 0,
                             .max = 1e9,
                             .cost_basis = "per m3/s",
                             .source = "estimated: small stormwater stations with building and switchgear"});
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: machinery is renewed after a generation";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
