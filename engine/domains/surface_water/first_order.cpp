// First order in space and time: cell values on both sides of every face.
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

// Faces west of cells 0..width of row j.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void x_faces(const KernelTile<Real>& t, int j, FaceRow<Real>& row) {
  const std::size_t k = rimmed(0, j);
  const Real* step = t.step_east + k;
  if constexpr (kObstacles) {
    const float* open = t.obstacles->open_x.data() + j * kStride;
    const Real* over_west = t.over_west + j * kStride;
    const Real* over_east = t.over_east + j * kStride;
    for (int i = 0; i <= t.width; ++i) {
      const auto l = side_x(t, k + static_cast<std::size_t>(i) - 1);
      const auto r = side_x(t, k + static_cast<std::size_t>(i));
      const FaceGround<Real> z{step[i], surface_rounding(l.h, r.h), over_west[i], over_east[i]};
      store(row, i, narrowed(face_flux(l, r, z), Real(open[i])));
    }
  } else {
    for (int i = 0; i <= t.width; ++i) {
      const auto l = side_x(t, k + static_cast<std::size_t>(i) - 1);
      const auto r = side_x(t, k + static_cast<std::size_t>(i));
      store(row, i, face_flux(l, r, FaceGround<Real>{step[i], surface_rounding(l.h, r.h)}));
    }
  }
}

// Faces between rows j - 1 and j.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void y_faces(const KernelTile<Real>& t, int j, FaceRow<Real>& row) {
  const std::size_t s = rimmed(0, j - 1);
  const std::size_t n = rimmed(0, j);
  const Real* step = t.step_north + n;
  if constexpr (kObstacles) {
    const float* open = t.obstacles->open_y.data() + j * kStride;
    const Real* over_south = t.over_south + j * kStride;
    const Real* over_north = t.over_north + j * kStride;
    for (int i = 0; i < t.width; ++i) {
      const auto l = side_y(t, s + static_cast<std::size_t>(i));
      const auto r = side_y(t, n + static_cast<std::size_t>(i));
      const FaceGround<Real> z{step[i], surface_rounding(l.h, r.h), over_south[i], over_north[i]};
      store(row, i, narrowed(face_flux(l, r, z), Real(open[i])));
    }
  } else {
    for (int i = 0; i < t.width; ++i) {
      const auto l = side_y(t, s + static_cast<std::size_t>(i));
      const auto r = side_y(t, n + static_cast<std::size_t>(i));
      store(row, i, face_flux(l, r, FaceGround<Real>{step[i], surface_rounding(l.h, r.h)}));
    }
  }
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE void sweep(const KernelTile<Real>& t, const KernelStep& step, Row<Real>& row,
                           TileBooks& books) {
  const Real k = Real(step.dt / step.cell_m);
  const double face_volume = step.dt * step.cell_m;
  FaceRow<Real>* south = &row.south;
  FaceRow<Real>* north = &row.north;
  y_faces<Real, kObstacles>(t, 0, *south);
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
    x_faces<Real, kObstacles>(t, j, row.x);
    share_x(t, j, step.dt, row.x);
    y_faces<Real, kObstacles>(t, j + 1, *north);
    if (j + 1 == t.height) share_y(t, 3, step.dt, *north);
    const bool negative = balance_row<Real, kObstacles>(t, j, k, row, *south, *north);
    settle_row<Real, kObstacles>(t, j, step, negative, next_held, row, books);
    FaceRow<Real>* old_south = south;
    south = north;
    north = old_south;
  }
  if (t.open_edge[3]) book_row(*south, t.width, face_volume, books);
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE KernelResult run_tile(const KernelTile<Real>& t, const KernelStep& step, TileBooks& books) {
  Row<Real> row;
  reset(row);
  sweep<Real, kObstacles>(t, step, row, books);
  return result_of(t, row);
}

}  // namespace

CITYTWIN_DEFINE_KERNEL(step_first_order)

}  // namespace citytwin::surface_water
