// Fractal ground is full of pits that rain and frost would have filled or cut long ago.
#pragma once

#include "gis/generate/landscape.hpp"

namespace citytwin::gis::generate {

// Raises pits until at most `pond` metres of water can stand in any of them; ground that drains to the
// border or to `outlets` (1 = water leaves here) stays as it is. Priority flood (Barnes, Lehman and Mulla
// 2014, Computers & Geosciences 62, algorithm 2).
void fill_pits(Grid<float>& elevation, const std::vector<std::uint8_t>& outlets, double pond);

}  // namespace citytwin::gis::generate
