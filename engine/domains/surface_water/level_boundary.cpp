// The velocity of water whose level is imposed at the edge of the grid. One wave enters there, made by the
// level; the other comes from within and leaves, so the velocity normal to the edge follows from its Riemann
// invariant (Toro 2001, section 5.4): un + 2c of the free cell within holds on the edge as well. Waves then
// pass the edge in both directions: one that a level makes has its full height, one that comes from within
// meets a water surface of the given level.
#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/tiled_water.hpp"

namespace citytwin::surface_water {

namespace {

struct Side {
  int di, dj;
};
constexpr Side kSides[4] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};  // west, east, south, north

bool is_held(const Tile& tile, int i, int j) {
  if (i < 0 || i >= tile.width || j < 0 || j >= tile.height) return false;
  return std::ranges::binary_search(tile.held, static_cast<std::uint16_t>(local(i, j)), {}, &HeldCell::cell);
}

bool is_open(const Obstacles& o, int i, int j, int border) {
  const auto row = static_cast<std::size_t>(j * kStride);
  const auto west = row + static_cast<std::size_t>(i);
  switch (border) {  // the face away from that edge
    case 0:
      return o.open_x[west + 1] > 0;
    case 1:
      return o.open_x[west] > 0;
    case 2:
      return o.open_y[west + kStride] > 0;
    default:
      return o.open_y[west] > 0;
  }
}

}  // namespace

// Water enters no faster than a wave can run against it: over ground that is dry within, it falls at critical
// speed.
template <class Real>
Real TiledWater<Real>::speed_over_edge(std::size_t t, int i, int j, int border) const {
  const State& s = *state_[t];
  const Side& side = kSides[border];
  const std::size_t within = rimmed(i - side.di, j - side.dj);
  const std::size_t here = rimmed(i, j);
  const Real outward = static_cast<Real>(side.di + side.dj);
  const Real c_within = std::sqrt(static_cast<Real>(kGravity) * s.h[within]);
  const Real c_here = std::sqrt(static_cast<Real>(kGravity) * s.h[here]);
  const Real un = outward * (side.di != 0 ? s.u[within] : s.v[within]) + 2 * (c_within - c_here);
  return outward * std::max(un, -c_here);
}

// Local inertia weighs the discharge of a face with those beside it: beyond the edge flows what flows within.
// (It moves no water: the face there is computed anew in each step.)
template <class Real>
void TiledWater<Real>::flow_beyond_edge(std::size_t t, int i, int j, int border) {
  State& s = *state_[t];
  const Side& side = kSides[border];
  std::pmr::vector<Real>& q = side.di != 0 ? s.u : s.v;
  const std::size_t low = rimmed(i, j);  // the cell's face in the west or south
  const std::size_t high = side.di != 0 ? rimmed(i + 1, j) : rimmed(i, j + 1);
  if (side.di + side.dj < 0)
    q[low] = q[high];
  else
    q[high] = q[low];
}

template <class Real>
void TiledWater<Real>::pass_waves(std::size_t t) {
  Tile& tile = tiles_.tiles()[t];
  State& s = *state_[t];
  for (const HeldCell& cell : tile.held) {
    if (cell.flows == 0) continue;
    const int i = cell.cell % kTile;
    const int j = cell.cell / kTile;
    const std::array<bool, 4> at_edge{tile.at_edge[0] && i == 0, tile.at_edge[1] && i == tile.width - 1,
                                      tile.at_edge[2] && j == 0, tile.at_edge[3] && j == tile.height - 1};
    const std::size_t here = rimmed(i, j);
    for (int border = 0; border < 4; ++border) {
      const Side& side = kSides[border];
      if (!at_edge[static_cast<std::size_t>(border)] || is_held(tile, i - side.di, j - side.dj)) continue;
      if (s.h[here] <= static_cast<Real>(params_.dry) || !is_open(*tile.obstacles, i, j, border)) continue;
      if (inertial())
        flow_beyond_edge(t, i, j, border);
      else
        (side.di != 0 ? s.u : s.v)[here] = speed_over_edge(t, i, j, border);
    }
    if (inertial()) continue;
    const double speed = cell_speed(t, i, j);
    tile.speed = std::max(tile.speed, speed);
    for (double& at_border : tile.border_speed) at_border = std::max(at_border, speed);
  }
}

template void TiledWater<float>::pass_waves(std::size_t);
template void TiledWater<double>::pass_waves(std::size_t);

}  // namespace citytwin::surface_water
