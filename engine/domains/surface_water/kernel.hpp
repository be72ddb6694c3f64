// One sub-step of one tile: finite volumes for the shallow water equations, first or second order.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/domains/surface_water/tile.hpp"

namespace citytwin::surface_water {

inline constexpr int kNoEnd = -1000;

// What stands on the faces of a tile and of its rims: local inertia computes those too. All rimmed; x: west
// of a cell, y: south of it.
template <class Real>
struct FaceObstacles {
  std::vector<Real> open_x, open_y;        // share of the width that is open
  std::vector<Real> over_west, over_east;  // crest above the ground on both sides [m], kNoCrest = none
  std::vector<Real> over_south, over_north;
  std::vector<Real> inverse_share, speed_scale;  // as in Obstacles, by cell
  FaceObstacles();
};

// What the kernel sees of a tile. Rimmed arrays are passed whole; Real is the type of the state.
template <class Real>
struct KernelTile {
  int width = 0, height = 0;
  Real* h = nullptr;
  Real* u = nullptr;                 // velocity; in local inertia the discharge across the west face [m2/s]
  Real* v = nullptr;                 // and across the south face
  Real* rest = nullptr;              // what the depth is above the exact sum [m] (64 x 64); in 32 bits only
  const Real* step_east = nullptr;   // ground above that of the cell west [m] (rimmed)
  const Real* step_north = nullptr;  // ground above that of the cell south [m] (rimmed)
  const double* ground = nullptr;    // [m] (rimmed); for held cells only
  const Real* over_west = nullptr;   // crests of walls above the ground on both sides; as Obstacles::open_x
  const Real* over_east = nullptr;
  const Real* over_south = nullptr;  // as Obstacles::open_y
  const Real* over_north = nullptr;
  const Real* smooth =
      nullptr;  // 1: may have slopes, 0: not (rimmed); nullptr = all may; not in local inertia
  const float* friction = nullptr;              // g n2 (64 x 64)
  const Real* drag = nullptr;                   // the same, rimmed; not in first order
  Real drag_everywhere = 0;                     // where `drag` is nullptr
  const FaceObstacles<Real>* around = nullptr;  // or nullptr; for local inertia, as to the next blank line
  int grid_end[4] = {kNoEnd, kNoEnd, kNoEnd, kNoEnd};  // west, east, south, north: the face
  bool edge_open = false;

  const double* source = nullptr;        // depth added in this sub-step (64 x 64) [m], or nullptr
  const Obstacles* obstacles = nullptr;  // or nullptr
  float* max_depth = nullptr;
  float* max_speed = nullptr;
  float* max_hazard = nullptr;
  float* arrival = nullptr;
  double* above = nullptr;
  double* row_above = nullptr;
  std::uint8_t* row_arrived = nullptr;
  RowBounds* row_bounds = nullptr;
  const HeldCell* held = nullptr;
  const double* held_level = nullptr;  // level of each group at the end of the sub-step [m]
  std::size_t held_count = 0;
  bool open_edge[4] = {};  // west, east, south, north: book what passes
  // Not in local inertia. West, east, south, north: mean fluxes of the step that the neighbour has found in
  // finer steps, or nullptr; where to add what passes, times dt, for a neighbour that takes a longer step, or
  // nullptr.
  const BorderFlux* given[4] = {};
  BorderFlux* record[4] = {};
  double longer_dt[4] = {};  // that neighbour's step [s]
};

struct KernelStep {
  double dt = 0;  // [s]
  double cell_m = 1;
  double dry = 1e-6;       // below this depth water has no velocity [m]
  float end_time = 0;      // of the sub-step [s]
  double threshold = 0.1;  // of arrival and duration [m]
};

struct KernelResult {
  // Max of |u| + |v| + 2 sqrt(g h), in local inertia of |u| + |v| and of sqrt(g h), scaled by
  // Obstacles::speed_scale [m/s].
  double speed = 0;
  double border_speed[4] = {};  // the same, west, east, south, north within kReach cells of the border
  bool wet = false;
  bool bad = false;  // a value is not finite, or absurd
};

// Volumes that pass open edges, held cells and clipping are added to `books`. Real: float or double.
template <class Real>
KernelResult step_first_order(const KernelTile<Real>& tile, const KernelStep& step, TileBooks& books);
// Reads two cells of rim; no depth turns negative up to a cfl of 0.45.
template <class Real>
KernelResult step_second_order(const KernelTile<Real>& tile, const KernelStep& step, TileBooks& books);
// Discharges on faces; reads two cells and three faces of rim.
template <class Real>
KernelResult step_local_inertia(const KernelTile<Real>& tile, const KernelStep& step, TileBooks& books);

}  // namespace citytwin::surface_water
