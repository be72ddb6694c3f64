// Water in tiles of structure of arrays, in float or double.
#pragma once

#include <memory_resource>

#include "engine/base/large_pages.hpp"
#include "engine/domains/surface_water/kernel.hpp"
#include "engine/domains/surface_water/water.hpp"

namespace citytwin::surface_water {

// Cells or faces of a rim along one axis.
struct Span {
  int from, below;
};

// How far a cell of the rim is from its original in the tile beside, in a rimmed array.
constexpr std::ptrdiff_t rim_offset(int di, int dj) {
  return -(static_cast<std::ptrdiff_t>(dj) * kTile * kStride + static_cast<std::ptrdiff_t>(di) * kTile);
}

template <class Real>
void copy_block(const std::pmr::vector<Real>& from, std::pmr::vector<Real>& to, Span x, Span y,
                std::ptrdiff_t offset) {
  for (int j = y.from; j < y.below; ++j) {
    const Real* source = from.data() + static_cast<std::ptrdiff_t>(rimmed(x.from, j)) + offset;
    Real* target = to.data() + rimmed(x.from, j);
    for (int i = 0; i < x.below - x.from; ++i) target[i] = source[i];
  }
}

// Depth and velocity (or discharges) of the columns of cells along the west and east borders of a tile. Rows
// lie a line of memory apart: filling the rims of all tiles from their neighbours' states would move most of
// what a step itself moves.
template <class Real>
struct BorderColumns {
  static constexpr int kWide = kRim + 1;  // faces of local inertia have a third column
  static constexpr std::size_t kValues = std::size_t{3} * kWide * kTile;
  std::array<Real, kValues> west{}, east{};
};

template <class Real>
class TiledWater final : public Water {
 public:
  TiledWater(TileGrid& tiles, const Params& params);

  void start(std::size_t tile) override;
  void forget(std::size_t tile) override;
  [[nodiscard]] bool started(std::size_t tile) const override { return state_[tile] != nullptr; }
  void fill_rims(std::size_t tile) override;
  void step(std::size_t tile, const TileStep& step) override;
  void hold(std::size_t tile, const std::vector<double>& level) override;
  void refresh(std::size_t tile) override;
  [[nodiscard]] CellWater at(std::size_t tile, int i, int j) const override;
  void set(std::size_t tile, int i, int j, const CellWater& water) override;
  double add(std::size_t tile, int i, int j, double depth) override;
  void obstacles_changed(std::size_t tile) override;
  void copy_depth(std::size_t tile, std::vector<double>& depth) const override;
  void copy_velocity(std::size_t tile, std::vector<double>& east, std::vector<double>& north) const override;
  [[nodiscard]] double volume(std::size_t tile) const override;
  void save(std::size_t tile, SaveArchive& archive) const override;
  void load(std::size_t tile, LoadArchive& archive) override;
  void add_to(std::size_t tile, Hasher& hasher) const override;

 private:
  // All rimmed.
  struct State {
    std::pmr::vector<Real> h;     // depth [m]
    std::pmr::vector<Real> u, v;  // velocity east and north [m/s]; in local inertia the discharge across the
                                  // west and the south face of each cell [m2/s]
    std::pmr::vector<Real> rest;  // what the depth is above the exact sum [m] (64 x 64); in 32 bits only
    std::pmr::vector<Real> step_east, step_north;  // ground above that of the cell west, south of it [m]
    // Crests of walls above the ground of the cells on both sides of a face; empty in tiles without
    // obstacles.
    std::pmr::vector<Real> over_west, over_east;    // layout as Obstacles::open_x
    std::pmr::vector<Real> over_south, over_north;  // layout as Obstacles::open_y
    std::pmr::vector<Real> smooth;  // 1: may have slopes, 0: not; empty = all may; not in local inertia
    std::pmr::vector<Real> drag;    // g n2; not in first order, and empty where it is the same everywhere:
    Real drag_everywhere = 0;
    BorderColumns<Real> border;    // of the tile itself since its last step; for the tiles beside
    bool border_is_fresh = false;  // false: something has changed the water since
    BorderColumns<Real> rim;       // of the tiles beside when the rims were filled, to be put in place
    bool rim_waits[2] = {};        // west, east: not in place yet
    std::array<std::unique_ptr<BorderFlux>, 4> passed;  // from tiles with finer steps, since the last step
    std::unique_ptr<FaceObstacles<Real>> around;        // null where there are none near; local inertia only
    explicit State(std::pmr::memory_resource* memory);
  };
  [[nodiscard]] bool inertial() const { return params_.scheme == Scheme::local_inertia; }
  static constexpr std::size_t kNoTile = static_cast<std::size_t>(-1);
  [[nodiscard]] std::size_t neighbour(std::size_t tile, int di, int dj) const;
  [[nodiscard]] Real beyond_edge(Real normal, int outward) const;
  void place_crests(std::size_t tile);
  void mark_smooth(std::size_t tile);
  void copy_rim(std::size_t tile, int di, int dj);
  void mirror_rim(std::size_t tile, int di, int dj);
  // Of rims.cpp.
  void keep_border(std::size_t tile);
  [[nodiscard]] bool take_border(std::size_t tile, int side);
  void place_rim(std::size_t tile);
  void refresh_borders(std::size_t tile);
  void connect_borders(std::size_t tile, const TileStep& step, KernelTile<Real>& kernel);
  void forget_passed(std::size_t tile);
  void water_changed(std::size_t tile, int j);
  [[nodiscard]] bool any_wet(std::size_t tile, Span x, Span y) const;
  [[nodiscard]] double cell_speed(std::size_t tile, int i, int j) const;
  // Of level_boundary.cpp.
  void pass_waves(std::size_t tile);
  struct Sill {  // above the ground of the cell at the edge and of the one within [m]
    Real here, within;
  };
  [[nodiscard]] Sill sill_at_edge(std::size_t tile, int i, int j, int border) const;
  [[nodiscard]] Real speed_over_edge(std::size_t tile, int i, int j, int border) const;
  void flow_beyond_edge(std::size_t tile, int i, int j, int border);
  // Of local inertia (tiled_discharge.cpp).
  void place_drag(std::size_t tile);
  [[nodiscard]] std::unique_ptr<FaceObstacles<Real>> gather_obstacles(std::size_t tile) const;
  void find_grid_ends(std::size_t tile, KernelTile<Real>& kernel) const;
  void copy_discharges(std::size_t tile, int di, int dj);
  [[nodiscard]] Real depth_beside(std::size_t tile, int i, int j, int di, int dj) const;
  [[nodiscard]] CellWater mean_of_faces(std::size_t tile, int i, int j) const;
  void means_of_faces(std::size_t tile, int j, double* east, double* north) const;
  void spread_to_faces(std::size_t tile, int i, int j, const CellWater& water);

  TileGrid& tiles_;
  const Params& params_;
  LargePages memory_;  // of all states: outlives them
  std::vector<std::unique_ptr<State>> state_;
};

}  // namespace citytwin::surface_water
