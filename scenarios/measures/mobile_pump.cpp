// Pumps on trailers: called for by a warning, there after a set-up time, and running from then on.
#include "scenarios/measures/deployment_values.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/measures/pumping.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const auto count = static_cast<double>(v.integer("count"));
  auto pump = pump_of(input, count * v.number("capacity_m3_per_s"));
  if (!pump) return Result<MeasureOutcome>(pump.diagnostics());
  const auto deployment = deployment_of(v, input.where);
  if (!deployment) return Result<MeasureOutcome>(deployment.diagnostics());
  pump->deployed = *deployment;
  MeasureOutcome out;
  out.quantity = count;
  out.cost = count * v.number("cost_per_pump");
  out.description = {{"pumps", text_of_count("measure.mobile_pump.count", count)},
                     {"capacity", report::number(pump->capacity, 2)},
                     {"on", report::number(v.number("on_depth_m"), 2)},
                     {"deployed", said_of(*deployment)}};
  place_pump(*pump, out);
  out.structures.structures.push_back(*std::move(pump));
  return out;
}

}  // namespace

MeasureType mobile_pump() {
  MeasureType type;
  type.name = "mobile_pump";
  type.text = "Pumps on trailers, in place a set-up time after a warning";
  declare_pumping(type.parameters);
  type.parameters.push_back({.key = "count",
                             .kind = ParameterKind::integer,
                             .text = "Number of pumps",
                             .default_value = std::int64_t{1},
                             .min = 1,
                             .max = 1000});
  type.parameters.push_back({.key = "capacity_m3_per_s",
                             .unit = "m3/s",
                             .text = "What one pump moves while it runs",
                             .default_value = 0.1,
                             .min = 0.001,
                             .max = 10,
                             .source = "estimated: trailer pumps move 0.05 to 0.3 m3/s"});
  declare_deployment(type.parameters, 2, "estimated: a crew, a truck and hoses in one town");
  type.parameters.push_back({.key = "cost_per_pump",
                             .unit = "currency",
                             .text = "Cost of one pump with trailer and hoses",
                             .default_value = 60'000.0,
                             .min = 0,
                             .max = 1e8,
                             .cost_basis = "per piece",
                             .source = "estimated: diesel trailer pump of 0.1 m3/s"});
  type.lifetime_years = 15;
  type.lifetime_source = "estimated: mobile machinery";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
