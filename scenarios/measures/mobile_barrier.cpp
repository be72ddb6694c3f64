// Demountable elements along a line: water passes until they stand. While they stand the streets they cross
// are shut to it; traffic is not asked.
#include <limits>

#include "scenarios/measures/built_on.hpp"
#include "scenarios/measures/deployment_values.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

// " It crosses ..." or nothing; buildings in the way also as a warning.
std::string said_of(const Crossed& found, const Where& where, Diagnostics& noticed) {
  const TextArgs args = {{"streets", text_of_count("report.street_sections", found.streets)},
                         {"buildings", text_of_count("report.buildings", found.buildings)}};
  if (found.buildings > 0) {
    noticed.warning("measure.wall_crosses", where, args);
    return " " + text("measure.wall_crosses", args);
  }
  return found.streets > 0 ? " " + text("measure.mobile_barrier.streets", args) : std::string();
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  if (v.has("height_m") == v.has("crest_level_m"))
    return Result<MeasureOutcome>::failure("measure.wall_height_or_crest", input.where);
  auto deployment = deployment_of(v, input.where);
  if (!deployment) return Result<MeasureOutcome>(deployment.diagnostics());
  MovableBarrier barrier;
  barrier.key = input.key;
  barrier.line = v.points("along");
  if (v.has("height_m")) barrier.height = v.number("height_m");
  if (v.has("crest_level_m")) barrier.crest_level = v.number("crest_level_m");
  barrier.deployed = *deployment;
  MeasureOutcome out;
  Diagnostics noticed;
  out.outline = barrier.line;
  out.shape = PlacedMeasure::Shape::line;
  out.quantity = length(std::span<const Point2>(barrier.line));
  out.cost = out.quantity * v.number("cost_per_m");
  out.description = {
      {"length", report::number(out.quantity)},
      {"height", report::number(v.number(v.has("height_m") ? "height_m" : "crest_level_m"), 2)},
      {"deployed", scenarios::said_of(*deployment)},
      {"crosses", said_of(crossed_by(input.model, barrier.line), input.where, noticed)}};
  if (v.has("crest_level_m")) out.sentence = "done_crest";
  out.structures.barriers.push_back(std::move(barrier));
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType mobile_barrier() {
  MeasureType type;
  type.name = "mobile_barrier";
  type.text = "A demountable flood wall that stands a set-up time after a warning";
  type.parameters = {
      {.key = "along",
       .kind = ParameterKind::polyline,
       .text = "Line of the wall: points, or words such as \"river\", \"river:left:20\" or \"coast\""},
      {.key = "height_m",
       .unit = "m",
       .text = "Height above the higher ground along the line",
       .min = 0.05,
       .max = 6,
       .optional = true},
      {.key = "crest_level_m",
       .unit = "m",
       .text = "Level of the crest in the city's vertical datum (instead of a height)",
       .min = -50,
       .max = 9000,
       .optional = true},
  };
  declare_deployment(type.parameters, 4, "estimated: a crew sets some hundred metres in a shift");
  type.parameters.push_back({.key = "cost_per_m",
                             .unit = "currency/m",
                             .text = "Cost per metre with posts, foundation and store",
                             .default_value = 2500.0,
                             .min = 0,
                             .max = 1e7,
                             .cost_basis = "per m",
                             .source = "estimated: aluminium stop logs of about a metre"});
  type.lifetime_years = 25;
  type.lifetime_source = "estimated: seals and elements are renewed after a generation";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
