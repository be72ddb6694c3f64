// What the kernels keep while they work on a row of cells, and how they are compiled.
#pragma once

#include <cmath>

#include "engine/domains/surface_water/faces.hpp"
#include "engine/domains/surface_water/kernel.hpp"

// The same source compiled for several vector widths, chosen when the program starts. No value depends on
// the choice: -ffp-contract=off, and every operation is correctly rounded.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define CITYTWIN_VECTOR_CLONES [[gnu::target_clones("avx512f", "avx2", "default")]]
#else
#define CITYTWIN_VECTOR_CLONES
#endif

namespace citytwin::surface_water {

inline constexpr int kRow = kTile + 8;
inline constexpr int kBands = kTile / kReach;
inline constexpr float kLater = 1e30F;  // never, as far as arrival times go

template <class Real>
struct FaceRow {
  alignas(64) Real mass[kRow], left[kRow], right[kRow], tangential[kRow];
};

// Scratch of one row; lives on the stack of step_tile.
template <class Real>
struct Row {
  FaceRow<Real> x, south, north;
  alignas(64) Real h[kTile], qx[kTile], qy[kTile];
  int most_rise = 0;                           // of a depth in the row [m], by ordered()
  alignas(64) Real top_speed[kTile];           // of the band of kReach rows that is being settled
  alignas(64) Real band_speed[kBands][kTile];  // of bands that are done
  int band = 0;
  alignas(64) Real deepest[kTile];
  alignas(64) int bad[kTile];
};

// 1 or 0 for cells -1 .. of row j: whether the cell may have slopes. `ones`: kRow of them.
template <class Real>
CITYTWIN_INLINE const Real* smooth_row(const KernelTile<Real>& t, int j, const Real* ones) {
  return t.smooth == nullptr ? ones : t.smooth + rimmed(-1, j);
}

// g n2 of cells -1 .. of row j; the cell west of them can be read too. `same`: 2 x kRow times
// t.drag_everywhere.
template <class Real>
CITYTWIN_INLINE const Real* drag_row(const KernelTile<Real>& t, int j, const Real* same) {
  return t.drag == nullptr ? same + kPad : t.drag + rimmed(-1, j);
}

}  // namespace citytwin::surface_water
