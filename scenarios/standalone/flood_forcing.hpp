// What drives a flood case: rain, inflows and levels.
#pragma once

#include "scenarios/standalone/flood_case.hpp"
#include "scenarios/standalone/flood_items.hpp"

namespace citytwin::scenarios {

void read_flood_forcing(const FloodItems& items, FloodCase& out);

}  // namespace citytwin::scenarios
