// A basin dug into the ground: it fills during the storm and holds what would otherwise run on. The run
// takes it as lowered terrain; what stays in it when the storm is over is counted as stored. Buildings and
// streets are not taken away: what stands in the area is counted as flooded when the basin fills, and said.
#include "scenarios/measures/built_on.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

// " In its area lie ..." or nothing; also a warning.
std::string said_of(const BuiltOn& found, const Where& where, Diagnostics& noticed) {
  if (found.buildings == 0 && found.street_m < 0.5) return {};
  const TextArgs args = {{"buildings", text_of_count("report.buildings", found.buildings)},
                         {"street_m", report::number(found.street_m)}};
  noticed.warning("measure.basin_built_on", where, args);
  return " " + text("measure.basin_built_on", args);
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const double depth = v.number("depth_m");
  ChangeTerrain dig;
  dig.polygon = v.points("area");
  dig.verb = ChangeTerrain::Verb::raise_by;
  dig.value = -depth;
  ChangeLandCover grass;
  grass.key = input.key;
  grass.polygon = dig.polygon;
  grass.cover = LandCoverClass::grass;

  MeasureOutcome out;
  Diagnostics noticed;
  out.outline = dig.polygon;
  const double footprint = area(Polygon{dig.polygon, {}});
  out.quantity = footprint * depth;
  out.cost = out.quantity * v.number("cost_per_m3");
  out.description = {{"area", report::number(footprint)},
                     {"depth", report::number(depth, 2)},
                     {"volume", report::number(out.quantity)},
                     {"built_on", said_of(built_on(input.model, dig.polygon), input.where, noticed)}};
  out.edits.push_back(std::move(dig));
  out.edits.push_back(std::move(grass));
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType retention_basin() {
  MeasureType type;
  type.name = "retention_basin";
  type.text = "A basin dug into the ground that fills during a storm and holds the water back";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Area of the basin: points, or words such as \"around:lowest:60\""},
      {.key = "depth_m",
       .unit = "m",
       .text = "Depth below the present ground",
       .default_value = 1.5,
       .min = 0.1,
       .max = 20},
      {.key = "cost_per_m3",
       .unit = "currency/m3",
       .text = "Cost per cubic metre of storage",
       .default_value = 120.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per m3",
       .source = "estimated: open dry basins, order of magnitude of CIRIA C753 (The SuDS Manual)"},
  };
  type.lifetime_years = 50;
  type.lifetime_source = "estimated: with yearly upkeep";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
