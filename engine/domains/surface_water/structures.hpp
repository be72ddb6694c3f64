// Water that moves beside the flow over the ground: through structures between two cells (or out of the
// city), out over boundaries; walls that breach, barriers that are put up and taken down. Done once per step
// of the solver, in the order given.
#pragma once

#include <map>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "engine/domains/surface_water/sources.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/domains/surface_water/water.hpp"
#include "engine/model/hydraulic_structures.hpp"

namespace citytwin::surface_water {

class Structures {
 public:
  // Ends of structures and lines must meet cells where water moves; an end in a building is at the nearest
  // such cell, at most three away. Ends may also lie in water of a given level (sea, level boundary), which
  // gives and takes any amount. Errors: surface_water.structure_outside, .outflow_outside,
  // .breach_without_wall, .structure_loop (both ends in one cell), .barrier_outside, .barrier_watch.
  Result<Done> build(const HydraulicStructures& given, const std::vector<CellKind>& kind, TileGrid& tiles);

  // Moves water for the step from t0 to t1. A cell gives at most what is in it, two cells at most what makes
  // their levels equal, and what one loses the other gains, to the last bit of 64. Tiles that changed are
  // appended.
  void apply(double t0, double t1, Water& water, std::vector<std::size_t>& changed);

  [[nodiscard]] double left() const { return left_.total(); }  // by outflows [m3]
  [[nodiscard]] double pumped_out() const {
    return out_.total();
  }                                                              // through structures, out of the grid [m3]
  [[nodiscard]] double let_in() const { return in_.total(); }    // through structures, from held water [m3]
  [[nodiscard]] double moved() const { return moved_.total(); }  // between cells [m3]

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  void add_to(Hasher& hasher) const;

 private:
  struct Cell {
    std::size_t tile = 0;
    int i = 0, j = 0;  // in the tile
    bool held = false, none = true;
  };
  // What is brought to its place, and when it was called for: kNotYet before.
  struct Deployed {
    std::optional<Deployment> how;
    Cell watch;
    double warned = kNotYet;
  };
  static constexpr double kNotYet = 1e30;
  struct Pair {
    HydraulicStructure structure;
    Cell from, to, watch;
    Deployed deployed;
  };
  struct Exit {
    Outflow outflow;
    std::vector<Cell> cells;
    double width = 0;  // of one cell [m]
  };
  // A face, as one tile stores it, whose crest changes: the highest of its wall, fallen or not, and of all
  // barriers that stand on it.
  struct ChangingCrest {
    float* crest;
    float wall;  // without barriers [m], kNoCrest = none
  };
  struct BreachedFace {
    std::size_t crest;  // of crests_
    float before;
  };
  struct Breach {
    LeveeBreach breach;
    std::vector<BreachedFace> faces;
    std::vector<std::size_t> tiles;  // that see them
  };
  struct MovableFace {
    std::size_t crest;  // of crests_
    float risen;
  };
  struct Movable {
    MovableBarrier barrier;
    Cell watch;
    Deployed deployed;
    std::vector<MovableFace> faces;
    std::vector<std::size_t> tiles;  // that see them
    std::uint8_t on = 0, stands = 0;
  };
  [[nodiscard]] Cell cell_at(Point2 p, const std::vector<CellKind>& kind) const;
  [[nodiscard]] std::vector<std::size_t> seen_by(std::vector<std::size_t> tiles) const;
  [[nodiscard]] Deployed place_deployed(const std::optional<Deployment>& how,
                                        const std::vector<CellKind>& kind) const;
  Result<Done> place_barriers(const HydraulicStructures& given, const std::vector<CellKind>& kind);
  Result<Done> place_pairs(const HydraulicStructures& given, const std::vector<CellKind>& kind);
  Result<Done> place_exits(const HydraulicStructures& given, const std::vector<CellKind>& kind);
  Result<Done> place_breaches(const HydraulicStructures& given);
  [[nodiscard]] double level(const Cell& cell, const Water& water) const;
  [[nodiscard]] double area(const Cell& cell) const;
  double take(const Cell& cell, double volume, Water& water);  // what was really taken [m3]
  void give(const Cell& cell, double volume, Water& water);
  [[nodiscard]] double opening(const StructureRule& rule, const Cell& watch, std::uint8_t& on, double t,
                               const Water& water) const;
  [[nodiscard]] bool is_there(Deployed& deployed, double t, const Water& water) const;
  std::size_t changing_crest(float* crest);
  void put_up(Movable& barrier, double t, const Water& water, std::vector<std::size_t>& seen);
  void renew_crests();
  void move(std::size_t pair, double t, double dt, Water& water, std::vector<std::size_t>& changed);
  void let_out(const Exit& exit, double dt, Water& water, std::vector<std::size_t>& changed);
  void breach(const Breach& breach, double t1, std::vector<std::size_t>& seen);

  TileGrid* tiles_ = nullptr;
  std::vector<Pair> pairs_;
  std::vector<Exit> exits_;
  std::vector<Breach> breaches_;
  std::vector<Movable> barriers_;
  std::vector<ChangingCrest> crests_;
  std::map<const float*, std::size_t> crest_of_;  // where a crest is in crests_
  std::vector<std::uint8_t> on_;                  // (pairs) switched on
  double now_ = 0;                                // crests are as at this time [s]
  Book left_, out_, in_, moved_;
};

}  // namespace citytwin::surface_water
