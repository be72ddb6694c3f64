// The sea stands higher: its level at rest, and every sea level that an event gives.
#include <cmath>

#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

void apply(const CityModel& model, const ParameterValues& values, Projected& projected) {
  const double rise = values.number("sea_level_rise_m");
  for (ForcingSeries& series : projected.forcing.series)
    if (series.field == "level" && series.place.kind == Place::Kind::sea)
      for (double& value : series.series.value) value += rise;
  const WaterBodies& water = model.water_bodies();
  for (std::size_t row = 0; row < water.size(); ++row)
    if (water.kind[row] == WaterKind::sea) {
      const double level = std::isnan(water.level[row]) ? 0 : water.level[row];  // mean sea level
      projected.edits.push_back(SetColumn{"water_bodies", water.origin.key[row], "level", level + rise});
    }
}

}  // namespace

ProjectionType sea_level_rise() {
  ProjectionType type;
  type.name = "sea_level_rise";
  type.text = "The sea stands higher";
  type.parameters = {{.key = "sea_level_rise_m",
                      .unit = "m",
                      .text = "Rise of the mean sea level",
                      .min = -2,
                      .max = 20,
                      .optional = true}};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
