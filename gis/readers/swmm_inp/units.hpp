// The units of a project: FLOW_UNITS decides between US customary and SI for everything (manual, appendix
// A.1).
#pragma once

#include "engine/model/drainage/options.hpp"

namespace citytwin::gis::swmm {

inline constexpr double kFoot = 0.3048;
inline constexpr double kInch = 0.0254;
inline constexpr double kMillimetre = 0.001;
inline constexpr double kAcre = 4046.8564224;
inline constexpr double kHectare = 10000;
inline constexpr double kHour = 3600;
inline constexpr double kDay = 86400;

// What one unit of the file is in SI.
struct Units {
  bool metric = false;
  double length = kFoot;                // ft | m
  double flow = kFoot * kFoot * kFoot;  // the flow unit
  double land = kAcre;                  // ac | ha
  double rain = kInch;                  // in | mm, of depth
  double weir = 0;                      // ft^(1/2)/s | m^(1/2)/s: coefficient of q = c L h^1.5

  [[nodiscard]] double area() const { return length * length; }
  [[nodiscard]] double volume() const { return length * length * length; }
  [[nodiscard]] double rain_rate() const { return rain / kHour; }
  [[nodiscard]] double evaporation() const { return rain / kDay; }
};

Units units_of(drainage::FlowUnits flow);

}  // namespace citytwin::gis::swmm
