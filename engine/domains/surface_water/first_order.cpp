// First order in space and time: depth and velocity of the cells on both sides of every face. The ground may
// slope inside cells, as far as the water's surface runs along with it (surface reconstruction, Xia, Liang,
// Ming and Hou 2017, Water Resour. Res. 53, 3730): where every cell lies a step below the one before, the
// flux would else be that of a fall, which does not know the speed of the water, and a film on a slope would
// run several times too fast. Still water has a level surface, so its ground has no slopes.
#include <utility>

#include "engine/domains/surface_water/kernel_rows.hpp"

namespace citytwin::surface_water {

namespace {

template <class Real>
CITYTWIN_INLINE FaceSide<Real> side_x(const KernelTile<Real>& t, std::size_t k) {
  return {t.h[k], t.u[k], t.v[k]};
}
template <class Real>
CITYTWIN_INLINE FaceSide<Real> side_y(const KernelTile<Real>& t, std::size_t k) {
  return {t.h[k], t.v[k], t.u[k]};
}

template <class Real>
CITYTWIN_INLINE Real nearer_to_zero(Real a, Real b) {  // 0 where the signs differ
  return larger(smaller(a, b), Real(0)) + smaller(larger(a, b), Real(0));
}

// The part of a step of the ground that the surface of the water takes too.
template <class Real>
CITYTWIN_INLINE Real shared_step(Real h_left, Real step, Real h_right) {
  return nearer_to_zero(step, rise_of_surface(h_left, step, h_right));
}

// Of the faces west of cells -1 .. width + 1 of row j, index i + 1; of the faces south of row j.
template <class Real>
CITYTWIN_INLINE void shared_steps_x(const KernelTile<Real>& t, int j, Real* shared) {
  const Real* h = t.h + rimmed(-1, j);
  const Real* step = t.step_east + rimmed(-1, j);
  const int n = t.width + 3;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) shared[i] = shared_step(h[i - 1], step[i], h[i]);
}
template <class Real>
CITYTWIN_INLINE void shared_steps_y(const KernelTile<Real>& t, int j, Real* shared) {
  const Real* h = t.h + rimmed(0, j);
  const Real* step = t.step_north + rimmed(0, j);
  const int n = t.width;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) shared[i] = shared_step(h[i - kStride], step[i], h[i]);
}

// Half of what the ground rises inside cells, from the shared steps on both sides.
template <class Real>
CITYTWIN_INLINE void half_rises(const Real* low, const Real* high, const Real* smooth, int n,
                                Real* half_rise) {
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) half_rise[i] = Real(0.5) * smooth[i] * nearer_to_zero(low[i], high[i]);
}

// The slopes of the ground that a sweep over the rows needs.
template <class Real>
struct Slopes {
  alignas(64) Real shared_x[kRow], half_x[kRow];  // index i + 1 for cell i
  alignas(64) Real shared_y[2][kRow], half_y[2][kRow];
  alignas(64) Real ones[kRow];
  Real *south = shared_y[0], *north = shared_y[1];  // of the faces south and north of row `row`
  Real *below = half_y[0], *here = half_y[1];       // of the cells of row `row` - 1 and `row`
  int row = 0;
};
// Begins with the faces of row j: its slopes stand in `here`.
template <class Real>
CITYTWIN_INLINE void slopes_at(const KernelTile<Real>& t, int j, Slopes<Real>& s) {
  shared_steps_y(t, j, s.south);
  shared_steps_y(t, j + 1, s.north);
  half_rises(s.south, s.north, smooth_row(t, j, s.ones) + 1, t.width, s.here);
  s.row = j;
}
// Goes on to the next row.
template <class Real>
CITYTWIN_INLINE void slopes_next(const KernelTile<Real>& t, Slopes<Real>& s) {
  std::swap(s.south, s.north);
  std::swap(s.below, s.here);
  ++s.row;
  shared_steps_y(t, s.row + 1, s.north);
  half_rises(s.south, s.north, smooth_row(t, s.row, s.ones) + 1, t.width, s.here);
}
template <class Real>
CITYTWIN_INLINE void slopes_x(const KernelTile<Real>& t, int j, Slopes<Real>& s) {
  shared_steps_x(t, j, s.shared_x);
  half_rises(s.shared_x, s.shared_x + 1, smooth_row(t, j, s.ones), t.width + 2, s.half_x);
}

// Faces west of cells 0..width of row j.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void x_faces(const KernelTile<Real>& t, int j, const Real* half_rise, FaceRow<Real>& row) {
  const std::size_t k = rimmed(0, j);
  const Real* step = t.step_east + k;
  if constexpr (kObstacles) {
    const float* open = t.obstacles->open_x.data() + j * kStride;
    const Real* over_west = t.over_west + j * kStride;
    const Real* over_east = t.over_east + j * kStride;
#pragma GCC ivdep
    for (int i = 0; i <= t.width; ++i) {
      const auto l = side_x(t, k + static_cast<std::size_t>(i) - 1);
      const auto r = side_x(t, k + static_cast<std::size_t>(i));
      const FaceGround<Real> z{step[i] - (half_rise[i] + half_rise[i + 1]), surface_rounding(l.h, r.h),
                               over_west[i], over_east[i]};
      store(row, i, narrowed(face_flux(l, r, z), Real(open[i])));
    }
  } else {
#pragma GCC ivdep
    for (int i = 0; i <= t.width; ++i) {
      const auto l = side_x(t, k + static_cast<std::size_t>(i) - 1);
      const auto r = side_x(t, k + static_cast<std::size_t>(i));
      store(row, i,
            face_flux(
                l, r,
                FaceGround<Real>{step[i] - (half_rise[i] + half_rise[i + 1]), surface_rounding(l.h, r.h)}));
    }
  }
}

// Faces between rows j - 1 and j.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void y_faces(const KernelTile<Real>& t, int j, const Real* below, const Real* here,
                             FaceRow<Real>& row) {
  const std::size_t s = rimmed(0, j - 1);
  const std::size_t n = rimmed(0, j);
  const Real* step = t.step_north + n;
  if constexpr (kObstacles) {
    const float* open = t.obstacles->open_y.data() + j * kStride;
    const Real* over_south = t.over_south + j * kStride;
    const Real* over_north = t.over_north + j * kStride;
#pragma GCC ivdep
    for (int i = 0; i < t.width; ++i) {
      const auto l = side_y(t, s + static_cast<std::size_t>(i));
      const auto r = side_y(t, n + static_cast<std::size_t>(i));
      const FaceGround<Real> z{step[i] - (below[i] + here[i]), surface_rounding(l.h, r.h), over_south[i],
                               over_north[i]};
      store(row, i, narrowed(face_flux(l, r, z), Real(open[i])));
    }
  } else {
#pragma GCC ivdep
    for (int i = 0; i < t.width; ++i) {
      const auto l = side_y(t, s + static_cast<std::size_t>(i));
      const auto r = side_y(t, n + static_cast<std::size_t>(i));
      store(row, i,
            face_flux(l, r, FaceGround<Real>{step[i] - (below[i] + here[i]), surface_rounding(l.h, r.h)}));
    }
  }
}

// The weight of the water on the slope of the ground inside the cells.
template <class Real>
CITYTWIN_INLINE void push_inside(const KernelTile<Real>& t, int j, Real k, const Real* half_rise_x,
                                 const Real* half_rise_y, Row<Real>& row) {
  const Real* h = t.h + rimmed(0, j);
  const Real two_g_k = Real(2 * 9.81) * k;
  const int width = t.width;
#pragma GCC ivdep
  for (int i = 0; i < width; ++i) {
    row.qx[i] -= two_g_k * h[i] * half_rise_x[i + 1];
    row.qy[i] -= two_g_k * h[i] * half_rise_y[i];
  }
}

template <class Real>
struct Scratch {
  Row<Real> row;
  Slopes<Real> slopes;
};

template <class Real, bool kObstacles>
CITYTWIN_INLINE void sweep(const KernelTile<Real>& t, const KernelStep& step, Scratch<Real>& scratch,
                           TileBooks& books) {
  const Real k = Real(step.dt / step.cell_m);
  Row<Real>& row = scratch.row;
  Slopes<Real>& slopes = scratch.slopes;
  const double face_volume = step.dt * step.cell_m;
  FaceRow<Real>* south = &row.south;
  FaceRow<Real>* north = &row.north;
  slopes_at(t, -1, slopes);
  slopes_next(t, slopes);
  y_faces<Real, kObstacles>(t, 0, slopes.below, slopes.here, *south);
  share_y(t, 2, step.dt, *south);
  if (t.open_edge[2]) book_row(*south, t.width, -face_volume, books);
  std::size_t next_held = 0;
  bool wet[kTile + 2];
  find_wet_rows(t, wet);
  const bool may_skip = t.source == nullptr && t.held_count == 0;
  for (int j = 0; j < t.height; ++j) {
    if (may_skip && !wet[j] && !wet[j + 1] && !wet[j + 2]) {
      // Nothing can move here; the next row sees dry ground to its south.
      clear(*south);
      continue;
    }
    if (slopes.row != j) slopes_at(t, j, slopes);
    slopes_x(t, j, slopes);
    x_faces<Real, kObstacles>(t, j, slopes.half_x, row.x);
    share_x(t, j, step.dt, row.x);
    slopes_next(t, slopes);
    y_faces<Real, kObstacles>(t, j + 1, slopes.below, slopes.here, *north);
    if (j + 1 == t.height) share_y(t, 3, step.dt, *north);
    const bool negative = balance_row<Real, kObstacles>(t, j, k, row, *south, *north);
    push_inside(t, j, k, slopes.half_x, slopes.below, row);
    settle_row<Real, kObstacles>(t, j, step, negative, next_held, row, books);
    FaceRow<Real>* old_south = south;
    south = north;
    north = old_south;
  }
  if (t.open_edge[3]) book_row(*south, t.width, face_volume, books);
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE KernelResult run_tile(const KernelTile<Real>& t, const KernelStep& step, TileBooks& books) {
  Scratch<Real> scratch;
  reset(scratch.row);
  for (int i = 0; i < kRow; ++i) scratch.slopes.ones[i] = 1;
  sweep<Real, kObstacles>(t, step, scratch, books);
  return result_of(t, scratch.row);
}

}  // namespace

CITYTWIN_DEFINE_KERNEL(step_first_order)

}  // namespace citytwin::surface_water
