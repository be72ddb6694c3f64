// Ground that keeps water (RetentionArea): a store under or on a share of each cell, which fills from the
// cell's water as fast as it takes it in and sinks into the soil meanwhile. What sank has left the city;
// what is held is still there.
#pragma once

#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/domains/surface_water/water.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::surface_water {

class Retention {
 public:
  // Areas of ground on free cells; `step` [s] between two times that water is taken. `tiles` outlives it.
  Retention(const std::vector<RetentionArea>& areas, double step, const std::vector<CellKind>& kind,
            const TileGrid& tiles);
  [[nodiscard]] bool empty() const { return empty_; }

  // Takes from the water of a tile whose sub-step of dt [s] ended at `end` [s]. Different tiles may be called
  // at the same time.
  void apply(std::size_t tile, double end, double dt, Water& water);

  [[nodiscard]] double sunk() const;  // since the start [m3]
  [[nodiscard]] double held() const;  // now [m3]
  // Both, mean over the area of the cell that stores water [m].
  [[nodiscard]] double depth_taken(std::size_t tile, int i, int j) const;

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  void add_to(std::size_t tile, Hasher& hasher) const;

 private:
  struct Cell {
    std::size_t cell = 0;          // local index
    double storage = 0;            // mean over the cell [m]
    double intake = 0, sinks = 0;  // [m/s]
    double area = 0;               // that stores water [m2]
    double share = 0;              // covered, before it is capped at 1
  };
  struct Ground {
    std::vector<Cell> cells;         // ascending
    std::vector<double> held, sunk;  // by entry of cells [m]
    double until = 0;                // time up to which it is known [s]
    double gathered = 0;             // time since water was taken last, up to `until` [s]
    bool begun = false;
  };
  void take_water(Ground& ground, std::size_t tile, Water& water) const;
  [[nodiscard]] double sum(std::vector<double> Ground::*depth) const;

  double step_ = 5;
  bool empty_ = true;
  std::vector<Ground> ground_;  // (tiles)
};

}  // namespace citytwin::surface_water
