// A breach of a wall that only the strategy builds: there is nothing to breach in the baseline.
#pragma once

#include <string>
#include <vector>

#include "engine/sim/run_input.hpp"

namespace citytwin::scenarios {

// Takes out of `baseline` the breaches at which its city has no wall although `strategy` has one; their keys.
// A breach with no wall in either stays, and the run refuses it.
std::vector<std::string> drop_breaches_of_measures(RunInput& baseline, const CityModel& strategy);

}  // namespace citytwin::scenarios
