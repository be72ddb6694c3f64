// Ground raised inside a polygon: by a height, or to a level.
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  if (v.has("raise_by_m") == v.has("to_level_m"))
    return Result<MeasureOutcome>::failure("measure.raise_by_or_to", input.where);
  ChangeTerrain change;
  change.polygon = v.points("area");
  change.verb = v.has("raise_by_m") ? ChangeTerrain::Verb::raise_by : ChangeTerrain::Verb::raise_to;
  change.value = v.number(v.has("raise_by_m") ? "raise_by_m" : "to_level_m");

  MeasureOutcome out;
  out.outline = change.polygon;
  out.quantity = area(Polygon{change.polygon, {}});
  out.cost = out.quantity * v.number("cost_per_m2");
  out.description = {{"area", report::number(out.quantity)}, {"value", report::number(change.value, 2)}};
  if (v.has("to_level_m")) out.sentence = "done_level";
  out.edits.push_back(std::move(change));
  return out;
}

}  // namespace

MeasureType raised_ground() {
  MeasureType type;
  type.name = "raised_ground";
  type.text = "Ground raised inside an area, so that water finds another way";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Area that is raised: points, or words such as \"around:centre:100\""},
      {.key = "raise_by_m",
       .unit = "m",
       .text = "How much the ground rises",
       .min = 0.01,
       .max = 20,
       .optional = true},
      {.key = "to_level_m",
       .unit = "m",
       .text = "Level up to which lower ground is filled (instead of a height)",
       .min = -50,
       .max = 9000,
       .optional = true},
      {.key = "cost_per_m2",
       .unit = "currency/m2",
       .text = "Cost per square metre raised",
       .default_value = 60.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per m2",
       .source = "estimated: 1 m of imported fill with surface restored"},
  };
  type.lifetime_years = 100;
  type.lifetime_source = "estimated: earthworks last as long as the land use";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
