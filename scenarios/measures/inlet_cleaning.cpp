// Gullies kept free of leaves and silt, and more of them where they are too few.
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const SewerNodes& nodes = input.model.sewers().nodes;
  const Polygon zone{v.points("area"), {}};
  MeasureOutcome out;
  out.outline = zone.outer;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (nodes.inlet_kind[n] == InletKind::none || !contains(zone, nodes.position[n])) continue;
    const double more = v.number("added_share") * nodes.inlet_count[n];
    out.edits.push_back(SetColumn{"sewer_nodes", nodes.origin.key[n], "inlet_efficiency", 1});
    out.edits.push_back(
        SetColumn{"sewer_nodes", nodes.origin.key[n], "inlet_count", nodes.inlet_count[n] + more});
    out.quantity += nodes.inlet_count[n];
    out.cost += nodes.inlet_count[n] * v.number("cost_per_inlet") + more * v.number("cost_per_new_inlet");
  }
  ForcingSeries kept;
  kept.key = input.key;
  kept.field = "inlet_kept_free";
  kept.unit = "1";
  kept.place = {Place::Kind::polygon, zone.outer};
  kept.series = {{0}, {v.number("kept_free")}, Series::Between::step};
  Diagnostics noticed;
  if (out.edits.empty()) {
    noticed.warning("measure.no_sewers", input.where);
    out.sentence = "done_none";
  } else
    out.forcing.push_back(std::move(kept));
  const double added = v.number("added_share");
  out.description = {{"count", report::number(out.quantity)},
                     {"kept", report::number(100 * v.number("kept_free"))},
                     {"more", added > 0 ? " " + text("measure.inlet_cleaning.more",
                                                     {{"percent", report::number(100 * added)}})
                                        : std::string()}};
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType inlet_cleaning() {
  MeasureType type;
  type.name = "inlet_cleaning";
  type.text = "Street inlets kept free of leaves and silt, and more of them if asked for";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Inlets in this area: points, or words such as \"extent\""},
      {.key = "added_share", .text = "New inlets per old one", .default_value = 0.0, .min = 0, .max = 10},
      {.key = "kept_free",
       .text = "Share of a blockage that cleaning prevents",
       .default_value = 0.8,
       .min = 0,
       .max = 1,
       .source = "estimated: crews do not get to every inlet in time"},
      {.key = "cost_per_inlet",
       .unit = "currency",
       .text = "Cost of keeping one inlet clean over the lifetime",
       .default_value = 150.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per piece",
       .source = "estimated: ten cleanings"},
      {.key = "cost_per_new_inlet",
       .unit = "currency",
       .text = "Cost of one new inlet with its pipe",
       .default_value = 2500.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per piece",
       .source = "estimated: gully and connection in a street"},
  };
  type.lifetime_years = 5;
  type.lifetime_source = "estimated: a maintenance contract";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
