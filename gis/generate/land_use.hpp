// What each block is for, from the density of its place, its size and its side of town.
#pragma once

#include "gis/generate/block_area.hpp"
#include "gis/generate/settlement.hpp"

namespace citytwin::gis::generate {

enum class BlockUse { open_land, park, houses, rows, perimeter, centre, industry, campus };

struct Block {
  std::uint32_t face = 0;
  Polygon land;  // without streets and water
  BlockUse use = BlockUse::open_land;
  double intensity = 0;  // Settlement::intensity_at its middle
  double density = 0;    // gross [people/m2]
};

// Removes local streets between blocks that become one park. Faces change.
void open_parks(std::uint64_t seed, StreetGraph& graph, const Landscape& land, const Settlement& plan,
                const RunContext& context);

[[nodiscard]] std::vector<Block> make_blocks(std::uint64_t seed, const StreetGraph& graph,
                                             const std::vector<StreetFace>& faces, const Landscape& land,
                                             const Settlement& plan, const RunContext& context);

}  // namespace citytwin::gis::generate
