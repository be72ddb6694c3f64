// Rain and evaporation of a network at a time, and when they change next.
#pragma once

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

// A value that holds until `until` [s]; infinity = for good.
struct Weather {
  double rate = 0;  // [m/s]
  double until = kUnlimited;
};

// Times are matched to half a second, as clock times in files are.
[[nodiscard]] Weather rain_at(const RainGauge& gauge, double t);
// t in seconds since options.start_date.
[[nodiscard]] Weather evaporation_at(const Evaporation& evaporation, const Options& options, double t);

}  // namespace citytwin::drainage
