// A piecewise linear curve y(x), constant beyond its ends: depth-damage, fragility, rating curves.
#pragma once

#include <algorithm>
#include <vector>

namespace citytwin {

struct Curve {
  std::vector<double> x;  // strictly increasing
  std::vector<double> y;

  [[nodiscard]] double at(double value) const {
    if (x.empty()) return 0;
    const auto after = std::upper_bound(x.begin(), x.end(), value);
    if (after == x.begin()) return y.front();
    if (after == x.end()) return y.back();
    const auto i = static_cast<std::size_t>(after - x.begin()) - 1;
    return y[i] + (y[i + 1] - y[i]) * (value - x[i]) / (x[i + 1] - x[i]);
  }
  bool operator==(const Curve&) const = default;
};

}  // namespace citytwin
