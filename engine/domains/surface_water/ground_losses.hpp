// What the ground takes of water that falls, stands or flows on it: depression storage, then infiltration
// (engine/drainage/infiltration.hpp), cell by cell after each sub-step of a tile.
#pragma once

#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/domains/surface_water/ground_params.hpp"
#include "engine/domains/surface_water/surface.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/domains/surface_water/water.hpp"
#include "engine/drainage/infiltration.hpp"

namespace citytwin::surface_water {

class GroundLosses {
 public:
  // Free cells that no water body covers take water. `tiles` outlives it.
  GroundLosses(const GroundParams& params, const Surface& surface, const std::vector<CellKind>& kind,
               const TileGrid& tiles);

  // Takes from the water of a tile whose sub-step of dt [s] ended at `end` [s]; `source` (64 x 64) [m] is
  // what fell on it in the sub-step, or nullptr. Sub-steps are gathered up to GroundParams::step. Different
  // tiles may be called at the same time.
  void apply(std::size_t tile, double end, double dt, const double* source, Water& water);

  [[nodiscard]] double infiltrated() const;  // since the start [m3]
  [[nodiscard]] double held() const;         // in depressions now [m3]
  // Infiltrated since the start and held, mean over the area that stores water [m].
  [[nodiscard]] double depth_taken(std::size_t tile, int i, int j) const;

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  void add_to(std::size_t tile, Hasher& hasher) const;

 private:
  struct Ground {
    std::vector<std::uint8_t> cover;        // (64 x 64); kNone = takes nothing
    std::vector<drainage::SoilState> soil;  // (64 x 64), once there was water
    std::vector<double> held, infiltrated;  // [m]
    std::vector<double> fell;               // since water was taken last [m]; empty = nothing
    double until = 0;                       // time up to which it is known [s]
    double gathered = 0;                    // time since water was taken last, up to `until` [s]
    bool any = false;
  };
  static constexpr std::uint8_t kNone = 255;
  void begin(Ground& ground) const;
  void rest(Ground& ground, double dt) const;
  void take_water(std::size_t tile, Water& water);
  [[nodiscard]] double sum(std::vector<double> Ground::*depth) const;

  const GroundParams params_;
  const TileGrid& tiles_;
  std::vector<Ground> ground_;  // (tiles)
};

}  // namespace citytwin::surface_water
