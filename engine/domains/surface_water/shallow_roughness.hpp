// Manning's n that depends on the depth: stems and blades that stand out of thin water hold it back more than
// they do deep water. n is `shallow` up to one depth and falls along a line to that of the land cover at a
// second.
#pragma once

#include <memory_resource>
#include <vector>

#include "engine/domains/surface_water/params.hpp"
#include "engine/domains/surface_water/surface.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/domains/surface_water/water.hpp"

namespace citytwin::surface_water {

class ShallowRoughness {
 public:
  // Keeps the friction that the tiles have as that of deep water. `tiles` outlives it.
  ShallowRoughness(const Params& params, const Surface& surface, TileGrid& tiles);
  // Sets the friction of a tile by its depths now. Different tiles may be called at the same time.
  void update(std::size_t tile, const Water& water);
  // g n2 of a tile and of one cell around it (rimmed) by the depths there (rimmed) [m]; `drag` stays empty in
  // a tile that has no such cell. Different tiles may be called at the same time.
  template <class Real>
  void place_drag(std::size_t tile, const Real* depth, std::pmr::vector<Real>& drag) const;

 private:
  struct Friction {
    std::vector<double> deep,
        shallow;              // n by cell (64 x 64); empty = the tile has no cell that depends on depth
    bool any_around = false;  // the tile or one beside it has
  };
  [[nodiscard]] float drag_at(const Friction& f, std::size_t cell, double depth) const;

  TileGrid& tiles_;
  double from_, to_;  // [m]
  std::vector<Friction> friction_;
};

}  // namespace citytwin::surface_water
