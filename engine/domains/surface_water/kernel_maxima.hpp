// Highest depth, speed and hazard, arrival and duration of a row of cells. Included by the kernels only, as
// kernel_rows.hpp.
#pragma once

#include "engine/domains/surface_water/kernel_state.hpp"

namespace citytwin::surface_water {

// Arrival and time above the threshold of a row that is deep all over. What is kept per cell is not touched:
// half of the memory that a step of deep water would move.
template <class Real>
CITYTWIN_INLINE void time_deep_row(const KernelTile<Real>& t, int j, const KernelStep& step) {
  t.row_above[j] += step.dt;
  if (t.row_arrived[j] != 0) return;
  t.row_arrived[j] = 1;
  float* arrival = t.arrival + local(0, j);
  const float end_time = step.end_time;
  const int width = t.width;
#pragma GCC ivdep
  for (int i = 0; i < width; ++i) arrival[i] = smaller(arrival[i], end_time);
}

template <class Real>
CITYTWIN_INLINE void time_cells(const KernelTile<Real>& t, int j, const KernelStep& step) {
  const Real* h = t.h + rimmed(0, j);
  float* arrival = t.arrival + local(0, j);
  double* above = t.above + local(0, j);
  const int width = t.width;
  const auto threshold = static_cast<Real>(step.threshold);
  const float end_time = step.end_time;
  const double dt = step.dt;
#pragma GCC ivdep
  for (int i = 0; i < width; ++i) {
    const Real deep = h[i] > threshold ? Real(1) : Real(0);
    above[i] += static_cast<double>(deep) * dt;
    // end_time where deep, beyond any time where not.
    const float reached = end_time + (1.0F - static_cast<float>(deep)) * kLater;
    arrival[i] = smaller(arrival[i], reached);
  }
}

// Bits of values that are not negative have the order of the values, and whole numbers have a maximum in
// vector code. Those of a negative value are below all of them.
CITYTWIN_INLINE int ordered(float x) { return __builtin_bit_cast(int, x); }
CITYTWIN_INLINE float value_of(int ordered) { return __builtin_bit_cast(float, ordered); }

template <class Real>
CITYTWIN_INLINE void max_depth_row(const KernelTile<Real>& t, int j, const Row<Real>& row) {
  RowBounds& bounds = t.row_bounds[j];
  // The rise is known to 32 bits.
  const double rise = static_cast<double>(value_of(row.most_rise)) * (1 + 1e-6);
  if (t.held_count == 0 && bounds.rise >= 0 && rise <= bounds.rise) {
    bounds.rise -= rise;
    return;
  }
  const Real* h = t.h + rimmed(0, j);
  float* max_depth = t.max_depth + local(0, j);
  const int width = t.width;
  int rises = 0;
  int least = ordered(kLater);
  for (int i = 0; i < width; ++i) {
    const auto depth = static_cast<float>(h[i]);
    rises |= depth > max_depth[i] ? 1 : 0;
    least = smaller(least, ordered(larger(max_depth[i] - depth, 0.0F)));
  }
  if (rises != 0) {
#pragma GCC ivdep
    for (int i = 0; i < width; ++i) max_depth[i] = larger(max_depth[i], static_cast<float>(h[i]));
  }
  // The maximum is kept in 32 bits, and a depth in 64 bits may lie between two of those.
  bounds.rise = sizeof(Real) == sizeof(float) ? static_cast<double>(value_of(least)) : 0;
}

// Water slower than this stands still, as far as maxima go: rounding alone moves a deep lake by less.
inline constexpr float kStill = 1e-5F;  // [m/s]

template <class Real>
CITYTWIN_INLINE void max_speed_row(const KernelTile<Real>& t, int j, const Row<Real>& row, int most_speed,
                                   int most_hazard) {
  RowBounds& bounds = t.row_bounds[j];
  if (value_of(most_speed) < kStill) return;
  if (value_of(most_speed) <= bounds.max_speed && value_of(most_hazard) <= bounds.max_hazard) return;
  const Real* h = t.h + rimmed(0, j);
  const Real* speeds = row.qx;
  float* max_speed = t.max_speed + local(0, j);
  float* max_hazard = t.max_hazard + local(0, j);
  const int width = t.width;
  int rises = 0;
  int least_speed = ordered(kLater);
  int least_hazard = ordered(kLater);
  for (int i = 0; i < width; ++i) {
    const auto speed = static_cast<float>(speeds[i]);
    rises |= speed > max_speed[i] ? 1 : 0;
    rises |= static_cast<float>(h[i]) * speed > max_hazard[i] ? 1 : 0;
    least_speed = smaller(least_speed, ordered(max_speed[i]));
    least_hazard = smaller(least_hazard, ordered(max_hazard[i]));
  }
  if (rises != 0) {
#pragma GCC ivdep
    for (int i = 0; i < width; ++i) {
      const auto speed = static_cast<float>(speeds[i]);
      max_speed[i] = larger(max_speed[i], speed);
      max_hazard[i] = larger(max_hazard[i], static_cast<float>(h[i]) * speed);
    }
  }
  bounds.max_speed = value_of(least_speed);
  bounds.max_hazard = value_of(least_hazard);
}

// Maxima and times of row j; its speeds are in row.qx. Memory by cell is read only where a row may have
// passed a maximum: it would be a fifth of what a step moves.
template <class Real>
CITYTWIN_INLINE void maxima_row(const KernelTile<Real>& t, int j, const KernelStep& step,
                                const Row<Real>& row) {
  const Real* h = t.h + rimmed(0, j);
  const Real* speeds = row.qx;
  const int width = t.width;
  const auto threshold = static_cast<Real>(step.threshold);
  int most_speed = 0;
  int most_hazard = 0;
  int deep = 0;
  for (int i = 0; i < width; ++i) {
    const auto speed = static_cast<float>(speeds[i]);
    most_speed = larger(most_speed, ordered(speed));
    most_hazard = larger(most_hazard, ordered(static_cast<float>(h[i]) * speed));
    deep += h[i] > threshold ? 1 : 0;
  }
  max_depth_row(t, j, row);
  max_speed_row(t, j, row, most_speed, most_hazard);
  if (deep == width)
    time_deep_row(t, j, step);
  else if (deep != 0)
    time_cells(t, j, step);
}

}  // namespace citytwin::surface_water
