// A value over time: samples at increasing times, held or interpolated in between.
#pragma once

#include <vector>

namespace citytwin {

struct Series {
  enum class Between { step, linear };  // step: value[i] holds from time[i] until time[i + 1]

  std::vector<double> time;  // [s], strictly increasing
  std::vector<double> value;
  Between between = Between::linear;

  [[nodiscard]] bool empty() const { return time.empty(); }
  // Value at t; before the first sample and after the last one: the first and last value (linear), and 0
  // before the first sample for step series, whose last value holds on.
  [[nodiscard]] double at(double t) const;
  // Exact integral of at() from t0 to t1 >= t0.
  [[nodiscard]] double integral(double t0, double t1) const;
  bool operator==(const Series&) const = default;
};

}  // namespace citytwin
