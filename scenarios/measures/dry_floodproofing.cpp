// Buildings sealed against water up to a depth: door barriers, closed vents, coated walls. Water still
// stands around them; inside there is no damage until it rises above the protected depth.
#include "scenarios/measures/building_choice.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const auto& buildings = input.model.buildings();
  MeasureOutcome out;
  out.outline = v.points("area");
  out.shape = PlacedMeasure::Shape::points;
  for (const ChosenBuilding& building : chosen_buildings(buildings, v)) {
    const std::string& key = buildings.origin.key[building.row];
    out.buildings.push_back(key);
    out.things.push_back(building.centre);
    out.edits.push_back(SetColumn{"buildings", key, "floodproof_depth", v.number("depth_m")});
  }
  // A scenario that names no place must run in every city: where there is nothing to seal, nothing is done.
  Diagnostics noticed;
  if (out.buildings.empty()) noticed.warning("measure.no_building", input.where);
  out.quantity = static_cast<double>(out.buildings.size());
  out.cost = out.quantity * v.number("cost_per_building");
  out.description = {{"count", report::number(out.quantity)},
                     {"depth", report::number(v.number("depth_m"), 2)}};
  if (out.quantity < 2) out.sentence = out.quantity < 1 ? "done_none" : "done_one";
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType dry_floodproofing() {
  MeasureType type;
  type.name = "dry_floodproofing";
  type.text = "Buildings sealed against water up to a depth";
  type.parameters = building_choice();
  type.parameters.insert(
      type.parameters.end(),
      {
          {.key = "depth_m",
           .unit = "m",
           .text = "Water is held out up to this depth above the ground",
           .default_value = 0.9,
           .min = 0.05,
           .max = 3,
           .source = "FEMA P-936 (2013): dry floodproofing of ordinary walls is limited to about 3 ft"},
          {.key = "cost_per_building",
           .unit = "currency",
           .text = "Cost per building",
           .default_value = 12000.0,
           .min = 0,
           .max = 1e8,
           .cost_basis = "per piece",
           .source = "estimated: order of magnitude of Aerts 2018, Water 10(11):1646"},
      });
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: seals and barriers are renewed after a generation";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
