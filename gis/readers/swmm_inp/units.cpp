#include "gis/readers/swmm_inp/units.hpp"

#include <cmath>

namespace citytwin::gis::swmm {

Units units_of(drainage::FlowUnits flow) {
  using drainage::FlowUnits;
  constexpr double kGallon = 3.785411784e-3;
  Units units;
  units.metric = flow >= FlowUnits::cms;
  if (units.metric) {
    units.length = 1;
    units.land = kHectare;
    units.rain = kMillimetre;
  }
  switch (flow) {
    case FlowUnits::cfs:
      units.flow = kFoot * kFoot * kFoot;
      break;
    case FlowUnits::gpm:
      units.flow = kGallon / 60;
      break;
    case FlowUnits::mgd:
      units.flow = 1e6 * kGallon / kDay;
      break;
    case FlowUnits::cms:
      units.flow = 1;
      break;
    case FlowUnits::lps:
      units.flow = 1e-3;
      break;
    case FlowUnits::mld:
      units.flow = 1e3 / kDay;
      break;
  }
  units.weir = std::sqrt(units.length);  // L^3 / (L x L^1.5)
  return units;
}

}  // namespace citytwin::gis::swmm
