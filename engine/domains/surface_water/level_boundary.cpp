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

bool is_held(const Tile& tile, int i, int j) {
  if (i < 0 || i >= tile.width || j < 0 || j >= tile.height) return false;
  return std::ranges::binary_search(tile.held, static_cast<std::uint16_t>(local(i, j)), {}, &HeldCell::cell);
}

// The face between a cell at an edge and the one within.
struct InnerFace {
  bool x, low;        // across x, else y; the cell at the edge lies in the west or south of it
  std::size_t index;  // layout of Obstacles::open_x, open_y
};
InnerFace inner_face(int i, int j, int border) {
  const bool x = border < 2;
  const bool low = border % 2 == 0;
  const auto own = static_cast<std::size_t>(j * kStride + i);  // west or south of the cell
  return {x, low, low ? own + (x ? 1 : kStride) : own};
}

}  // namespace

// What stands between a cell at the edge and the one within, above the ground of each [m], at least 0.
template <class Real>
auto TiledWater<Real>::sill_at_edge(std::size_t t, int i, int j, int border) const -> Sill {
  const State& s = *state_[t];
  const InnerFace face = inner_face(i, j, border);
  const std::size_t high = face.low ? rimmed(i, j) + (face.x ? 1 : kStride) : rimmed(i, j);
  const Real step = (face.x ? s.step_east : s.step_north)[high];
  const Real rise = face.low ? step : -step;  // of the ground within above that here
  const Real over_low = (face.x ? s.over_west : s.over_south)[face.index];
  const Real over_high = (face.x ? s.over_east : s.over_north)[face.index];
  const Sill crest = face.low ? Sill{over_low, over_high} : Sill{over_high, over_low};
  return {std::max({rise, crest.here, Real(0)}), std::max({-rise, crest.within, Real(0)})};
}

// Depths count above the higher ground or the crest between the cells, so that still water stays still; on
// its way to the edge the wave feels the friction that slows the water. Water enters at critical speed at
// most: over a bank or a wall at that of what stands above it, which is less by depth in the pool before it.
template <class Real>
Real TiledWater<Real>::speed_over_edge(std::size_t t, int i, int j, int border) const {
  const State& s = *state_[t];
  const Side& side = kSides[border];
  const std::size_t within = rimmed(i - side.di, j - side.dj);
  const std::size_t here = rimmed(i, j);
  const Sill sill = sill_at_edge(t, i, j, border);
  const Real h_here = s.h[here] - sill.here;
  if (h_here <= static_cast<Real>(params_.dry)) return 0;
  const Real h_within = std::max(s.h[within] - sill.within, Real(0));
  const auto g = static_cast<Real>(kGravity);
  const Real c_here = std::sqrt(g * h_here);
  const Real c_within = std::sqrt(g * h_within);
  const Real outward = static_cast<Real>(side.di + side.dj);
  const Real u = outward * (side.di != 0 ? s.u[within] : s.v[within]);
  const auto gn2 = static_cast<Real>(tiles_.tiles()[t].friction[local(i, j)]);
  const Real depth = std::max(s.h[within], static_cast<Real>(params_.dry));
  const Real travel = static_cast<Real>(tiles_.spec().cell_m) * 2 / (c_here + c_within);  // [s]
  const Real slows = travel * gn2 * std::abs(u) / (depth * std::cbrt(depth));
  const Real un = u * (1 - std::min(slows, Real(1))) + 2 * (c_within - c_here);
  const Real fastest = c_here * h_here / s.h[here];
  return outward * std::max(un, -fastest);
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
      const InnerFace face = inner_face(i, j, border);
      const auto& open = face.x ? tile.obstacles->open_x : tile.obstacles->open_y;
      if (s.h[here] <= static_cast<Real>(params_.dry) || !(open[face.index] > 0)) continue;
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
