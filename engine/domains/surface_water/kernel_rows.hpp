// What the kernels of all schemes do to a row of cells besides the fluxes. Included by the kernels only:
// every function is inlined into loops that are compiled for several vector widths.
#pragma once

#include <cmath>

#include "engine/domains/surface_water/kernel_maxima.hpp"
#include "engine/domains/surface_water/kernel_state.hpp"

namespace citytwin::surface_water {

template <class Real>
CITYTWIN_INLINE void store(FaceRow<Real>& row, int i, FaceFlux<Real> f) {
  row.mass[i] = f.mass;
  row.left[i] = f.left;
  row.right[i] = f.right;
  row.tangential[i] = f.tangential;
}

template <class Real>
CITYTWIN_INLINE FaceFlux<Real> narrowed(FaceFlux<Real> f, Real open) {
  return {f.mass * open, f.left * open, f.right * open, f.tangential * open};
}

// Closed parts of faces push back: the HLL flux against the mirrored state, on as much of the face as the
// cell's water stands in front of (share of area less open width, per share of area).
template <class Real>
CITYTWIN_INLINE void push_walls(const KernelTile<Real>& t, int j, Real k, Row<Real>& row) {
  const std::size_t here = rimmed(0, j);
  const float* open_x = t.obstacles->open_x.data() + j * kStride;
  const float* open_s = t.obstacles->open_y.data() + j * kStride;
  const float* open_n = open_s + kStride;
  const double* inverse_share = t.obstacles->inverse_share.data() + local(0, j);
  const int width = t.width;
#pragma GCC ivdep
  for (int i = 0; i < width; ++i) {
    const std::size_t c = here + static_cast<std::size_t>(i);
    const Real h = t.h[c];
    const Real u = t.u[c];
    const Real v = t.v[c];
    const Real wave = std::sqrt(Real(9.81) * h);
    const Real inverse = Real(inverse_share[i]);
    const auto closed = [inverse](float open) { return larger(Real(1) - Real(open) * inverse, Real(0)); };
    row.qx[i] -=
        k * (closed(open_x[i + 1]) * wall_push(h, u, wave) - closed(open_x[i]) * wall_push(h, -u, wave));
    row.qy[i] -= k * (closed(open_n[i]) * wall_push(h, v, wave) - closed(open_s[i]) * wall_push(h, -v, wave));
  }
}

// Adds the changes of depth in row.h to the depths; true if one came out negative. In 32 bits what the
// rounding of a sum leaves is kept for the next (Kahan 1965), else a drizzle on deep water would be lost.
template <class Real>
CITYTWIN_INLINE bool add_depths(const KernelTile<Real>& t, int j, Row<Real>& row) {
  const Real* h = t.h + rimmed(0, j);
  const int width = t.width;
  int negative = 0;
  int most_rise = 0;
  if constexpr (sizeof(Real) == sizeof(float)) {
    Real* rest = t.rest + local(0, j);
#pragma GCC ivdep
    for (int i = 0; i < width; ++i) {
      const Real change = row.h[i] - rest[i];
      const Real sum = h[i] + change;
      rest[i] = (sum - h[i]) - change;
      row.h[i] = sum;
      negative |= sum < 0 ? 1 : 0;
      most_rise = larger(most_rise, ordered(sum - h[i]));
    }
  } else {
#pragma GCC ivdep
    for (int i = 0; i < width; ++i) {
      const Real sum = h[i] + row.h[i];
      most_rise = larger(most_rise, ordered(static_cast<float>(sum - h[i])));
      row.h[i] = sum;
      negative |= sum < 0 ? 1 : 0;
    }
  }
  row.most_rise = most_rise;
  return negative != 0;
}

// Depth and momentum of row j after the fluxes and sources; returns whether a depth came out negative.
template <class Real, bool kObstacles>
CITYTWIN_INLINE bool balance_row(const KernelTile<Real>& t, int j, Real k, Row<Real>& row,
                                 const FaceRow<Real>& south, const FaceRow<Real>& north) {
  const Real* h = t.h + rimmed(0, j);
  const Real* u = t.u + rimmed(0, j);
  const Real* v = t.v + rimmed(0, j);
  const double* inverse_share = kObstacles ? t.obstacles->inverse_share.data() + local(0, j) : nullptr;
#pragma GCC ivdep
  for (int i = 0; i < t.width; ++i) {
    Real share = k;
    if constexpr (kObstacles) share *= Real(inverse_share[i]);
    const Real dh = (row.x.mass[i + 1] - row.x.mass[i]) + (north.mass[i] - south.mass[i]);
    const Real dqx = (row.x.left[i + 1] - row.x.right[i]) + (north.tangential[i] - south.tangential[i]);
    const Real dqy = (row.x.tangential[i + 1] - row.x.tangential[i]) + (north.left[i] - south.right[i]);
    row.h[i] = -share * dh;
    row.qx[i] = h[i] * u[i] - share * dqx;
    row.qy[i] = h[i] * v[i] - share * dqy;
  }
  if constexpr (kObstacles) push_walls(t, j, k, row);
  if (t.source != nullptr) {
    const double* source = t.source + local(0, j);
    for (int i = 0; i < t.width; ++i) row.h[i] += Real(source[i]);
  }
  return add_depths(t, j, row);
}

// A negative depth is set to zero, and the volume that makes is booked.
template <class Real>
CITYTWIN_INLINE void clip_row(const KernelTile<Real>& t, int j, double cell_area, Row<Real>& row,
                              TileBooks& books) {
  for (int i = 0; i < t.width; ++i) {
    if (!(row.h[i] < 0)) continue;
    const double share = t.obstacles == nullptr ? 1.0 : 1.0 / t.obstacles->inverse_share[local(i, j)];
    books.clipped.add(-static_cast<double>(row.h[i]) * cell_area * share);
    ++books.clipped_cells;
    row.h[i] = 0;
  }
}

// The speeds of a band of rows are put aside when the next band begins: the loop of friction_row() is vector
// code only while all it writes in `row` stands at places that do not depend on j.
template <class Real>
CITYTWIN_INLINE void close_band(Row<Real>& row) {
  for (int i = 0; i < kTile; ++i) row.band_speed[row.band][i] = row.top_speed[i];
}
template <class Real>
CITYTWIN_INLINE void open_band(Row<Real>& row, int band) {
  if (band == row.band) return;
  close_band(row);
  row.band = band;
  for (int i = 0; i < kTile; ++i) row.top_speed[i] = 0;
}

// Friction, implicit in the speed: s' (1 + dt g n2 h^(-4/3) s') = s, solved exactly (a quadratic).
template <class Real, bool kObstacles>
CITYTWIN_INLINE void friction_row(const KernelTile<Real>& t, int j, const KernelStep& step, Row<Real>& row) {
  Real* h_out = t.h + rimmed(0, j);
  Real* u_out = t.u + rimmed(0, j);
  Real* v_out = t.v + rimmed(0, j);
  const float* gn2 = t.friction + local(0, j);
  const float* scale = kObstacles ? t.obstacles->speed_scale.data() + local(0, j) : nullptr;
  const Real dry = Real(step.dry);
  const Real four_dt = Real(4 * step.dt);
#pragma GCC ivdep
  for (int i = 0; i < t.width; ++i) {
    const Real h = row.h[i];
    const Real floor_h = larger(h, dry);
    const Real inverse = h > dry ? 1 / floor_h : Real(0);
    const Real us = row.qx[i] * inverse;
    const Real vs = row.qy[i] * inverse;
    const Real speed = std::sqrt(us * us + vs * vs);
    const Real drag = four_dt * Real(gn2[i]) * power_minus_four_thirds(floor_h) * speed;
    const Real damping = 2 / (1 + std::sqrt(1 + drag));
    const Real u = us * damping;
    const Real v = vs * damping;
    Real signal = (std::abs(u) + std::abs(v)) + 2 * std::sqrt(Real(9.81) * h);
    if constexpr (kObstacles) signal *= Real(scale[i]);
    h_out[i] = h;
    u_out[i] = u;
    v_out[i] = v;
    row.qx[i] = speed * damping;  // the speed, for the maxima
    row.top_speed[i] = larger(row.top_speed[i], signal);
    row.deepest[i] = larger(row.deepest[i], h);
    row.bad[i] |= (h <= Real(1e6) && signal <= Real(1e6)) ? 0 : 1;
  }
}

// Held cells take the level of their group; what that adds or removes is booked.
template <class Real>
CITYTWIN_INLINE std::size_t hold_row(const KernelTile<Real>& t, int j, double cell_area, std::size_t next,
                                     Row<Real>& row, TileBooks& books) {
  for (; next < t.held_count && t.held[next].cell < local(0, j + 1); ++next) {
    const HeldCell& cell = t.held[next];
    const int i = cell.cell % kTile;
    const double depth = t.held_level[cell.group] - t.ground[rimmed(i, j)];
    const Real target = depth > 0 ? Real(depth) : Real(0);
    const double share = 1.0 / t.obstacles->inverse_share[cell.cell];
    const double volume = (static_cast<double>(target) - static_cast<double>(row.h[i])) * cell_area * share;
    (volume > 0 ? books.held_in : books.held_out)[cell.group].add(std::abs(volume));
    const Real kept =
        cell.flows != 0 && row.h[i] > Real(1e-3) ? target / row.h[i] : Real(0);  // same velocity
    row.h[i] = target;
    row.qx[i] *= kept;
    row.qy[i] *= kept;
  }
  return next;
}

// Rows -1 .. height that hold any water, rims included: index j + 1.
template <class Real>
CITYTWIN_INLINE void find_wet_rows(const KernelTile<Real>& t, bool* wet) {
  for (int j = -1; j <= t.height; ++j) {
    const Real* h = t.h + rimmed(-1, j);
    int any = 0;
    for (int i = 0; i < t.width + 2; ++i) any |= h[i] > 0 ? 1 : 0;
    wet[j + 1] = any != 0;
  }
  // Rows that finer steps beside have meanwhile passed water to.
  for (int j = 0; j < t.height; ++j)
    for (const int border : {0, 1})
      if (t.given[border] != nullptr && t.given[border]->mass[static_cast<std::size_t>(j)] != 0)
        wet[j + 1] = true;
  for (const int border : {2, 3})
    for (std::size_t i = 0; t.given[border] != nullptr && i < kTile; ++i)
      if (t.given[border]->mass[i] != 0) wet[border == 2 ? 1 : t.height] = true;
}

template <class Real>
CITYTWIN_INLINE void clear(FaceRow<Real>& row) {
  for (int i = 0; i < kRow; ++i) row.mass[i] = row.left[i] = row.right[i] = row.tangential[i] = 0;
}

CITYTWIN_INLINE void book(double volume_out, TileBooks& books) {
  (volume_out > 0 ? books.edge_out : books.edge_in).add(std::abs(volume_out));
}

template <class Real>
CITYTWIN_INLINE void book_row(const FaceRow<Real>& row, int width, double face_volume, TileBooks& books) {
  for (int i = 0; i < width; ++i) book(static_cast<double>(row.mass[i]) * face_volume, books);
}

template <class Real>
CITYTWIN_INLINE void take_face(const BorderFlux& from, int k, FaceRow<Real>& row, int i) {
  const auto at = static_cast<std::size_t>(k);
  row.mass[i] = Real(from.mass[at]);
  row.left[i] = Real(from.left[at]);
  row.right[i] = Real(from.right[at]);
  row.tangential[i] = Real(from.tangential[at]);
}
// What passes face k of a border to a tile with a longer step, which the face may take no more from than
// `most`.
template <class Real>
CITYTWIN_INLINE void give_face(const KernelTile<Real>& t, int border, double dt, FaceRow<Real>& row, int i,
                               int k) {
  BorderFlux& to = *t.record[border];
  const auto at = static_cast<std::size_t>(k);
  const double inward = border == 0 || border == 2 ? 1 : -1;  // sign of what leaves the tile beside
  const double wanted = inward * static_cast<double>(row.mass[i]);
  if (to.fresh) to.most[at] = larger(wanted, 0.0) * t.longer_dt[border];
  const double left = larger(to.most[at] - inward * to.mass[at], 0.0);
  if (wanted * dt > left) {
    const Real part = Real(left / (wanted * dt));
    row.mass[i] *= part;
    row.left[i] *= part;
    row.right[i] *= part;
    row.tangential[i] *= part;
  }
  to.mass[at] += static_cast<double>(row.mass[i]) * dt;
  to.left[at] += static_cast<double>(row.left[i]) * dt;
  to.right[at] += static_cast<double>(row.right[i]) * dt;
  to.tangential[at] += static_cast<double>(row.tangential[i]) * dt;
}

// Borders to tiles that take other time steps: the finer steps find the fluxes, the longer step takes their
// mean.
template <class Real>
CITYTWIN_INLINE void share_x(const KernelTile<Real>& t, int j, double dt, FaceRow<Real>& row) {
  for (const int border : {0, 1}) {
    const int face = border == 0 ? 0 : t.width;
    if (t.given[border] != nullptr) take_face(*t.given[border], j, row, face);
    if (t.record[border] != nullptr) give_face(t, border, dt, row, face, j);
  }
}
template <class Real>
CITYTWIN_INLINE void share_y(const KernelTile<Real>& t, int border, double dt, FaceRow<Real>& row) {
  if (t.given[border] != nullptr)
    for (int i = 0; i < t.width; ++i) take_face(*t.given[border], i, row, i);
  if (t.record[border] != nullptr)
    for (int i = 0; i < t.width; ++i) give_face(t, border, dt, row, i, i);
}

// All that follows the fluxes and sources of row j; `next_held` is the first held cell not yet met.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void settle_row(const KernelTile<Real>& t, int j, const KernelStep& step, bool negative,
                                std::size_t& next_held, Row<Real>& row, TileBooks& books) {
  const double cell_area = step.cell_m * step.cell_m;
  const double face_volume = step.dt * step.cell_m;
  if (negative) clip_row(t, j, cell_area, row, books);
  if constexpr (kObstacles) next_held = hold_row(t, j, cell_area, next_held, row, books);
  open_band(row, j / kReach);
  friction_row<Real, kObstacles>(t, j, step, row);
  maxima_row(t, j, step, row);
  if (t.open_edge[0]) book(-static_cast<double>(row.x.mass[0]) * face_volume, books);
  if (t.open_edge[1]) book(static_cast<double>(row.x.mass[t.width]) * face_volume, books);
}

template <class Real>
CITYTWIN_INLINE void reset(Row<Real>& row) {
  row.band = 0;
  for (int i = 0; i < kTile; ++i) {
    row.top_speed[i] = 0;
    for (int band = 0; band < kBands; ++band) row.band_speed[band][i] = 0;
    row.deepest[i] = 0;
    row.bad[i] = 0;
  }
}

template <class Real>
CITYTWIN_INLINE KernelResult result_of(const KernelTile<Real>& t, Row<Real>& row) {
  close_band(row);
  KernelResult result;
  int bad = 0;
  for (int i = 0; i < t.width; ++i) {
    for (int band = 0; band < kBands; ++band) {
      const auto speed = static_cast<double>(row.band_speed[band][i]);
      result.speed = larger(result.speed, speed);
      const bool near[4] = {i<kReach, i >= t.width - kReach, band == 0, (band + 1) * kReach> t.height -
                            kReach};
      for (int border = 0; border < 4; ++border)
        if (near[border]) result.border_speed[border] = larger(result.border_speed[border], speed);
    }
    result.wet = result.wet || row.deepest[i] > 0;
    bad |= row.bad[i];
  }
  result.bad = bad != 0;
  return result;
}

template <class Real>
bool has_obstacles(const KernelTile<Real>& t) {
  return t.obstacles != nullptr || t.around != nullptr;
}

// Defines template <class Real> KernelResult name(tile, step, books) from run_tile<Real, kObstacles>() of the
// file. A macro, because the compiler makes vector clones of plain functions only, not of templates.
#define CITYTWIN_DEFINE_KERNEL(name)                                                          \
  CITYTWIN_KERNEL_CLONES(float)                                                               \
  CITYTWIN_KERNEL_CLONES(double)                                                              \
  template <class Real>                                                                       \
  KernelResult name(const KernelTile<Real>& tile, const KernelStep& step, TileBooks& books) { \
    return has_obstacles(tile) ? obstructed(tile, step, books) : plain(tile, step, books);    \
  }                                                                                           \
  template KernelResult name(const KernelTile<float>&, const KernelStep&, TileBooks&);        \
  template KernelResult name(const KernelTile<double>&, const KernelStep&, TileBooks&);
#define CITYTWIN_KERNEL_CLONES(Real)                                                                    \
  CITYTWIN_VECTOR_CLONES                                                                                \
  static KernelResult plain(const KernelTile<Real>& t, const KernelStep& step, TileBooks& books) {      \
    return run_tile<Real, false>(t, step, books);                                                       \
  }                                                                                                     \
  CITYTWIN_VECTOR_CLONES                                                                                \
  static KernelResult obstructed(const KernelTile<Real>& t, const KernelStep& step, TileBooks& books) { \
    return run_tile<Real, true>(t, step, books);                                                        \
  }

}  // namespace citytwin::surface_water
