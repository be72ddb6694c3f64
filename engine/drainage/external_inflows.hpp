// Water that comes into nodes from outside: time series, baselines with patterns, dry-weather flow.
#pragma once

#include <vector>

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

class ExternalInflows {
 public:
  explicit ExternalInflows(const Network& network) : network_(network) {}

  // Adds to `inflow` [m3/s] (by node) the mean from t0 to t1 [s since the start].
  void add_mean(double t0, double t1, std::vector<double>& inflow) const;
  // A time after t at which something changes by a step (pattern hours, ends of series); infinity if none.
  [[nodiscard]] double next_change(double t) const;
  [[nodiscard]] bool any() const { return !network_.inflows.empty() || !network_.dry_weather_flows.empty(); }

 private:
  [[nodiscard]] double dry_weather_factor(const DryWeatherFlow& flow, double t) const;
  [[nodiscard]] double pattern_factor(Index pattern, double t) const;
  const Network& network_;
};

// Mean of a linear series from t0 to t1, 0 outside its first and last sample.
[[nodiscard]] double mean_within(const Series& series, double t0, double t1);

}  // namespace citytwin::drainage
