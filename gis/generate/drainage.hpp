// What running water did to the fractal ground: valleys that join, and no deep pits.
#pragma once

#include <cstdint>
#include <vector>

#include "gis/generate/landscape.hpp"

namespace citytwin::gis::generate {

// How ground drains to the border and to outlets (1 = water leaves here). Priority flood (Barnes, Lehman and
// Mulla 2014, Computers & Geosciences 62, algorithm 2); equal levels by cell, so the result is unique.
struct Drainage {
  std::vector<std::uint32_t> order;  // cells, each after the one it drains to
  std::vector<std::uint32_t> to;     // cell it drains to; itself where water leaves
  std::vector<float> spill;          // level to which water rises before it leaves [m]
};
[[nodiscard]] Drainage find_drainage(const Grid<float>& elevation, const std::vector<std::uint8_t>& outlets,
                                     const RunContext& context);

// Catchment area of each cell, itself included [m2].
[[nodiscard]] std::vector<double> catchment_area(const Drainage& drainage, double cell_m);

struct ValleyShape {
  double source_km2;    // catchment at which a valley begins
  double per_sqrt_km2;  // depth per root of the catchment beyond that [m/km]
  double deepest;       // [m]
  double side_slope;    // of the valley sides [m/m]
};

// Lowers the ground along the flow paths of `paths`. Never below `floor`.
void carve_valleys(Grid<float>& elevation, const Drainage& paths, const std::vector<float>& floor,
                   const ValleyShape& shape, const RunContext& context);

// Raises pits until at most `pond` metres of water can stand in any of them; the rest stays as it is.
void fill_pits(Grid<float>& elevation, const std::vector<std::uint8_t>& outlets, double pond,
               const RunContext& context);

}  // namespace citytwin::gis::generate
