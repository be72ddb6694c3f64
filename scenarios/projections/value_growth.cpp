// What can be damaged is worth more, in constant prices.
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

void apply(const CityModel& /*model*/, const ParameterValues& values, Projected& projected) {
  const double factor = 1 + values.number("value_growth_percent") / 100;
  projected.edits.push_back(ScaleColumn{"buildings", "value", factor});
  projected.value_factor *= factor;
}

}  // namespace

ProjectionType value_growth() {
  ProjectionType type;
  type.name = "value_growth";
  type.text = "What can be damaged is worth more";
  type.parameters = {{.key = "value_growth_percent",
                      .unit = "%",
                      .text = "Growth of values in constant prices",
                      .min = -90,
                      .max = 1000,
                      .optional = true}};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
