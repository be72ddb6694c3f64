// The date of a run as a drainage network counts it.
#pragma once

#include <string>

#include "engine/model/drainage/network.hpp"

namespace citytwin::surface_water {

// Gives the network the date of the run's start (ISO 8601), so that its daily patterns and rules know the
// hour.
void set_clock(const std::string& start, drainage::Network& network);

}  // namespace citytwin::surface_water
