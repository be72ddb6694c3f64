// The one list of projections.
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {

const std::vector<ProjectionType>& all_projections() {
  static const std::vector<ProjectionType> list = {rain_factor(), sea_level_rise(), population_growth(),
                                                   value_growth()};
  return list;
}

ParameterTable projection_parameters() {
  ParameterTable all;
  for (const ProjectionType& type : all_projections())
    all.insert(all.end(), type.parameters.begin(), type.parameters.end());
  return all;
}

}  // namespace citytwin::scenarios
