#include "engine/numerics/series.hpp"

#include <algorithm>

namespace citytwin {

double Series::at(double t) const {
  if (time.empty()) return 0;
  const auto after = std::upper_bound(time.begin(), time.end(), t);
  if (after == time.begin()) return between == Between::step ? 0.0 : value.front();
  const auto i = static_cast<std::size_t>(after - time.begin()) - 1;
  if (between == Between::step || after == time.end()) return value[i];
  const double w = (t - time[i]) / (time[i + 1] - time[i]);
  return value[i] + w * (value[i + 1] - value[i]);
}

double Series::integral(double t0, double t1) const {
  if (time.empty() || t1 <= t0) return 0;
  double total = 0;
  double t = t0;
  while (t < t1) {
    const auto after = std::upper_bound(time.begin(), time.end(), t);
    const double next = after == time.end() ? t1 : std::min(t1, *after);
    // Within (t, next) at() is linear, and the limit at `next` from the left differs from at(next) only for
    // step series; the midpoint is exact for both.
    total += (next - t) * at(t + (next - t) / 2);
    t = next;
  }
  return total;
}

}  // namespace citytwin
