// A wall along a line: water passes only above its crest. The line follows cell faces of the run's grid.
// Streets and buildings in its way stay as they are: the run holds them open or standing, and it is said.
#include <limits>

#include "scenarios/measures/wall_line.hpp"

namespace citytwin::scenarios {
namespace {

// " It crosses ..." or nothing; also a warning.
std::string said_of(const Crossed& found, const Where& where, Diagnostics& noticed) {
  if (found.buildings == 0 && found.streets == 0) return {};
  const TextArgs args = counted(found);
  noticed.warning("measure.wall_crosses", where, args);
  return " " + text("measure.wall_crosses", args);
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  auto out = wall_along(input);
  if (!out) return out;
  SetBarrier wall;
  wall.key = input.key;
  wall.line = v.points("along");
  wall.crest_level =
      v.has("crest_level_m") ? v.number("crest_level_m") : std::numeric_limits<double>::quiet_NaN();
  wall.height = v.has("height_m") ? v.number("height_m") : 0;
  Diagnostics noticed;
  out->description.emplace_back("crosses", said_of(crossed_by(input.model, wall.line), input.where, noticed));
  out->edits.push_back(std::move(wall));
  return Result<MeasureOutcome>(*std::move(out), std::move(noticed));
}

}  // namespace

MeasureType flood_wall() {
  MeasureType type;
  type.name = "flood_wall";
  type.text = "A wall along a line that holds water back up to its crest";
  type.parameters = wall_line(15);
  type.parameters.push_back(
      {.key = "cost_per_m",
       .unit = "currency/m",
       .text = "Building cost per metre of wall",
       .default_value = 4000.0,
       .min = 0,
       .max = 1e7,
       .cost_basis = "per m",
       .source =
           "estimated: order of magnitude of 1-2 m urban flood walls in Aerts 2018, Water 10(11):1646"});
  type.lifetime_years = 80;
  type.lifetime_source = "estimated: usual design life of concrete flood walls";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
