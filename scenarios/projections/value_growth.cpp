// What can be damaged is worth more, in constant prices.
#include "scenarios/projections/growth.hpp"
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

constexpr const char* kGrowth = "value_growth_percent";

void apply(const CityModel& /*model*/, const ParameterValues& values, Projected& projected) {
  const double factor = growth_factor(values, kGrowth);
  projected.edits.push_back(ScaleColumn{"buildings", "value", factor});
  projected.value_factor *= factor;
}

}  // namespace

ProjectionType value_growth() {
  ProjectionType type;
  type.name = "value_growth";
  type.text = "What can be damaged is worth more";
  type.parameters = {growth_percent(kGrowth, "Growth of values in constant prices")};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
