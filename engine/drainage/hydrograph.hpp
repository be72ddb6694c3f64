// Flow within one runoff step, of which the rates at both ends and the mean are known.
#pragma once

#include <algorithm>

namespace citytwin::drainage {

struct Hydrograph {
  double first = 0, last = 0, mean = 0;  // [m3/s]

  // The straight line of SWMM; its volume is not what left the surfaces when the flow bends.
  static Hydrograph straight(double first, double last) { return {first, last, (first + last) / 2}; }

  // Rate at the share s of the step, 0 to 1. Between `first` and `last` it holds, ramps, or both, so that it
  // never overshoots and has the mean; where the mean is outside both it is a line of that mean (never below
  // 0).
  [[nodiscard]] double at(double s) const {
    if (outside()) return middle() > 0 ? mean / middle() * (first + (last - first) * s) : mean;
    const Ramp ramp = of_mean();
    if (s <= ramp.begin) return first;
    if (s >= ramp.end) return last;
    return first + (last - first) * (s - ramp.begin) / (ramp.end - ramp.begin);
  }

  // Integral of at() from 0 to s; integral(1) = mean.
  [[nodiscard]] double integral(double s) const {
    if (outside()) return middle() > 0 ? mean / middle() * (first + (last - first) * s / 2) * s : mean * s;
    const Ramp ramp = of_mean();
    const double inside = std::clamp(s, ramp.begin, ramp.end) - ramp.begin;
    const double width = ramp.end - ramp.begin;
    const double rise = width > 0 ? (last - first) * inside * inside / (2 * width) : 0;
    return first * std::min(s, ramp.end) + rise + last * std::max(0.0, s - ramp.end);
  }

 private:
  struct Ramp {
    double begin, end;
  };
  [[nodiscard]] bool outside() const { return mean < std::min(first, last) || mean > std::max(first, last); }
  [[nodiscard]] double middle() const { return (first + last) / 2; }
  [[nodiscard]] Ramp of_mean() const {
    if (first == last) return {1, 1};
    const double share = (mean - first) / (last - first);
    return share >= 0.5 ? Ramp{0, 2 * (1 - share)} : Ramp{1 - 2 * share, 1};
  }
};

}  // namespace citytwin::drainage
