// More (or fewer) people in the same homes and cells, everywhere by the same share.
#include "scenarios/projections/growth.hpp"
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

constexpr const char* kGrowth = "population_growth_percent";

void apply(const CityModel& /*model*/, const ParameterValues& values, Projected& projected) {
  const double factor = growth_factor(values, kGrowth);
  projected.edits.push_back(ScaleColumn{"buildings", "people", factor});
  projected.edits.push_back(ScaleColumn{"management_cells", "population", factor});
}

}  // namespace

ProjectionType population_growth() {
  ProjectionType type;
  type.name = "population_growth";
  type.text = "More people live in the city";
  type.parameters = {growth_percent(kGrowth, "Growth of the population, the same share everywhere")};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
