#include "scenarios/measures/wall_line.hpp"

#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

ParameterTable wall_line(double highest) {
  return {
      {.key = "along",
       .kind = ParameterKind::polyline,
       .text = "Line of the wall: points, or words such as \"river\", \"river:left:20\" or \"coast\""},
      {.key = "height_m",
       .unit = "m",
       .text = "Height above the higher ground along the line",
       .min = 0.05,
       .max = highest,
       .optional = true},
      {.key = "crest_level_m",
       .unit = "m",
       .text = "Level of the crest in the city's vertical datum (instead of a height)",
       .min = -50,
       .max = 9000,
       .optional = true},
  };
}

Result<MeasureOutcome> wall_along(const MeasureInput& input) {
  const auto& v = input.values;
  const bool by_crest = v.has("crest_level_m");
  if (v.has("height_m") == by_crest)
    return Result<MeasureOutcome>::failure("measure.wall_height_or_crest", input.where);
  MeasureOutcome out;
  out.outline = v.points("along");
  out.shape = PlacedMeasure::Shape::line;
  out.quantity = length(std::span<const Point2>(out.outline));
  out.cost = out.quantity * v.number("cost_per_m");
  out.description = {{"length", report::number(out.quantity)},
                     {"height", report::number(v.number(by_crest ? "crest_level_m" : "height_m"), 2)}};
  if (by_crest) out.sentence = "done_crest";
  return out;
}

TextArgs counted(const Crossed& found) {
  return {{"streets", text_of_count("report.street_sections", found.streets)},
          {"buildings", text_of_count("report.buildings", found.buildings)}};
}

}  // namespace citytwin::scenarios
