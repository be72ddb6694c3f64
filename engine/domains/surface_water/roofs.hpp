// Where the rain on roofs goes: onto the ground beside, or into the nearest sewer node; green roofs keep
// some.
//
// A roof lies on blocked cells (all of the cell), on the built share of porous cells, and on raised cells.
// Blocked cells give their rain to the free cells around the building, by their open area; the others to
// their own cell.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/domains/surface_water/sources.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::surface_water {

// The green share of the roof of each cell, by depth that it holds.
class GreenRoofs {
 public:
  GreenRoofs() = default;
  GreenRoofs(const CityModel& model, const GridSpec& spec);
  [[nodiscard]] const std::vector<double>& storage() const { return storage_; }  // distinct, ascending [m]
  [[nodiscard]] bool empty() const { return storage_.empty(); }
  [[nodiscard]] double share(std::size_t storage, std::size_t cell) const {
    return static_cast<double>(share_[storage][cell]);
  }

 private:
  std::vector<double> storage_;
  std::vector<std::vector<float>> share_;  // (storage), (ny, nx)
};

// Roof area with one rain code whose rain goes to a row of the city's sewer nodes.
struct RoofDrain {
  std::uint32_t node;
  std::uint16_t code;
  double area;  // [m2]
};

struct RoofRules {
  const std::vector<std::uint8_t>& raised;  // 1: a raised cell is a roof (ny, nx); empty = none
  const GreenRoofs& green;
  const SewerNodes* sewers = nullptr;  // roofs drain into them; null = onto the ground
  double reach = 0;                    // of a roof's pipe to a node [m]
};

// Lists in the tiles what roofs give to cells (Tile::roofs), and returns what they give to sewer nodes, by
// node and code. Raised cells whose rain is not simply their own lose their rain code.
[[nodiscard]] std::vector<RoofDrain> drain_roofs(const RoofRules& rules, const std::vector<CellKind>& kind,
                                                 const Rain& rain, TileGrid& tiles);

// Cells that buildings cover by half or more.
[[nodiscard]] std::vector<std::uint8_t> built_cells(const Buildings& buildings, const GridSpec& spec);

}  // namespace citytwin::surface_water
