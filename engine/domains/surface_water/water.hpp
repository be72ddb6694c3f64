// The water on the tiles: depth and velocity in one number type, moved by one scheme. The solver decides
// which tiles take part, when, and by how much time; this is what it moves.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/domains/surface_water/params.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"

namespace citytwin::surface_water {

struct CellWater {
  double depth = 0;            // [m]
  double east = 0, north = 0;  // velocity [m/s]
};

// What lies across a border of a tile, as far as time steps go.
enum class Beside {
  same,    // a tile with the same step, one at rest, or the end of the grid
  finer,   // the fluxes have been found there, in finer steps that have all been taken
  longer,  // fluxes found here are kept for the step of the tile there
};

class ShallowRoughness;

// One sub-step of one tile.
struct TileStep {
  double dt = 0;                                // [s]
  float end_time = 0;                           // [s]
  const double* source = nullptr;               // depth that rain and inflow add (64 x 64) [m], or nullptr
  const std::vector<double>* level = nullptr;   // of each group at the end of the sub-step [m]
  std::array<Beside, 4> beside{};               // west, east, south, north
  std::array<double, 4> longer_dt{};            // the step of the tile there, where it is longer [s]
  const ShallowRoughness* roughness = nullptr;  // that depends on the depth; or nullptr
};

// Calls for different tiles may run at the same time, except between fill_rims() and step(): the rims of
// every tile are filled when its sub-step begins, before any tile is stepped from there; tiles with finer
// steps are stepped before those with longer ones.
class Water {
 public:
  virtual ~Water() = default;

  // Allocates the tile's state, dry, if it has none.
  virtual void start(std::size_t tile) = 0;
  virtual void forget(std::size_t tile) = 0;  // dry again, without state and maxima
  [[nodiscard]] virtual bool started(std::size_t tile) const = 0;
  virtual void fill_rims(std::size_t tile) = 0;
  // Moves the water and keeps the tile's books, maxima, speed and flags.
  virtual void step(std::size_t tile, const TileStep& step) = 0;
  // Moves held cells to the levels of their groups: all that happens to a tile of still water.
  virtual void hold(std::size_t tile, const std::vector<double>& level) = 0;
  // Speed and flags of the tile from its state.
  virtual void refresh(std::size_t tile) = 0;

  // i, j within the tile; all zero where it has no state. set() needs a started tile.
  [[nodiscard]] virtual CellWater at(std::size_t tile, int i, int j) const = 0;
  virtual void set(std::size_t tile, int i, int j, const CellWater& water) = 0;
  // Puts water of no velocity into a cell of a started tile, or takes it (`depth` [m] < 0) with its velocity,
  // as far as there is any; returns what the cell's depth really changed by.
  virtual double add(std::size_t tile, int i, int j, double depth) = 0;
  // Crests of walls in or beside a tile are others now (Obstacles).
  virtual void obstacles_changed(std::size_t tile) = 0;
  // Depths of a tile (64 x 64); untouched where it has no state.
  virtual void copy_depth(std::size_t tile, std::vector<double>& depth) const = 0;
  // Velocities likewise, as at() gives them, many times faster.
  virtual void copy_velocity(std::size_t tile, std::vector<double>& east,
                             std::vector<double>& north) const = 0;
  [[nodiscard]] virtual double volume(std::size_t tile) const = 0;  // [m3]

  virtual void save(std::size_t tile, SaveArchive& archive) const = 0;
  virtual void load(std::size_t tile, LoadArchive& archive) = 0;
  virtual void add_to(std::size_t tile, Hasher& hasher) const = 0;  // the state without its rims
};

// `tiles` and `params` outlive it.
[[nodiscard]] std::unique_ptr<Water> make_water(TileGrid& tiles, const Params& params);

}  // namespace citytwin::surface_water
