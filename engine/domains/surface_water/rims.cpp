// Rims of tiles: copies of their neighbours' cells, or beyond the edge of the grid the mirror image. Those in
// the west and east come by way of columns that lie close together: a tile keeps a copy of its own border
// when it has been stepped, the tiles beside copy that when their rims are filled, and put it in place when
// they are stepped, while the rows are in the cache anyway.
#include <algorithm>

#include "engine/domains/surface_water/tiled_water.hpp"

namespace citytwin::surface_water {

namespace {

// Columns `first` .. `first` + Columns - 1 of a rimmed array, between it and `columns`; returns what follows
// those in `columns`.
template <int Columns, class Real>
Real* gather(const std::pmr::vector<Real>& array, int first, int height, Real* columns) {
  const Real* row = array.data() + rimmed(first, 0);
  for (int j = 0; j < height; ++j, row += kStride)
    for (int i = 0; i < Columns; ++i) *columns++ = row[i];
  return columns;
}
template <int Columns, class Real>
const Real* scatter(const Real* columns, int first, int height, std::pmr::vector<Real>& array) {
  Real* row = array.data() + rimmed(first, 0);
  for (int j = 0; j < height; ++j, row += kStride)
    for (int i = 0; i < Columns; ++i) row[i] = *columns++;
  return columns;
}

}  // namespace

// Faces of the west border are three columns deep, cells and what lies along the east border two.
template <class Real>
void TiledWater<Real>::keep_border(std::size_t t) {
  constexpr int kWide = BorderColumns<Real>::kWide;
  State& s = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  s.border_is_fresh = tile.width >= kWide;
  if (!s.border_is_fresh) return;
  const int h = tile.height;
  Real* west = gather<kRim>(s.h, 0, h, s.border.west.data());
  west = gather<kWide>(s.u, 0, h, west);
  gather<kWide>(s.v, 0, h, west);
  Real* east = gather<kRim>(s.h, tile.width - kRim, h, s.border.east.data());
  east = gather<kRim>(s.u, tile.width - kRim, h, east);
  gather<kRim>(s.v, tile.width - kRim, h, east);
}

// Copies what lies beyond the border on `side` (0 west, 1 east), for place_rim(); false if no fresh copy of
// it is there.
template <class Real>
bool TiledWater<Real>::take_border(std::size_t t, int side) {
  const std::size_t from = neighbour(t, side == 0 ? -1 : 1, 0);
  if (from == kNoTile || !state_[from] || !state_[from]->border_is_fresh) return false;
  // Faces where the grid ends in the north are in a row more.
  if (inertial() && tiles_.tiles()[t].at_edge[3]) return false;
  State& s = *state_[t];
  if (side == 0)
    s.rim.west = state_[from]->border.east;
  else
    s.rim.east = state_[from]->border.west;
  s.rim_waits[side] = true;
  return true;
}

template <class Real>
void TiledWater<Real>::place_rim(std::size_t t) {
  constexpr int kWide = BorderColumns<Real>::kWide;
  State& s = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  const int h = tile.height;
  if (s.rim_waits[0]) {
    const Real* from = scatter<kRim>(s.rim.west.data(), -kRim, h, s.h);
    from = scatter<kRim>(from, -kRim, h, s.u);
    scatter<kRim>(from, -kRim, h, s.v);
  }
  if (s.rim_waits[1]) {
    const Real* from = scatter<kRim>(s.rim.east.data(), tile.width, h, s.h);
    from = scatter<kWide>(from, tile.width, h, s.u);
    scatter<kWide>(from, tile.width, h, s.v);
  }
  s.rim_waits[0] = s.rim_waits[1] = false;
}

namespace {

Span rim_span(int direction, int size) {
  if (direction < 0) return {-kRim, 0};
  if (direction > 0) return {size, size + kRim};
  return {0, size};
}

}  // namespace

// Neighbours to the west and south are whole tiles, so a cell across the border is kTile away. A tile at the
// end of the grid may be narrower than the rim: beyond it is what its own rim holds, the mirror image.
template <class Real>
void TiledWater<Real>::copy_rim(std::size_t t, int di, int dj) {
  const std::size_t from = neighbour(t, di, dj);
  if (from == kNoTile || !state_[from]) return;  // dry: the rim is zero since allocation
  const State& other = *state_[from];
  State& to = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  const Span x = rim_span(di, tile.width);
  const Span y = rim_span(dj, tile.height);
  const int width = tiles_.tiles()[from].width;
  const int height = tiles_.tiles()[from].height;
  if (width >= kRim && height >= kRim) {
    const std::ptrdiff_t across = rim_offset(di, dj);
    copy_block(other.h, to.h, x, y, across);
    if (inertial()) return;
    copy_block(other.u, to.u, x, y, across);
    copy_block(other.v, to.v, x, y, across);
    return;
  }
  for (int j = y.from; j < y.below; ++j)
    for (int i = x.from; i < x.below; ++i) {
      int from_i = i - di * kTile;
      int from_j = j - dj * kTile;
      const bool beyond_x = from_i >= width;
      const bool beyond_y = from_j >= height;
      if (beyond_x) from_i = 2 * width - 1 - from_i;
      if (beyond_y) from_j = 2 * height - 1 - from_j;
      const std::size_t a = rimmed(from_i, from_j);
      const std::size_t b = rimmed(i, j);
      to.h[b] = other.h[a];
      if (inertial()) continue;
      to.u[b] = beyond_x ? beyond_edge(other.u[a], 1) : other.u[a];
      to.v[b] = beyond_y ? beyond_edge(other.v[a], 1) : other.v[a];
    }
}

// Velocity normal to the edge of the grid, beyond it. Beyond a closed edge the water is the mirror image;
// beyond an open one the same where it flows out. Nothing flows in over an open edge: there too it is then
// the mirror image.
template <class Real>
Real TiledWater<Real>::beyond_edge(Real normal, int outward) const {
  const bool leaves = params_.edge == EdgeRule::open && normal * static_cast<Real>(outward) > 0;
  return leaves ? normal : -normal;
}

template <class Real>
void TiledWater<Real>::mirror_rim(std::size_t t, int di, int dj) {
  State& s = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  // Corners are mirrored from the rim beside them, which is filled by then.
  const Span x = di != 0 ? rim_span(di, tile.width) : Span{-kRim, tile.width + kRim};
  const Span y = dj != 0 ? rim_span(dj, tile.height) : Span{-kRim, tile.height + kRim};
  for (int j = y.from; j < y.below; ++j)
    for (int i = x.from; i < x.below; ++i) {
      const int from_i = di == 0 ? i : di < 0 ? -1 - i : 2 * tile.width - 1 - i;
      const int from_j = dj == 0 ? j : dj < 0 ? -1 - j : 2 * tile.height - 1 - j;
      const std::size_t a = rimmed(from_i, from_j);
      const std::size_t b = rimmed(i, j);
      s.h[b] = s.h[a];
      if (inertial()) continue;
      s.u[b] = di != 0 ? beyond_edge(s.u[a], di) : s.u[a];
      s.v[b] = dj != 0 ? beyond_edge(s.v[a], dj) : s.v[a];
    }
}

template <class Real>
void TiledWater<Real>::fill_rims(std::size_t t) {
  const auto& edge = tiles_.tiles()[t].at_edge;
  for (int dj = -1; dj <= 1; ++dj)
    for (int di = -1; di <= 1; ++di) {
      if (di == 0 && dj == 0) continue;
      if (dj == 0 && take_border(t, di < 0 ? 0 : 1)) continue;
      copy_rim(t, di, dj);
      if (inertial()) copy_discharges(t, di, dj);
    }
  // The mirror image at the end of the grid takes in the rims beside it.
  if (std::ranges::find(edge, true) != edge.end()) place_rim(t);
  if (edge[0]) mirror_rim(t, -1, 0);
  if (edge[1]) mirror_rim(t, 1, 0);
  if (edge[2]) mirror_rim(t, 0, -1);
  if (edge[3]) mirror_rim(t, 0, 1);
}

template void TiledWater<float>::fill_rims(std::size_t);
template void TiledWater<double>::fill_rims(std::size_t);
template void TiledWater<float>::keep_border(std::size_t);
template void TiledWater<double>::keep_border(std::size_t);
template bool TiledWater<float>::take_border(std::size_t, int);
template bool TiledWater<double>::take_border(std::size_t, int);
template void TiledWater<float>::place_rim(std::size_t);
template void TiledWater<double>::place_rim(std::size_t);

}  // namespace citytwin::surface_water
