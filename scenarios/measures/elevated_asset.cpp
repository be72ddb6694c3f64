// What must stay dry in a facility (switchgear, generator, pump motor) is lifted onto a platform.
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const auto& facilities = input.model.facilities();
  const Point2 at = v.points("at").front();
  // The facility at that very place: the reference names it, or the point lies within a metre or two of it.
  constexpr double kReach = 25;
  std::size_t best = facilities.size();
  for (std::size_t row = 0; row < facilities.size(); ++row) {
    const double d = distance(facilities.position[row], at);
    if (d <= kReach && (best == facilities.size() || d < distance(facilities.position[best], at))) best = row;
  }
  if (best == facilities.size())
    return Result<MeasureOutcome>::failure("measure.no_facility_there", input.where);

  MeasureOutcome out;
  out.outline = {facilities.position[best]};
  out.shape = PlacedMeasure::Shape::points;
  out.things = out.outline;
  const std::string& key = facilities.origin.key[best];
  out.edits.push_back(
      SetColumn{"facilities", key, "floor_height", facilities.floor_height[best] + v.number("by_m")});
  out.quantity = 1;
  out.cost = v.number("cost");
  out.description = {
      {"asset", facilities.name[best].empty() ? key : facilities.name[best] + " (" + key + ")"},
      {"by", report::number(v.number("by_m"), 2)}};
  return out;
}

}  // namespace

MeasureType elevated_asset() {
  MeasureType type;
  type.name = "elevated_asset";
  type.text = "The parts of a facility that must stay dry are lifted onto a platform";
  type.parameters = {
      {.key = "at",
       .kind = ParameterKind::point,
       .text = "The facility: \"facility:<key>\", \"kind:substation\", or its place"},
      {.key = "by_m",
       .unit = "m",
       .text = "How far they are lifted",
       .default_value = 1.0,
       .min = 0.05,
       .max = 10},
      {.key = "cost",
       .unit = "currency",
       .text = "Cost of the whole work",
       .default_value = 250000.0,
       .min = 0,
       .max = 1e9,
       .cost_basis = "per piece",
       .source = "estimated: a small distribution substation"},
  };
  type.lifetime_years = 40;
  type.lifetime_source = "estimated: as the equipment";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
