// What control rules look at.
#pragma once

#include <cstdint>

namespace citytwin::drainage {

enum class Observed : std::uint8_t {
  node_depth,       // [m]
  node_max_depth,   // [m]
  node_head,        // [m]
  node_volume,      // [m3]
  node_inflow,      // [m3/s]
  link_flow,        // [m3/s]
  link_full_flow,   // [m3/s]
  link_depth,       // [m]
  link_full_depth,  // [m]
  link_velocity,    // [m/s]
  link_length,      // [m]
  link_slope,       // [-]
  link_status,      // pump on, conduit open: 1 or 0
  link_setting,     // [-]
  link_time_open,   // [s]
  link_time_closed,
  gauge_rain,       // [m/s]; with hours > 0 the depth [m] that fell in the past hours
  simulation_time,  // [s]
  simulation_date,  // days since 1899-12-30
  simulation_month,
  simulation_day_of_week,  // 1 = Sunday
  simulation_day_of_year,
  simulation_clock_time  // [s]
};

struct Operand {
  Observed observed = Observed::simulation_time;
  std::int32_t row = -1;  // of nodes, links or gauges
  int hours = 0;          // gauge_rain: of the past hours
};

}  // namespace citytwin::drainage
