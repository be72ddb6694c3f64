// One sub-step of one tile: first-order finite volumes for the shallow water equations.
#pragma once

#include <cstdint>

#include "engine/domains/surface_water/tile.hpp"

namespace citytwin::surface_water {

// What the kernel sees of a tile. Rimmed arrays are passed whole; Real is the type of the state.
template <class Real>
struct KernelTile {
  int width = 0, height = 0;
  Real* h = nullptr;
  Real* u = nullptr;
  Real* v = nullptr;
  const Real* ground = nullptr;
  const float* friction = nullptr;       // g n2 (64 x 64)
  const double* source = nullptr;        // depth added in this sub-step (64 x 64) [m], or nullptr
  const Obstacles* obstacles = nullptr;  // or nullptr
  float* max_depth = nullptr;
  float* max_speed = nullptr;
  float* max_hazard = nullptr;
  float* arrival = nullptr;
  double* above = nullptr;
  const HeldCell* held = nullptr;
  const double* held_level = nullptr;  // level of each group at the end of the sub-step [m]
  std::size_t held_count = 0;
  bool open_edge[4] = {};  // west, east, south, north: book what passes
};

struct KernelStep {
  double dt = 0;  // [s]
  double cell_m = 1;
  double dry = 1e-6;       // below this depth water has no velocity [m]
  float end_time = 0;      // of the sub-step [s]
  double threshold = 0.1;  // of arrival and duration [m]
};

struct KernelResult {
  double speed = 0;  // max of |u| + |v| + 2 sqrt(g h), scaled by Obstacles::speed_scale [m/s]
  bool wet = false;
  bool bad = false;  // a value is not finite, or absurd
};

// Volumes that pass open edges, held cells and clipping are added to `books`.
KernelResult step_tile(const KernelTile<double>& tile, const KernelStep& step, TileBooks& books);

}  // namespace citytwin::surface_water
