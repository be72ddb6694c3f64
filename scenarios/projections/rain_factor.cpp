// A warmer air holds more water: every rain intensity is multiplied, its shape stays.
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

void apply(const CityModel& /*model*/, const ParameterValues& values, Projected& projected) {
  const double factor = values.number("rain_factor");
  for (ForcingSeries& series : projected.forcing.series) {
    if (series.field != "rain") continue;
    for (double& value : series.series.value) value *= factor;
    if (!series.raster) continue;
    auto raster = std::make_shared<RasterFrames>(*series.raster);
    for (auto& frame : raster->frame)
      for (float& value : frame) value = static_cast<float>(value * factor);
    series.raster = std::move(raster);
  }
}

}  // namespace

ProjectionType rain_factor() {
  ProjectionType type;
  type.name = "rain_factor";
  type.text = "Rain becomes heavier";
  type.parameters = {{.key = "rain_factor",
                      .text = "Factor on every rain intensity, e.g. 1.2 for +20 %",
                      .min = 0.1,
                      .max = 5,
                      .optional = true}};
  type.apply = apply;
  return type;
}

}  // namespace citytwin::scenarios
