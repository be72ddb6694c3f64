#include "scenarios/measures/pumping.hpp"

#include <cmath>

#include "scenarios/measures/ground_at.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Parameter depth(std::string key, std::string words, double value) {
  return {.key = std::move(key),
          .unit = "m",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = 50,
          .source = "estimated: below the kerb"};
}

}  // namespace

void declare_pumping(ParameterTable& table) {
  table.push_back({.key = "at",
                   .kind = ParameterKind::point,
                   .text = "Where it takes water: a point, or words such as \"lowest\""});
  table.push_back({.key = "to",
                   .kind = ParameterKind::point,
                   .text = "Where the water goes: a point, or words; out of the city unless given",
                   .optional = true});
  table.push_back(depth("on_depth_m", "It starts when the water at \"at\" is this deep", 0.10));
  table.push_back(depth("off_depth_m", "It stops when the water at \"at\" is as shallow as this", 0.02));
}

Result<HydraulicStructure> pump_of(const MeasureInput& input, double capacity) {
  const auto& v = input.values;
  if (v.number("off_depth_m") >= v.number("on_depth_m"))
    return Result<HydraulicStructure>::failure("measure.pump_levels", input.where);
  HydraulicStructure pump;
  pump.key = input.key;
  pump.kind = StructureKind::pump;
  pump.from = v.points("at").front();
  if (v.has("to")) pump.to = v.points("to").front();
  pump.capacity = capacity;
  const double ground = ground_at(input.model, input.grid, pump.from);
  if (std::isnan(ground)) return Result<HydraulicStructure>::failure("measure.no_ground_there", input.where);
  pump.rule.on_level = ground + v.number("on_depth_m");
  pump.rule.off_level = ground + v.number("off_depth_m");
  return pump;
}

void place_pump(const HydraulicStructure& pump, MeasureOutcome& out) {
  out.outline = {pump.from};
  if (pump.to) out.outline.push_back(*pump.to);
  out.things = out.outline;
  out.shape = PlacedMeasure::Shape::points;
  const std::string where = pump.to ? text("measure.pump.to_place", {{"x", report::number(pump.to->x)},
                                                                     {"y", report::number(pump.to->y)}})
                                    : text("measure.pump.out_of_city");
  out.description.emplace_back("where", where);
}

}  // namespace citytwin::scenarios
