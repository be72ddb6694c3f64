// Local inertia: the shallow water equations without advection, on staggered discharges, with friction taken
// implicitly (inertial_faces.hpp). Right for flow well below Froude 1; fast_flow.cpp says where it was not.
//
// A cell gives away no more than it holds: where its faces would take more, all of them are scaled. A face is
// stored by the tiles on both sides, and each computes the same bits of it: hence the scale of the cells in
// the rim, and hence rims of discharges three faces deep.
#include "engine/domains/surface_water/inertial_faces.hpp"
#include "engine/domains/surface_water/kernel_rows.hpp"

namespace citytwin::surface_water {

namespace {

// Discharges of a row of faces or cells: index i + 1 for i = -1 .. width + 1.
template <class Real>
struct Faces {
  alignas(64) Real q[kRow + 8], inverse_depth[kRow + 8];
};
template <class Real>
struct Share {
  alignas(64) Real of[kRow];  // of what the faces of a cell would take that it can give; i = -1 .. width
  bool limits = false;        // else no cell of the row gives less than its faces take, and `of` says nothing
};

template <class Real>
struct Scratch {
  Row<Real> row;  // h: change of depth; qx: speed
  Faces<Real> x[2], y[3];
  Share<Real> share[2];
  alignas(64) Real south[kRow], north[kRow];  // volumes per metre that pass the faces of a row [m2/s]
  alignas(64) Real south_speed[kRow], north_speed[kRow], east[kRow], east_speed[kRow];
  alignas(64) Real same_drag[2 * kRow];  // where it is the same in the whole tile
  alignas(64) Real weighted[kRow];       // highest depth by column, weighted as it counts for the time step
  bool wet[kTile + 2 * kRim];            // rows -2 .. height + 1 that hold any water: index j + 2
};

template <class Real>
CITYTWIN_INLINE void find_wet(const KernelTile<Real>& t, bool* wet) {
  for (int j = -kRim; j < t.height + kRim; ++j) {
    const Real* h = t.h + rimmed(-kRim, j);
    int any = 0;
    for (int i = 0; i < t.width + 2 * kRim; ++i) any |= h[i] > 0 ? 1 : 0;
    wet[j + kRim] = any != 0;
  }
}

template <class Real>
CITYTWIN_INLINE void clear_faces(Faces<Real>& f) {
  for (int i = 0; i < kRow + 8; ++i) f.q[i] = f.inverse_depth[i] = 0;
}

// Every cell of the row can give `part` of what its faces take: 1, or 0 of a dry row.
template <class Real>
CITYTWIN_INLINE void fill_shares(Share<Real>& share, Real part) {
  for (int i = 0; i < kRow; ++i) share.of[i] = part;
  share.limits = part < 1;
}

// Faces west of cells -1 .. width + 1 of row j, before any limit.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void x_faces(const KernelTile<Real>& t, int j, StepFactors<Real> f, const Real* gn2,
                             Faces<Real>& out) {
  const std::size_t at = rimmed(-1, j);
  const Real* h = t.h + at;
  const Real* q = t.u + at;
  const Real* a = t.v + at;
  const Real* step = t.step_east + at;
  const FaceObstacles<Real>* o = t.around;
  const Real* over_l = kObstacles ? o->over_west.data() + at : nullptr;
  const Real* over_r = kObstacles ? o->over_east.data() + at : nullptr;
  const Real* open = kObstacles ? o->open_x.data() + at : nullptr;
  constexpr int n = kRow;  // whole vectors; those beyond width + 1 are not used
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real across = Real(0.25) * ((a[i - 1] + a[i]) + (a[i - 1 + kStride] + a[i + kStride]));
    Walls<Real> w{};
    if constexpr (kObstacles) w = {over_l[i], over_r[i], open[i]};
    const auto r = discharge<Real, kObstacles>(h[i - 1], h[i], step[i], {q[i], q[i - 1], q[i + 1], across},
                                               gn2[i - 1] + gn2[i], w, f);
    out.q[i] = r.q;
    out.inverse_depth[i] = r.inverse_depth;
  }
  for (const int side : {0, 1}) {
    const int end = t.grid_end[side];  // the face where the grid ends
    if (end == kNoEnd) continue;
    const int inward = side == 0 ? 1 : -1;
    const int c = end + 1 - side;  // the last cell, by its west face
    const Real over = kObstacles ? (side == 0 ? over_r[end + 1] : over_l[end + 1]) : Real(-1e30);
    const Real outward = out.q[end + 1 + inward] * Real(-inward);
    const Real gone = t.edge_open ? over_edge(outward, h[c], h[c + inward], over, f.dry) : Real(0);
    out.q[end + 1] = gone * Real(-inward);
  }
}

// Faces south of cells -1 .. width of row j, before any limit.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void y_faces(const KernelTile<Real>& t, int j, StepFactors<Real> f, const Real* gn2_south,
                             const Real* gn2, Faces<Real>& out) {
  const std::size_t at = rimmed(-1, j);
  const Real* h = t.h + at;
  const Real* q = t.v + at;
  const Real* a = t.u + at;
  const Real* step = t.step_north + at;
  const FaceObstacles<Real>* o = t.around;
  const Real* over_l = kObstacles ? o->over_south.data() + at : nullptr;
  const Real* over_r = kObstacles ? o->over_north.data() + at : nullptr;
  const Real* open = kObstacles ? o->open_y.data() + at : nullptr;
  constexpr int n = kRow;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real across = Real(0.25) * ((a[i - kStride] + a[i]) + (a[i + 1 - kStride] + a[i + 1]));
    Walls<Real> w{};
    if constexpr (kObstacles) w = {over_l[i], over_r[i], open[i]};
    const auto r = discharge<Real, kObstacles>(h[i - kStride], h[i], step[i],
                                               {q[i], q[i - kStride], q[i + kStride], across},
                                               gn2_south[i] + gn2[i], w, f);
    out.q[i] = r.q;
    out.inverse_depth[i] = r.inverse_depth;
  }
}

// The face row where the grid ends: `before` is the row of faces one further in.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void y_edge(const KernelTile<Real>& t, int side, StepFactors<Real> f,
                            const Faces<Real>& before, Faces<Real>& out) {
  const int j = t.grid_end[side];
  const bool south = side == 2;
  const Real* last = t.h + rimmed(-1, south ? j : j - 1);
  const Real* inner = t.h + rimmed(-1, south ? j + 1 : j - 2);
  const FaceObstacles<Real>* o = t.around;
  const Real* over = kObstacles ? (south ? o->over_north : o->over_south).data() + rimmed(-1, j) : nullptr;
  const Real sign = south ? Real(-1) : Real(1);
  for (int i = 0; i < t.width + 2; ++i) {
    const Real crest = kObstacles ? over[i] : Real(-1e30);
    const Real gone = t.edge_open ? over_edge(sign * before.q[i], last[i], inner[i], crest, f.dry) : Real(0);
    out.q[i] = sign * gone;
  }
}

// The share of what its faces take that each cell of row j can give, at most 1.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void find_shares(const KernelTile<Real>& t, int j, StepFactors<Real> f, const Faces<Real>& x,
                                 const Faces<Real>& south, const Faces<Real>& north, Share<Real>& out) {
  const std::size_t at = rimmed(-1, j);
  const Real* h = t.h + at;
  const FaceObstacles<Real>* o = t.around;
  const Real* open_x = kObstacles ? o->open_x.data() + at : nullptr;
  const Real* open_y = kObstacles ? o->open_y.data() + at : nullptr;
  const Real* inverse = kObstacles ? o->inverse_share.data() + at : nullptr;
  const Real almost = Real(1) - 4 * std::numeric_limits<Real>::epsilon();
  constexpr int n = kRow;
  int short_of = 0;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    Real west = larger(-x.q[i], Real(0)), east = larger(x.q[i + 1], Real(0));
    Real down = larger(-south.q[i], Real(0)), up = larger(north.q[i], Real(0));
    Real k = f.k;
    if constexpr (kObstacles) {
      west *= open_x[i];
      east *= open_x[i + 1];
      down *= open_y[i];
      up *= open_y[i + kStride];
      k *= inverse[i];
    }
    const Real wanted = k * ((west + east) + (down + up));
    out.of[i] = wanted;
    short_of |= wanted > h[i] * almost ? 1 : 0;
  }
  out.limits = short_of != 0;
  if (!out.limits) return;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real there = h[i] * almost;
    out.of[i] = there / larger(larger(out.of[i], there), Real(1e-30));
  }
}

// Discharges west of cells 0 .. width of row j, limited and kept.
template <class Real, bool kObstacles, bool kLimits>
CITYTWIN_INLINE void keep_x(const KernelTile<Real>& t, int j, const Faces<Real>& raw,
                            const Share<Real>& share, Scratch<Real>& s) {
  const std::size_t at = rimmed(0, j);
  Real* kept = t.u + at;
  const Real* open = kObstacles ? t.around->open_x.data() + at : nullptr;
  const int n = t.width + 1;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real q = raw.q[i + 1];
    Real limited = q;
    if constexpr (kLimits) limited *= q > 0 ? share.of[i] : share.of[i + 1];
    kept[i] = limited;
    s.east[i] = kObstacles ? limited * open[i] : limited;
    s.east_speed[i] = limited * raw.inverse_depth[i + 1];
  }
}

// Discharges south of the cells of row j, limited and kept.
template <class Real, bool kObstacles, bool kLimits>
CITYTWIN_INLINE void keep_y(const KernelTile<Real>& t, int j, const Faces<Real>& raw,
                            const Share<Real>& below, const Share<Real>& here, Real* volume, Real* speed) {
  const std::size_t at = rimmed(0, j);
  Real* kept = t.v + at;
  const Real* open = kObstacles ? t.around->open_y.data() + at : nullptr;
  const int n = t.width;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real q = raw.q[i + 1];
    Real limited = q;
    if constexpr (kLimits) limited *= q > 0 ? below.of[i + 1] : here.of[i + 1];
    kept[i] = limited;
    volume[i] = kObstacles ? limited * open[i] : limited;
    speed[i] = limited * raw.inverse_depth[i + 1];
  }
}

// Change of depth of row j in row.h, speed in row.qx.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void balance(const KernelTile<Real>& t, int j, Real k, const Real* south, const Real* north,
                             const Real* south_speed, const Real* north_speed, Scratch<Real>& s) {
  const Real* inverse = kObstacles ? t.around->inverse_share.data() + rimmed(0, j) : nullptr;
  const Real* scale = kObstacles ? t.around->speed_scale.data() + rimmed(0, j) : nullptr;
  Row<Real>& row = s.row;
  const int n = t.width;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    Real share = k;
    if constexpr (kObstacles) share *= inverse[i];
    row.h[i] = -share * ((s.east[i + 1] - s.east[i]) + (north[i] - south[i]));
    const Real u = Real(0.5) * (s.east_speed[i] + s.east_speed[i + 1]);
    const Real v = Real(0.5) * (south_speed[i] + north_speed[i]);
    row.qx[i] = std::sqrt(u * u + v * v);
    Real signal = Real(kFilmWave) * (std::abs(u) + std::abs(v));
    if constexpr (kObstacles) signal *= scale[i];
    row.top_speed[i] = larger(row.top_speed[i], signal);
  }
  if (t.source == nullptr) return;
  const double* source = t.source + local(0, j);
  for (int i = 0; i < n; ++i) row.h[i] += Real(source[i]);
}

// New depths into the state.
template <class Real, bool kObstacles>
CITYTWIN_INLINE void keep_depths(const KernelTile<Real>& t, int j, Scratch<Real>& s) {
  Real* h_out = t.h + rimmed(0, j);
  const Real* scale = kObstacles ? t.around->speed_scale.data() + rimmed(0, j) : nullptr;
  Row<Real>& row = s.row;
  const int n = t.width;
#pragma GCC ivdep
  for (int i = 0; i < n; ++i) {
    const Real h = row.h[i];
    h_out[i] = h;
    row.deepest[i] = larger(row.deepest[i], h);
    if constexpr (kObstacles) s.weighted[i] = larger(s.weighted[i], h * scale[i]);
    row.bad[i] |= h <= Real(1e6) ? 0 : 1;
  }
}

// The rows of the tile from south to north. Discharges are found two rows ahead of the depths that they
// change: the limit of a face needs all faces of the cells on both sides.
template <class Real, bool kObstacles>
struct Sweep {
  const KernelTile<Real>& t;
  const KernelStep& step;
  StepFactors<Real> f;
  Scratch<Real>& s;
  TileBooks& books;

  [[nodiscard]] CITYTWIN_INLINE bool wet(int j) const { return s.wet[j + kRim]; }
  [[nodiscard]] CITYTWIN_INLINE Faces<Real>& x(int j) { return s.x[j & 1]; }
  [[nodiscard]] CITYTWIN_INLINE Faces<Real>& y(int j) { return s.y[(j + 3) % 3]; }
  [[nodiscard]] CITYTWIN_INLINE Share<Real>& share(int j) { return s.share[j & 1]; }

  CITYTWIN_INLINE void find_x(int j) {
    if (wet(j))
      x_faces<Real, kObstacles>(t, j, f, drag_row(t, j, s.same_drag), x(j));
    else
      clear_faces(x(j));
  }
  CITYTWIN_INLINE void find_y(int j) {
    if (wet(j - 1) || wet(j))
      y_faces<Real, kObstacles>(t, j, f, drag_row(t, j - 1, s.same_drag), drag_row(t, j, s.same_drag), y(j));
    else
      clear_faces(y(j));
  }
  // Everything about row j + 1 that the limits on row j's faces need.
  CITYTWIN_INLINE void look_ahead(int j) {
    find_x(j + 1);
    find_y(j + 2);
    if (j + 2 == t.grid_end[3]) y_edge<Real, kObstacles>(t, 3, f, y(j + 1), y(j + 2));
    if (j + 1 == t.grid_end[2]) y_edge<Real, kObstacles>(t, 2, f, y(j + 2), y(j + 1));
    if (wet(j + 1))
      find_shares<Real, kObstacles>(t, j + 1, f, x(j + 1), y(j + 1), y(j + 2), share(j + 1));
    else
      fill_shares(share(j + 1), Real(0));
  }
  CITYTWIN_INLINE void limit_y(int j, Real* volume, Real* speed) {
    Share<Real>&below = share(j - 1), &here = share(j);
    if (!below.limits && !here.limits)
      return keep_y<Real, kObstacles, false>(t, j, y(j), below, here, volume, speed);
    if (!below.limits) fill_shares(below, Real(1));
    if (!here.limits) fill_shares(here, Real(1));
    keep_y<Real, kObstacles, true>(t, j, y(j), below, here, volume, speed);
  }
  // Nothing moves in row j or its neighbours, and nothing is left moving.
  CITYTWIN_INLINE void rest(int j, Real* south) {
    for (int i = 0; i < kRow; ++i) south[i] = 0;
    for (int i = 0; i <= t.width; ++i) t.u[rimmed(i, j)] = t.v[rimmed(i, j + 1)] = 0;
  }

  CITYTWIN_INLINE void run() {
    const double cell_area = step.cell_m * step.cell_m;
    const double face_volume = step.dt * step.cell_m;
    find_wet(t, s.wet);
    Real *south = s.south, *north = s.north, *south_speed = s.south_speed, *north_speed = s.north_speed;
    find_y(-1);
    find_x(-1);
    find_y(0);
    find_shares<Real, kObstacles>(t, -1, f, x(-1), y(-1), y(0), share(-1));
    look_ahead(-1);
    limit_y(0, south, south_speed);
    book_edge(2, south, -face_volume);
    std::size_t next_held = 0;
    const bool may_rest = t.source == nullptr && t.held_count == 0;
    for (int j = 0; j < t.height; ++j) {
      look_ahead(j);
      if (may_rest && !wet(j - 1) && !wet(j) && !wet(j + 1)) {
        rest(j, south);
        continue;
      }
      if (share(j).limits)
        keep_x<Real, kObstacles, true>(t, j, x(j), share(j), s);
      else
        keep_x<Real, kObstacles, false>(t, j, x(j), share(j), s);
      limit_y(j + 1, north, north_speed);
      balance<Real, kObstacles>(t, j, f.k, south, north, south_speed, north_speed, s);
      if (add_depths(t, j, s.row)) clip_row(t, j, cell_area, s.row, books);
      if constexpr (kObstacles) next_held = hold_row(t, j, cell_area, next_held, s.row, books);
      keep_depths<Real, kObstacles>(t, j, s);
      maxima_row(t, j, step, s.row);
      if (t.open_edge[0]) book(-static_cast<double>(s.east[0]) * face_volume, books);
      if (t.open_edge[1]) book(static_cast<double>(s.east[t.width]) * face_volume, books);
      std::swap(south, north);
      std::swap(south_speed, north_speed);
    }
    book_edge(3, south, face_volume);
  }

  CITYTWIN_INLINE void book_edge(int side, const Real* volume, double face_volume) {
    if (!t.open_edge[side]) return;
    for (int i = 0; i < t.width; ++i) book(static_cast<double>(volume[i]) * face_volume, books);
  }
};

// A tile that has just run dry takes part once more, to bring its faces to rest.
template <class Real>
CITYTWIN_INLINE bool still_moving(const KernelTile<Real>& t) {
  for (int j = 0; j <= t.height; ++j)
    for (int i = 0; i <= t.width; ++i)
      if (t.u[rimmed(i, j)] != 0 || t.v[rimmed(i, j)] != 0) return true;
  return false;
}

template <class Real, bool kObstacles>
CITYTWIN_INLINE KernelResult run_tile(const KernelTile<Real>& t, const KernelStep& step, TileBooks& books) {
  Scratch<Real> s;
  reset(s.row);
  for (int i = 0; i < kRow; ++i) s.weighted[i] = 0;
  for (int i = 0; i < 2 * kRow; ++i) s.same_drag[i] = t.drag_everywhere;
  const StepFactors<Real> f{Real(step.dt / 2), Real(kGravity * step.dt / step.cell_m),
                            Real(step.dt / step.cell_m), Real(step.dry)};
  Sweep<Real, kObstacles>{t, step, f, s, books}.run();
  KernelResult result = result_of(t, s.row);
  Real deepest = 0;
  for (int i = 0; i < t.width; ++i) {
    deepest = larger(deepest, kObstacles ? s.weighted[i] : s.row.deepest[i]);
  }
  result.wet = result.wet || still_moving(t);
  result.speed = larger(result.speed, std::sqrt(kGravity * static_cast<double>(deepest)));
  return result;
}

}  // namespace

CITYTWIN_DEFINE_KERNEL(step_local_inertia)

}  // namespace citytwin::surface_water
