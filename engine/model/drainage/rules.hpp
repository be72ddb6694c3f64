// Control rules of a drainage network: if premises then actions else actions, by priority.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace citytwin::drainage {

enum class Relation : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

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

struct Premise {
  bool is_or = false;  // joined to the one before with OR, which binds tighter than AND
  Operand left;
  Relation relation = Relation::equal;
  bool has_right_operand = false;
  Operand right;
  double value = 0;  // in the unit of `left`
};

struct Action {
  enum class How : std::uint8_t { value, curve, series, pid };
  std::int32_t link = -1;
  How how = How::value;
  double value = 0;  // setting (0 closed or off, 1 open or on)
  // Of modulation_curves (over what the last premise looks at, in its unit) or modulation_series.
  std::int32_t table = -1;
  double gain = 0, integral_time = 0, derivative_time = 0;  // pid: [-], [s], [s]
};

struct Rule {
  std::string key;
  std::vector<Premise> premises;
  std::vector<Action> then_actions, else_actions;
  double priority = 0;  // higher wins; equal: the earlier rule
  int line = 0;
};

}  // namespace citytwin::drainage
