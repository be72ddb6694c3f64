// A wall along a line: water passes only above its crest. The line follows cell faces of the run's grid.
// Streets and buildings in its way stay as they are: the run holds them open or standing, and it is said.
#include <cmath>
#include <limits>

#include "scenarios/measures/built_on.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

// " It crosses ..." or nothing; also a warning.
std::string said_of(const Crossed& found, const Where& where, Diagnostics& noticed) {
  if (found.buildings == 0 && found.streets == 0) return {};
  const TextArgs args = {{"streets", text_of_count("report.street_sections", found.streets)},
                         {"buildings", text_of_count("report.buildings", found.buildings)}};
  noticed.warning("measure.wall_crosses", where, args);
  return " " + text("measure.wall_crosses", args);
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  if (v.has("height_m") == v.has("crest_level_m"))
    return Result<MeasureOutcome>::failure("measure.wall_height_or_crest", input.where);
  SetBarrier wall;
  wall.key = input.key;
  wall.line = v.points("along");
  wall.crest_level =
      v.has("crest_level_m") ? v.number("crest_level_m") : std::numeric_limits<double>::quiet_NaN();
  wall.height = v.has("height_m") ? v.number("height_m") : 0;

  MeasureOutcome out;
  Diagnostics noticed;
  out.outline = wall.line;
  out.shape = PlacedMeasure::Shape::line;
  out.quantity = length(std::span<const Point2>(wall.line));
  out.cost = out.quantity * v.number("cost_per_m");
  out.description = {
      {"length", report::number(out.quantity)},
      {"height", v.has("height_m") ? report::number(wall.height, 2) : report::number(wall.crest_level, 2)},
      {"crosses", said_of(crossed_by(input.model, wall.line), input.where, noticed)}};
  if (v.has("crest_level_m")) out.sentence = "done_crest";
  out.edits.push_back(std::move(wall));
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType flood_wall() {
  MeasureType type;
  type.name = "flood_wall";
  type.text = "A wall along a line that holds water back up to its crest";
  type.parameters = {
      {.key = "along",
       .kind = ParameterKind::polyline,
       .text = "Line of the wall: points, or words such as \"river\", \"river:left:20\" or \"coast\""},
      {.key = "height_m",
       .unit = "m",
       .text = "Height above the higher ground along the line",
       .min = 0.05,
       .max = 15,
       .optional = true},
      {.key = "crest_level_m",
       .unit = "m",
       .text = "Level of the crest in the city's vertical datum (instead of a height)",
       .min = -50,
       .max = 9000,
       .optional = true},
      {.key = "cost_per_m",
       .unit = "currency/m",
       .text = "Building cost per metre of wall",
       .default_value = 4000.0,
       .min = 0,
       .max = 1e7,
       .cost_basis = "per m",
       .source = "estimated: order of magnitude of 1-2 m urban flood walls in Aerts 2018, Water 10(11):1646"},
  };
  type.lifetime_years = 80;
  type.lifetime_source = "estimated: usual design life of concrete flood walls";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
