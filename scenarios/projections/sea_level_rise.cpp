// The sea stands higher by the same amount whatever says how high it stands: an event, the scenario's own
// surface_water.sea_level_m, or the city. The rise is always added, never replaced.
#include <cmath>

#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

constexpr const char* kLevelOfScenario = "sea_level_m";  // of surface_water

void apply(const CityModel& model, const ParameterValues& values, Projected& projected) {
  const double rise = values.number("sea_level_rise_m");
  for (ForcingSeries& series : projected.forcing.series)
    if (series.field == "level" && series.place.kind == Place::Kind::sea)
      for (double& value : series.series.value) value += rise;
  const auto domain = projected.domain_parameters.find("surface_water");
  if (domain != projected.domain_parameters.end() && domain->second.has(kLevelOfScenario))
    domain->second.set(kLevelOfScenario, domain->second.number(kLevelOfScenario) + rise);
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
  type.parameters = {
      {.key = "sea_level_rise_m",
       .unit = "m",
       .text = "Rise of the sea, added to every level the city, the scenario or an event gives it",
       .min = -2,
       .max = 20,
       .optional = true}};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
