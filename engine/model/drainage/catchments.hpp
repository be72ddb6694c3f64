// Rain and the surfaces that turn it into runoff.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/geo/polygon.hpp"
#include "engine/model/infiltration.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin::drainage {

struct RainGauge {
  std::string key;
  Series rain;             // intensity [m/s], steps of `interval`
  double interval = 3600;  // [s]
};

enum class RunoffTo : std::uint8_t { outlet, impervious, pervious };

struct Subcatchment {
  std::string key;
  std::int32_t gauge = -1;
  std::int32_t outlet_node = -1, outlet_subcatchment = -1;  // one of the two
  double area = 0;                                          // [m2]
  double impervious = 0;                                    // share [-]
  double width = 0;                                         // of overland flow [m]
  double slope = 0;                                         // [-]
  double curb_length = 0;                                   // [m]
  double impervious_n = 0.01, pervious_n = 0.1;             // Manning's n
  double impervious_storage = 0, pervious_storage = 0;      // depression storage [m]
  double impervious_without_storage = 0.25;                 // share of the impervious area [-]
  RunoffTo route_to = RunoffTo::outlet;
  double routed = 1;  // share of the runoff that takes the inner route [-]
  Infiltration infiltration;
  std::vector<Point2> outline;  // may be empty
  int line = 0;
};

struct Evaporation {
  enum class Kind : std::uint8_t { constant, monthly, series };
  Kind kind = Kind::constant;
  double rate = 0;              // [m/s]
  std::vector<double> monthly;  // [m/s], from January
  Series series;                // [m/s]
  bool dry_only = false;
};

}  // namespace citytwin::drainage
