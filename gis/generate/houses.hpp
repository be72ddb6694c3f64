// Buildings on the parcels of a block.
#pragma once

#include "gis/generate/land_use.hpp"

namespace citytwin::gis::generate {

struct House {
  Ring footprint;
  BuildingUse use = BuildingUse::residential;
  std::uint32_t block = 0;
  int levels = 1;
  double height = 3;  // [m]
  double people = 0;  // residents
};

// Houses of all blocks in block order.
[[nodiscard]] std::vector<House> build_houses(std::uint64_t seed, const std::vector<Block>& blocks,
                                              const Landscape& land, const RunContext& context);

// Shares `population` (whole people) over residential floor area; the sum is exact.
void settle(std::vector<House>& houses, double population);

}  // namespace citytwin::gis::generate
