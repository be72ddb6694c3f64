// Second order in space and time: MUSCL-Hancock (van Leer 1984; Toro 2001, section 14.4) on the hydrostatic
// reconstruction (Audusse et al. 2004, section 4). Depth and water surface are both reconstructed, so that
// still water has no slope; the half step uses the primitive equations, whose pressure term is the slope of
// the surface, with friction at its end as in the step itself: else a film on a slope would gain g S dt / 2
// in it, which may be several times its speed. Cells beside walls, buildings, held water and dry ground stay
// first order.
#include "engine/domains/surface_water/kernel_rows.hpp"

namespace citytwin::surface_water {

namespace {

// Steepest slope as a multiple of the smaller difference: 1 is minmod, 2 is MC.
constexpr double kSteepness = 1.5;
// A cell with less water, or beside one with less, has no slopes [m].
constexpr double kShallow = 1e-4;

// Values of a row of cells on their four faces, half a step ahead; index i + 1 for cell i = -1 .. width.
template <class Real>
struct FaceValues {
  alignas(64) Real h[kRow], un[kRow], ut[kRow];
  alignas(64) Real z[kRow];  // ground above that of the cell's centre [m]
};
template <class Real>
struct RowValues {
  FaceValues<Real> west, east, south, north;
  alignas(64) Real rise_x[kRow], rise_y[kRow];  // of the surface across the cell [m]
  alignas(64) Real rounding[kRow];              // of the values on the faces [m]
};

template <class Real>
CITYTWIN_INLINE Real limited(Real a, Real b) {
  const Real most = Real(kSteepness) * smaller(std::abs(a), std::abs(b));
  const Real mean = Real(0.5) * (a + b);
  const Real slope = larger(smaller(mean, most), -most);
  return a * b > 0 ? slope : Real(0);
}

template <class Real>
CITYTWIN_INLINE void store_face(FaceValues<Real>& face, int k, Real h, Real un, Real ut, Real z) {
  face.h[k] = larger(h, Real(0));
  face.un[k] = un;
  face.ut[k] = ut;
  face.z[k] = z;
}

// What the half step needs.
template <class Real>
struct HalfStep {
  Real half_k;                   // half a step over the size of a cell [s/m]
  Real two_dt;                   // [s]
  const Real *ones, *same_drag;  // see smooth_row() and drag_row()
};

// What friction leaves of a speed after half a step, as in friction_row(); a cell without slopes does not
// move on.
template <class Real>
CITYTWIN_INLINE Real half_step_damping(Real h, Real u, Real v, Real drag_two_dt) {
  const Real inverse = power_minus_four_thirds(larger(h, Real(kShallow)));
  return Real(2) / (Real(1) + std::sqrt(Real(1) + (drag_two_dt * inverse) * std::sqrt(u * u + v * v)));
}

template <class Real>
CITYTWIN_INLINE void face_values(const KernelTile<Real>& t, int j, const HalfStep<Real>& half_step,
                                 RowValues<Real>& out) {
  const std::size_t at = rimmed(-1, j);
  const Real* h = t.h + at;
  const Real* u = t.u + at;
  const Real* v = t.v + at;
  const Real* step_east = t.step_east + at;
  const Real* step_north = t.step_north + at;
  const Real* smooth = smooth_row(t, j, half_step.ones);
  const Real* gn2 = drag_row(t, j, half_step.same_drag);
  const Real half_k = half_step.half_k;
  const Real two_dt = half_step.two_dt;
  const Real g = Real(9.81);
  const int n = t.width + 2;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real hc = h[i], hw = h[i - 1], he = h[i + 1], hs = h[i - kStride], hn = h[i + kStride];
    const Real uc = u[i], vc = v[i];
    const Real shallowest = smaller(smaller(smaller(hw, he), smaller(hs, hn)), hc);
    const Real use = shallowest > Real(kShallow) ? smooth[i] : Real(0);
    const Real dh_w = hc - hw, dh_e = he - hc, dh_s = hc - hs, dh_n = hn - hc;
    const Real hx = use * limited(dh_w, dh_e);
    const Real hy = use * limited(dh_s, dh_n);
    const Real wx =
        use * limited(rise_of_surface(hw, step_east[i], hc), rise_of_surface(hc, step_east[i + 1], he));
    const Real wy = use * limited(rise_of_surface(hs, step_north[i], hc),
                                  rise_of_surface(hc, step_north[i + kStride], hn));
    const Real ux = use * limited(uc - u[i - 1], u[i + 1] - uc);
    const Real uy = use * limited(uc - u[i - kStride], u[i + kStride] - uc);
    const Real vx = use * limited(vc - v[i - 1], v[i + 1] - vc);
    const Real vy = use * limited(vc - v[i - kStride], v[i + kStride] - vc);
    const Real dh = -half_k * ((uc * hx + hc * ux) + (vc * hy + hc * vy));
    const Real du = -half_k * ((uc * ux + vc * uy) + g * wx);
    const Real dv = -half_k * ((uc * vx + vc * vy) + g * wy);
    const Real half = Real(0.5);
    const Real damping = half_step_damping(hc, uc + du, vc + dv, use * (two_dt * gn2[i]));
    const Real h2 = hc + dh, u2 = (uc + du) * damping, v2 = (vc + dv) * damping;
    const Real zx = half * (wx - hx), zy = half * (wy - hy);
    out.rise_x[i] = wx;
    out.rise_y[i] = wy;
    out.rounding[i] = Real(2) * surface_rounding(hc, hc);
    store_face(out.west, i, h2 - half * hx, u2 - half * ux, v2 - half * vx, -zx);
    store_face(out.east, i, h2 + half * hx, u2 + half * ux, v2 + half * vx, zx);
    store_face(out.south, i, h2 - half * hy, v2 - half * vy, u2 - half * uy, -zy);
    store_face(out.north, i, h2 + half * hy, v2 + half * vy, u2 + half * uy, zy);
  }
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE void faces_between(const FaceValues<Real>& l, const Real* rounding_l,
                                   const FaceValues<Real>& r, const Real* rounding_r, int first_l,
                                   int first_r, const Real* step, int count, const float* open,
                                   const Real* over_left, const Real* over_right, FaceRow<Real>& row) {
#pragma GCC ivdep
  for (int i = 0; i < count; ++i) {
    const int a = first_l + i, b = first_r + i;
    FaceGround<Real> z{step[i] + (r.z[b] - l.z[a]), rounding_l[a] + rounding_r[b]};
    if constexpr (kObstacles) {
      // Walls stand between cells without slopes, so their crests need no correction.
      z.over_left = over_left[i];
      z.over_right = over_right[i];
    }
    auto f = face_flux(FaceSide<Real>{l.h[a], l.un[a], l.ut[a]}, FaceSide<Real>{r.h[b], r.un[b], r.ut[b]}, z);
    if constexpr (kObstacles) f = narrowed(f, Real(open[i]));
    store(row, i, f);
  }
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE void x_faces(const KernelTile<Real>& t, int j, const RowValues<Real>& values,
                             FaceRow<Real>& row) {
  const Real* step = t.step_east + rimmed(0, j);
  if constexpr (kObstacles)
    faces_between<Real, true>(values.east, values.rounding, values.west, values.rounding, 0, 1, step,
                              t.width + 1, t.obstacles->open_x.data() + j * kStride,
                              t.over_west + j * kStride, t.over_east + j * kStride, row);
  else
    faces_between<Real, false>(values.east, values.rounding, values.west, values.rounding, 0, 1, step,
                               t.width + 1, nullptr, nullptr, nullptr, row);
}

// Faces between rows j - 1 and j.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void y_faces(const KernelTile<Real>& t, int j, const RowValues<Real>& below,
                             const RowValues<Real>& here, FaceRow<Real>& row) {
  const Real* step = t.step_north + rimmed(0, j);
  if constexpr (kObstacles)
    faces_between<Real, true>(below.north, below.rounding, here.south, here.rounding, 1, 1, step, t.width,
                              t.obstacles->open_y.data() + j * kStride, t.over_south + j * kStride,
                              t.over_north + j * kStride, row);
  else
    faces_between<Real, false>(below.north, below.rounding, here.south, here.rounding, 1, 1, step, t.width,
                               nullptr, nullptr, nullptr, row);
}

// The weight of the water on the slope of the surface inside the cells.
template <class Real>
CITYTWIN_INLINE void push_inside(const KernelTile<Real>& t, Real k, const RowValues<Real>& c,
                                 Row<Real>& row) {
  const Real half_g = Real(0.5 * 9.81);
  const int width = t.width;
#pragma GCC ivdep
  for (int i = 0; i < width; ++i) {
    const int a = i + 1;
    row.qx[i] -= k * half_g * (c.east.h[a] + c.west.h[a]) * c.rise_x[a];
    row.qy[i] -= k * half_g * (c.north.h[a] + c.south.h[a]) * c.rise_y[a];
  }
}

template <class Real>
struct Scratch {
  Row<Real> row;
  RowValues<Real> values[2];
  alignas(64) Real same_drag[2 * kRow];  // where it is the same in the whole tile
  alignas(64) Real ones[kRow];
};

template <class Real, bool kObstacles>
CITYTWIN_INLINE void sweep(const KernelTile<Real>& t, const KernelStep& step, Scratch<Real>& scratch,
                           TileBooks& books) {
  const Real k = Real(step.dt / step.cell_m);
  const HalfStep<Real> half{Real(0.5) * k, Real(2 * step.dt), scratch.ones, scratch.same_drag};
  const double face_volume = step.dt * step.cell_m;
  Row<Real>& row = scratch.row;
  FaceRow<Real>* south = &row.south;
  FaceRow<Real>* north = &row.north;
  RowValues<Real>* below = &scratch.values[0];
  RowValues<Real>* here = &scratch.values[1];
  face_values(t, -1, half, *below);
  face_values(t, 0, half, *here);
  y_faces<Real, kObstacles>(t, 0, *below, *here, *south);
  share_y(t, 2, step.dt, *south);
  if (t.open_edge[2]) book_row(*south, t.width, -face_volume, books);
  std::size_t next_held = 0;
  for (int j = 0; j < t.height; ++j) {
    // The row above is read before this one changes: its slopes need the old values here.
    x_faces<Real, kObstacles>(t, j, *here, row.x);
    share_x(t, j, step.dt, row.x);
    RowValues<Real>* above = below;
    face_values(t, j + 1, half, *above);
    y_faces<Real, kObstacles>(t, j + 1, *here, *above, *north);
    if (j + 1 == t.height) share_y(t, 3, step.dt, *north);
    const bool negative = balance_row<Real, kObstacles>(t, j, k, row, *south, *north);
    push_inside(t, k, *here, row);
    settle_row<Real, kObstacles>(t, j, step, negative, next_held, row, books);
    below = here;
    here = above;
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
  for (int i = 0; i < 2 * kRow; ++i) scratch.same_drag[i] = t.drag_everywhere;
  for (int i = 0; i < kRow; ++i) scratch.ones[i] = 1;
  sweep<Real, kObstacles>(t, step, scratch, books);
  return result_of(t, scratch.row);
}

}  // namespace

CITYTWIN_DEFINE_KERNEL(step_second_order)

}  // namespace citytwin::surface_water
