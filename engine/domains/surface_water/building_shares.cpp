#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/obstacles.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {

// Points per cell side: 8, fewer on very large grids so that the fine raster stays below 256 MB.
int points_per_side(const GridSpec& spec) {
  int n = 8;
  while (n > 2 && static_cast<double>(spec.size()) * n * n > 256e6) n /= 2;
  return n;
}

struct FineMask {
  GridSpec spec;
  int n = 8;
  std::vector<std::uint8_t> inside;  // 1 = in a building
  // Free points in a line of n: across (dx, dy) from (i, j).
  [[nodiscard]] int free_points(int i, int j, int di, int dj) const {
    int free = 0;
    for (int s = 0; s < n; ++s) free += inside[spec.index(i + s * di, j + s * dj)] == 0 ? 1 : 0;
    return free;
  }
};

FineMask paint(const Buildings& buildings, const GridSpec& spec, const RunContext& context) {
  FineMask mask;
  mask.n = points_per_side(spec);
  mask.spec = spec;
  mask.spec.cell_m = spec.cell_m / mask.n;
  mask.spec.nx = spec.nx * mask.n;
  mask.spec.ny = spec.ny * mask.n;
  mask.inside.assign(mask.spec.size(), 0);
  for (std::size_t b = 0; b < buildings.size(); ++b) {
    if (b % 4096 == 0) context.check_stop();
    cells_with_centre_in(mask.spec, buildings.footprint[b],
                         [&](int i, int j) { mask.inside[mask.spec.index(i, j)] = 1; });
  }
  return mask;
}

// A face is never wider open than the share of either cell beside it. Without this the closed rest of the
// face would be negative, still water beside it would be pushed, and a nearly full cell would ask for a
// shorter time step than its neighbours.
void no_wider_than_cells(OpenShares& shares, const GridSpec& spec) {
  const auto nx = static_cast<std::size_t>(spec.nx);
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const float share = shares.area[spec.index(i, j)];
      float* west = &shares.west[static_cast<std::size_t>(j) * (nx + 1) + static_cast<std::size_t>(i)];
      float* south = &shares.south[static_cast<std::size_t>(j) * nx + static_cast<std::size_t>(i)];
      for (float* face : {west, west + 1, south, south + nx}) *face = std::min(*face, share);
    }
}

}  // namespace

// The open width of a face is counted on the two lines of points beside it, and the smaller one counts.
// Sections further into the cells are left to the storage: with the narrowest section between two cell
// centres every street that runs askew to the grid would be closed.
OpenShares building_shares(const CityModel& model, const GridSpec& spec, const RunContext& context) {
  const FineMask mask = paint(model.buildings(), spec, context);
  const int n = mask.n;
  const auto nx = static_cast<std::size_t>(spec.nx);
  OpenShares shares;
  shares.area.assign(spec.size(), 1.0F);
  shares.west.assign((nx + 1) * static_cast<std::size_t>(spec.ny), 1.0F);
  shares.south.assign(nx * (static_cast<std::size_t>(spec.ny) + 1), 1.0F);
  const auto on_grid = [](int fine, int limit) { return fine >= 0 && fine < limit; };
  for_chunks(static_cast<std::size_t>(spec.ny) + 1, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const int j = static_cast<int>(row);
      for (int i = 0; i <= spec.nx; ++i) {
        if (j < spec.ny && i < spec.nx) {
          int free = 0;
          for (int b = 0; b < n; ++b) free += mask.free_points(i * n, j * n + b, 1, 0);
          shares.area[spec.index(i, j)] = static_cast<float>(free) / static_cast<float>(n * n);
        }
        if (j < spec.ny) {
          int narrowest = n;
          for (int a = i * n - 1; a <= i * n; ++a)
            if (on_grid(a, mask.spec.nx)) narrowest = std::min(narrowest, mask.free_points(a, j * n, 0, 1));
          shares.west[row * (nx + 1) + static_cast<std::size_t>(i)] =
              static_cast<float>(narrowest) / static_cast<float>(n);
        }
        if (i < spec.nx) {
          int narrowest = n;
          for (int b = j * n - 1; b <= j * n; ++b)
            if (on_grid(b, mask.spec.ny)) narrowest = std::min(narrowest, mask.free_points(i * n, b, 1, 0));
          shares.south[row * nx + static_cast<std::size_t>(i)] =
              static_cast<float>(narrowest) / static_cast<float>(n);
        }
      }
    }
  });
  no_wider_than_cells(shares, spec);
  return shares;
}

}  // namespace citytwin::surface_water
