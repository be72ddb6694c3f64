// A flood that is given as a map of depths and is not simulated.
#pragma once

#include <limits>
#include <string>

#include "engine/geo/grid.hpp"

namespace citytwin {

struct GivenFlood {
  std::string key;    // of its event
  Grid<float> depth;  // on the run's grid [m]; NaN = the map says nothing (taken as dry)
  double start = 0;   // when the water is there, all at once [s]
  double end = std::numeric_limits<double>::infinity();
};

}  // namespace citytwin
