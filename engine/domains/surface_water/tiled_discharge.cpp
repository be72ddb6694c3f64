// What local inertia needs besides depths: discharges on faces, and all that stands on the faces of the rims.
// A face at a border is stored by both tiles; the tile whose west or south face it is owns it.
#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/faces.hpp"
#include "engine/domains/surface_water/tiled_water.hpp"

namespace citytwin::surface_water {

template <class Real>
FaceObstacles<Real>::FaceObstacles()
    : open_x(kRimmedCells, Real(1)),
      open_y(kRimmedCells, Real(1)),
      over_west(kRimmedCells, static_cast<Real>(kNoCrest)),
      over_east(kRimmedCells, static_cast<Real>(kNoCrest)),
      over_south(kRimmedCells, static_cast<Real>(kNoCrest)),
      over_north(kRimmedCells, static_cast<Real>(kNoCrest)),
      inverse_share(kRimmedCells, Real(1)),
      speed_scale(kRimmedCells, Real(1)) {}

template <class Real>
void TiledWater<Real>::place_drag(std::size_t t) {
  const Tile& tile = tiles_.tiles()[t];
  const GridSpec& spec = tiles_.spec();
  const auto [i0, j0] = tiles_.corner(t);
  State& s = *state_[t];
  std::vector<Real> drag(kRimmedCells);
  for (int j = -kRim; j < tile.height + kRim; ++j)
    for (int i = -kRim; i < tile.width + kRim; ++i) {
      const int gi = std::clamp(i0 + i, 0, spec.nx - 1);
      const int gj = std::clamp(j0 + j, 0, spec.ny - 1);
      const Tile& from = tiles_.tiles()[tiles_.tile_index(gi, gj)];
      drag[rimmed(i, j)] = static_cast<Real>(from.friction[local(gi % kTile, gj % kTile)]);
    }
  s.drag_everywhere = drag[rimmed(0, 0)];
  bool same = true;
  for (int j = -kRim; j < tile.height + kRim; ++j)
    for (int i = -kRim; i < tile.width + kRim; ++i) same = same && drag[rimmed(i, j)] == s.drag_everywhere;
  s.drag.clear();
  if (!same) s.drag.assign(drag.begin(), drag.end());
}

template <class Real>
std::unique_ptr<FaceObstacles<Real>> TiledWater<Real>::gather_obstacles(std::size_t t) const {
  bool any = false;
  for (int dj = -1; dj <= 1; ++dj)
    for (int di = -1; di <= 1; ++di)
      if (const std::size_t n = neighbour(t, di, dj); n != kNoTile)
        any = any || tiles_.tiles()[n].obstacles != nullptr;
  if (!any) return nullptr;
  auto around = std::make_unique<FaceObstacles<Real>>();
  const Tile& tile = tiles_.tiles()[t];
  const GridSpec& spec = tiles_.spec();
  const auto [i0, j0] = tiles_.corner(t);
  // The tile that stores what is at a cell, or at the end of the grid the last one.
  const auto place = [&](float crest, double low, double high, Real& over_low, Real& over_high) {
    if (crest <= kNoCrest) return;
    over_low = static_cast<Real>(static_cast<double>(crest) - low);
    over_high = static_cast<Real>(static_cast<double>(crest) - high);
  };
  for (int j = -kRim; j <= tile.height + 1; ++j)
    for (int i = -kRim; i <= tile.width + 1; ++i) {
      const int gi = i0 + i;
      const int gj = j0 + j;
      const std::size_t k = rimmed(i, j);
      if (gi < 0 || gj < 0 || gi > spec.nx || gj > spec.ny) continue;
      const int ci = std::min(gi, spec.nx - 1);
      const int cj = std::min(gj, spec.ny - 1);
      const Tile& from = tiles_.tiles()[tiles_.tile_index(ci, cj)];
      if (!from.obstacles) continue;
      const Obstacles& o = *from.obstacles;
      const auto [a0, b0] = tiles_.corner(tiles_.tile_index(ci, cj));
      const int a = gi - a0;
      const int b = gj - b0;
      const auto at = static_cast<std::size_t>(b * kStride + a);
      const auto ground = [&](int da, int db) { return from.ground[rimmed(a + da, b + db)]; };
      if (gj < spec.ny) {
        around->open_x[k] = static_cast<Real>(o.open_x[at]);
        place(o.crest_x[at], ground(-1, 0), ground(0, 0), around->over_west[k], around->over_east[k]);
      }
      if (gi < spec.nx) {
        around->open_y[k] = static_cast<Real>(o.open_y[at]);
        place(o.crest_y[at], ground(0, -1), ground(0, 0), around->over_south[k], around->over_north[k]);
      }
      if (gi >= spec.nx || gj >= spec.ny) continue;
      around->inverse_share[k] = static_cast<Real>(o.inverse_share[local(a, b)]);
      around->speed_scale[k] = static_cast<Real>(o.speed_scale[local(a, b)]);
    }
  return around;
}

// The faces where the grid ends, as far as the tile computes them: a neighbour may be one cell wide.
template <class Real>
void TiledWater<Real>::find_grid_ends(std::size_t t, KernelTile<Real>& k) const {
  const Tile& tile = tiles_.tiles()[t];
  const GridSpec& spec = tiles_.spec();
  const auto [i0, j0] = tiles_.corner(t);
  k.edge_open = params_.edge == EdgeRule::open;
  if (i0 == 0) k.grid_end[0] = 0;
  if (j0 == 0) k.grid_end[2] = 0;
  if (spec.nx - i0 <= tile.width + 1) k.grid_end[1] = spec.nx - i0;
  if (spec.ny - j0 <= tile.height + 1) k.grid_end[3] = spec.ny - j0;
}

namespace {

// Faces of the rim on one side along one axis: from, below. In the east and north they begin with the face
// at the border, which the neighbour owns.
Span face_span(int direction, int size) {
  if (direction < 0) return {-kRim, 0};
  if (direction > 0) return {size, size + kRim + 1};
  return {0, size};
}

}  // namespace

template <class Real>
void TiledWater<Real>::copy_discharges(std::size_t t, int di, int dj) {
  const std::size_t from = neighbour(t, di, dj);
  if (from == kNoTile) return;
  const State* other = state_[from].get();  // null: dry, nothing moves
  State& to = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  Span x = face_span(di, tile.width);
  Span y = face_span(dj, tile.height);
  if (di == 0 && tile.at_edge[1]) ++x.below;  // the face at the end of the grid: nobody owns it
  if (dj == 0 && tile.at_edge[3]) ++y.below;
  if (other != nullptr) {
    copy_block(other->u, to.u, x, y, rim_offset(di, dj));
    copy_block(other->v, to.v, x, y, rim_offset(di, dj));
    return;
  }
  for (int j = y.from; j < y.below; ++j)
    for (int i = x.from; i < x.below; ++i) to.u[rimmed(i, j)] = to.v[rimmed(i, j)] = 0;
}

// Depth of the cell beside (i, j), which may lie in another tile: rims are only as new as the last sub-step.
template <class Real>
Real TiledWater<Real>::depth_beside(std::size_t t, int i, int j, int di, int dj) const {
  const Tile& tile = tiles_.tiles()[t];
  const bool inside = i + di >= 0 && i + di < tile.width && j + dj >= 0 && j + dj < tile.height;
  if (inside) return state_[t]->h[rimmed(i + di, j + dj)];
  const std::size_t n = neighbour(t, di, dj);
  if (n == kNoTile) return state_[t]->h[rimmed(i, j)];
  if (!state_[n]) return 0;
  return state_[n]->h[rimmed((i + di + kTile) % kTile, (j + dj + kTile) % kTile)];
}

namespace {

// Velocity on a face: its discharge through the water that stands on it, or 0 where that is no deeper than
// `dry`. `step` is the ground right of it above that left of it; all inlined, so that rows become vector
// code.
template <class Real>
CITYTWIN_INLINE double face_velocity(Real q, Real h_left, Real h_right, Real step, Real dry) {
  const Real depth = larger(h_left - larger(step, Real(0)), h_right - larger(-step, Real(0)));
  return depth > dry ? static_cast<double>(q) / static_cast<double>(depth) : 0.0;
}

}  // namespace

// Velocity of a cell: the mean of its faces'.
template <class Real>
CellWater TiledWater<Real>::mean_of_faces(std::size_t t, int i, int j) const {
  const State& s = *state_[t];
  const std::size_t k = rimmed(i, j);
  const Real h = s.h[k];
  const auto dry = static_cast<Real>(params_.dry);
  const double west = face_velocity(s.u[k], depth_beside(t, i, j, -1, 0), h, s.step_east[k], dry);
  const double east = face_velocity(s.u[k + 1], h, depth_beside(t, i, j, 1, 0), s.step_east[k + 1], dry);
  const double south = face_velocity(s.v[k], depth_beside(t, i, j, 0, -1), h, s.step_north[k], dry);
  const double north =
      face_velocity(s.v[k + kStride], h, depth_beside(t, i, j, 0, 1), s.step_north[k + kStride], dry);
  return {static_cast<double>(h), 0.5 * (west + east), 0.5 * (south + north)};
}

// mean_of_faces() of all cells of row j.
template <class Real>
void TiledWater<Real>::means_of_faces(std::size_t t, int j, double* east, double* north) const {
  const State& s = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  const int width = tile.width;
  const auto dry = static_cast<Real>(params_.dry);
  std::array<Real, kTile + 2> h{};  // from the cell west of the row to that east of it
  std::array<Real, kTile> beside{};
  std::array<double, kTile + 1> face{};
  const std::size_t k = rimmed(0, j);
  h[0] = depth_beside(t, 0, j, -1, 0);
  h[static_cast<std::size_t>(width) + 1] = depth_beside(t, width - 1, j, 1, 0);
  std::copy_n(s.h.data() + k, width, h.data() + 1);
  for (int i = 0; i <= width; ++i)
    face[i] = face_velocity(s.u[k + i], h[i], h[i + 1], s.step_east[k + i], dry);
  for (int i = 0; i < width; ++i) east[i] = 0.5 * (face[i] + face[i + 1]);

  const auto row_beside = [&](int dj) -> const Real* {
    if (j + dj >= 0 && j + dj < tile.height) return s.h.data() + rimmed(0, j + dj);
    for (int i = 0; i < width; ++i) beside[i] = depth_beside(t, i, j, 0, dj);
    return beside.data();
  };
  const Real* other = row_beside(-1);
  for (int i = 0; i < width; ++i)
    face[i] = face_velocity(s.v[k + i], other[i], h[i + 1], s.step_north[k + i], dry);
  other = row_beside(1);
  const std::size_t above = k + kStride;
  for (int i = 0; i < width; ++i)
    north[i] =
        0.5 * (face[i] + face_velocity(s.v[above + i], h[i + 1], other[i], s.step_north[above + i], dry));
}

// Half of a cell's discharge to each of its faces; a face on a border belongs to the tile beyond.
template <class Real>
void TiledWater<Real>::spread_to_faces(std::size_t t, int i, int j, const CellWater& water) {
  const Tile& tile = tiles_.tiles()[t];
  const auto qx = static_cast<Real>(0.5 * water.depth * water.east);
  const auto qy = static_cast<Real>(0.5 * water.depth * water.north);
  state_[t]->u[rimmed(i, j)] += qx;
  state_[t]->v[rimmed(i, j)] += qy;
  const auto add = [&](int di, int dj, std::pmr::vector<Real> State::*q, Real half) {
    const bool beyond = i + di >= tile.width || j + dj >= tile.height;
    const std::size_t owner = beyond ? neighbour(t, di, dj) : t;
    if (owner == kNoTile || half == 0) return;
    start(owner);
    state_[owner]->border_is_fresh = false;
    (*state_[owner].*q)[rimmed((i + di) % kTile, (j + dj) % kTile)] += half;
  };
  add(1, 0, &State::u, qx);
  add(0, 1, &State::v, qy);
}

template struct FaceObstacles<float>;
template struct FaceObstacles<double>;
template void TiledWater<float>::place_drag(std::size_t);
template void TiledWater<double>::place_drag(std::size_t);
template std::unique_ptr<FaceObstacles<float>> TiledWater<float>::gather_obstacles(std::size_t) const;
template std::unique_ptr<FaceObstacles<double>> TiledWater<double>::gather_obstacles(std::size_t) const;
template void TiledWater<float>::find_grid_ends(std::size_t, KernelTile<float>&) const;
template void TiledWater<double>::find_grid_ends(std::size_t, KernelTile<double>&) const;
template void TiledWater<float>::copy_discharges(std::size_t, int, int);
template void TiledWater<double>::copy_discharges(std::size_t, int, int);
template CellWater TiledWater<float>::mean_of_faces(std::size_t, int, int) const;
template CellWater TiledWater<double>::mean_of_faces(std::size_t, int, int) const;
template void TiledWater<float>::means_of_faces(std::size_t, int, double*, double*) const;
template void TiledWater<double>::means_of_faces(std::size_t, int, double*, double*) const;
template void TiledWater<float>::spread_to_faces(std::size_t, int, int, const CellWater&);
template void TiledWater<double>::spread_to_faces(std::size_t, int, int, const CellWater&);

}  // namespace citytwin::surface_water
