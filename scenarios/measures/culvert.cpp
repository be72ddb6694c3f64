// A culvert between two places: water passes through an embankment or under a street by the difference of
// levels.
#include <cmath>

#include "scenarios/measures/ground_at.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kShortest = 0.1;  // [m]; as for the event "structure"

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  HydraulicStructure s;
  s.key = input.key;
  s.kind = StructureKind::culvert;
  s.from = v.points("from").front();
  s.to = v.points("to").front();
  s.width = v.number("width_m");
  s.height = v.number("height_m");
  s.barrels = static_cast<int>(v.integer("barrels"));
  s.length = std::max(kShortest, distance(s.from, *s.to));
  s.level = v.has("level_m") ? v.number("level_m") : ground_at(input.model, input.grid, s.from);
  s.to_level = v.has("to_level_m") ? v.number("to_level_m") : ground_at(input.model, input.grid, *s.to);
  if (std::isnan(s.level) || std::isnan(s.to_level))
    return Result<MeasureOutcome>::failure("measure.no_ground_there", input.where);
  s.manning = v.number("manning");
  s.loss = v.number("loss");
  s.coefficient = v.number("coefficient");
  s.one_way = v.boolean("one_way");

  MeasureOutcome out;
  out.outline = {s.from, *s.to};
  out.shape = PlacedMeasure::Shape::line;
  out.quantity = s.length * s.barrels;
  out.cost = out.quantity * s.width * v.number("cost_per_m2");
  out.description = {{"length", report::number(s.length)},
                     {"barrels", report::number(s.barrels)},
                     {"width", report::number(s.width, 1)},
                     {"height", report::number(s.height, 1)},
                     {"level", report::number(s.level, 2)},
                     {"to_level", report::number(s.to_level, 2)},
                     {"flap", s.one_way ? " " + text("measure.culvert.flap") : std::string()}};
  out.structures.structures.push_back(std::move(s));
  return out;
}

Parameter size(std::string key, std::string words, double value) {
  return {.key = std::move(key),
          .unit = "m",
          .text = std::move(words),
          .default_value = value,
          .min = 0.1,
          .max = 50};
}

Parameter invert(std::string key, std::string words) {
  return {.key = std::move(key),
          .unit = "m",
          .text = std::move(words),
          .min = -500,
          .max = 9000,
          .optional = true};
}

ParameterTable parameters() {
  return {
      {.key = "from", .kind = ParameterKind::point, .text = "Upper end of the culvert"},
      {.key = "to", .kind = ParameterKind::point, .text = "Lower end of the culvert"},
      size("width_m", "Inner width of one barrel", 2),
      size("height_m", "Inner height of one barrel", 1.5),
      {.key = "barrels",
       .kind = ParameterKind::integer,
       .text = "Number of equal barrels of a culvert",
       .default_value = std::int64_t{1},
       .min = 1,
       .max = 100},
      invert("level_m", "Invert at \"from\"; the ground there unless given"),
      invert("to_level_m", "Invert at \"to\"; the ground there unless given"),
      {.key = "manning",
       .unit = "s/m^(1/3)",
       .text = "Roughness of a culvert",
       .default_value = 0.013,
       .min = 0.005,
       .max = 0.1,
       .source = "Chow 1959, Open-Channel Hydraulics, table 5-6 (normal values)"},
      {.key = "loss",
       .text = "Entrance loss coefficient of a culvert",
       .default_value = 0.5,
       .min = 0,
       .max = 2,
       .source = "FHWA 2012, HDS-5, table C.2: square edge in a headwall"},
      {.key = "coefficient",
       .text = "Discharge coefficient of the inlet",
       .default_value = 0.6,
       .min = 0.1,
       .max = 1,
       .source = "estimated: sharp-edged orifice"},
      {.key = "one_way",
       .kind = ParameterKind::boolean,
       .text = "A flap lets no water back",
       .default_value = false},
      {.key = "cost_per_m2",
       .unit = "currency/m2",
       .text = "Building cost per metre of barrel and metre of its width",
       .default_value = 3500.0,
       .min = 0,
       .max = 1e7,
       .cost_basis = "per m2",
       .source = "estimated: precast box culvert with excavation and street"},
  };
}

}  // namespace

MeasureType culvert() {
  MeasureType type;
  type.name = "culvert";
  type.text = "A culvert that lets water through an embankment or under a street";
  type.parameters = parameters();
  type.lifetime_years = 80;
  type.lifetime_source = "estimated: usual design life of concrete culverts";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
