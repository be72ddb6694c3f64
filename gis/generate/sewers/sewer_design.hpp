// What a synthesised sewer network is designed for: rain, pipes, inlets. Declared once as parameters.
#pragma once

#include "engine/model/parameters.hpp"

namespace citytwin::gis {

struct SewerDesign {
  double return_period = 0;                   // [years] the pipes run full once in
  double rain_15min = 0;                      // intensity of 15 minutes, once a year [m/s]
  double entry_time = 0;                      // of water to the first manhole [s]
  double runoff = 0;                          // share of the rain on impervious area that runs off [-]
  double roof_share = 0;                      // of roofs that drain straight into the sewer [-]
  double manhole_spacing = 0;                 // [m]
  double cover = 0;                           // of ground above a pipe's crown [m]
  double max_depth = 0;                       // of an invert below ground; deeper needs a pump [m]
  double min_diameter = 0;                    // [m]
  double roughness = 0;                       // Manning's n [s/m^(1/3)]
  double min_velocity = 0, max_velocity = 0;  // of a full pipe [m/s]
  double outfall_reach = 0;                   // from a street to the water [m]
  double outfall_spacing = 0;                 // [m]
  double gully_area = 0;                      // of street that one gully drains [m2]
};

[[nodiscard]] const ParameterTable& sewer_design_table();
// Values of every key of the table (fill_defaults).
[[nodiscard]] SewerDesign sewer_design(const ParameterValues& values);
[[nodiscard]] SewerDesign default_sewer_design();

// Rain of a duration [s] that comes once in design.return_period [m/s]. Reinhold 1940, "Regenspenden in
// Deutschland", Archiv fuer Wasserwirtschaft 56: r(T, n) = r(15, 1) 38 / (T + 9) (n^(-1/4) - 0.369), T in
// minutes, n per year. Durations below 5 minutes count as 5.
[[nodiscard]] double design_rain(const SewerDesign& design, double duration);

}  // namespace citytwin::gis
