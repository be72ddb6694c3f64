// Planted hollows in streets, yards and parks: the water of their surroundings ponds in them and seeps
// through a bed of soil into the ground. They are smaller than a cell, so the run takes them as a store that
// fills from its cell's water before any moves on.
#include "scenarios/measures/measure.hpp"
#include "scenarios/measures/retention_values.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kAtOnce = 1;  // [m/s] water falls into a hollow

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  RetentionArea area;
  area.storage = (v.number("ponding_mm") + v.number("soil_mm") * v.number("soil_pores")) * kMillimetre;
  area.intake = kAtOnce;
  return ground_that_keeps(input, std::move(area), 1);
}

}  // namespace

MeasureType rain_garden() {
  MeasureType type;
  type.name = "rain_garden";
  type.text = "Rain gardens: planted hollows that take the water of their surroundings and let it seep away";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Where: ground in this area that is neither building nor water; points, or words such as "
               "\"extent\""},
      share_of_ground("Share of that ground which becomes rain garden", 0.05,
                      "estimated: 2 to 8 % of the area that drains into them (CIRIA C753)"),
      millimetres("ponding_mm", "Depth to which water ponds in them", 200, 2000,
                  "estimated: 150 to 300 mm (CIRIA C753)"),
      millimetres("soil_mm", "Depth of the bed of soil", 500, 5000, "estimated: 400 to 1000 mm (CIRIA C753)"),
      {.key = "soil_pores",
       .text = "Share of the bed that takes water",
       .default_value = 0.2,
       .min = 0,
       .max = 0.6,
       .source = "estimated: sandy soil, not dry"},
      rate_mm_per_h("sinks_mm_per_h", "How fast the soil below the gardens takes it", 10,
                    "estimated: loam, with a drain or roots"),
      cost_per_m2("Cost per square metre of rain garden", 150, "estimated: digging, soil, plants and kerbs"),
  };
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: with yearly upkeep; the bed is renewed after a generation";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
