// Sealed ground made permeable: porous asphalt, pavers with joints, grass grids, over a base course that
// holds water until the soil has taken it. What falls on it and what runs over it goes in.
#include "scenarios/measures/measure.hpp"
#include "scenarios/measures/retention_values.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  RetentionArea area;
  area.storage = v.number("storage_mm") * kMillimetre;
  area.intake = v.number("intake_mm_per_h") * kMillimetrePerHour;
  return ground_that_keeps(input, std::move(area), 0);
}

}  // namespace

MeasureType permeable_surface() {
  MeasureType type;
  type.name = "permeable_surface";
  type.text = "Sealed ground made permeable: permeable paving over a base that stores water";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Where: ground in this area that is neither building nor water; points, or words such as "
               "\"extent\""},
      share_of_ground("Share of that ground which is made permeable", 0.3,
                      "estimated: parking, pavements and side streets of a built-up area"),
      millimetres("storage_mm", "Water that the pores of the base hold", 60, 2000,
                  "estimated: 200 mm of gravel with 30 % of pores, after CIRIA C753 (The SuDS Manual)"),
      rate_mm_per_h("intake_mm_per_h", "How fast water gets in through the surface", 180,
                    "estimated: a tenth of a new surface, for joints that silt up (CIRIA C753)"),
      rate_mm_per_h("sinks_mm_per_h", "How fast the soil below the paving takes it", 5, "estimated: loam"),
      cost_per_m2("Cost per square metre made permeable", 90,
                  "estimated: permeable pavers with base instead of asphalt"),
  };
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: with yearly sweeping, until joints are clogged";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
