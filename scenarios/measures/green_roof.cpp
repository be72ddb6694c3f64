// Planted roofs: their soil keeps rain until it is full; what comes after that runs off as from any roof.
#include "scenarios/measures/building_choice.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/measures/retention_values.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const Buildings& buildings = input.model.buildings();
  RetentionArea roof;
  roof.kind = RetentionArea::Kind::roof;
  roof.share = v.number("share");
  roof.storage = v.number("storage_mm") * kMillimetre;
  MeasureOutcome out;
  out.outline = v.points("area");
  out.shape = PlacedMeasure::Shape::points;
  for (const ChosenBuilding& building : chosen_buildings(buildings, v)) {
    const Polygon footprint = buildings.footprint[building.row];
    if (area(footprint) < v.number("smallest_m2")) continue;
    roof.key = input.key + "/" + buildings.origin.key[building.row];
    roof.polygon = footprint.outer;
    out.edits.push_back(AddRetention{roof});
    out.things.push_back(building.centre);
    out.quantity += roof.share * area(footprint);
  }
  Diagnostics noticed;
  if (out.things.empty()) {
    noticed.warning("measure.no_roof", input.where);
    out.sentence = "done_none";
  }
  out.cost = out.quantity * v.number("cost_per_m2");
  out.description = {{"buildings", text_of_count("report.buildings", static_cast<double>(out.things.size()))},
                     {"area", report::number(out.quantity)},
                     {"storage", report::number(v.number("storage_mm"))},
                     {"volume", report::number(out.quantity * roof.storage)}};
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType green_roof() {
  MeasureType type;
  type.name = "green_roof";
  type.text = "Planted roofs that keep rain until their soil is full";
  type.parameters = building_choice();
  type.parameters.insert(
      type.parameters.end(),
      {
          {.key = "smallest_m2",
           .unit = "m2",
           .text = "Only roofs of at least this size",
           .default_value = 0.0,
           .min = 0,
           .max = 1e6},
          {.key = "share",
           .text = "Share of each roof that is planted",
           .default_value = 0.6,
           .min = 0.01,
           .max = 1,
           .source = "estimated: the rest is edges, plant rooms and light"},
          millimetres(
              "storage_mm", "Rain that the soil of the roof keeps", 30, 500,
              "estimated: 100 mm of substrate with a third of its volume free for water (FLL guideline)"),
          cost_per_m2("Cost per square metre of planted roof", 80,
                      "estimated: extensive roof on a sound deck"),
      });
  type.lifetime_years = 40;
  type.lifetime_source = "estimated: as long as the seal below it";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
