// More (or fewer) people in the same homes and cells, everywhere by the same share.
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

void apply(const CityModel& /*model*/, const ParameterValues& values, Projected& projected) {
  const double factor = 1 + values.number("population_growth_percent") / 100;
  projected.edits.push_back(ScaleColumn{"buildings", "people", factor});
  projected.edits.push_back(ScaleColumn{"management_cells", "population", factor});
}

}  // namespace

ProjectionType population_growth() {
  ProjectionType type;
  type.name = "population_growth";
  type.text = "More people live in the city";
  type.parameters = {{.key = "population_growth_percent",
                      .unit = "%",
                      .text = "Growth of the population, the same share everywhere",
                      .min = -90,
                      .max = 1000,
                      .optional = true}};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
