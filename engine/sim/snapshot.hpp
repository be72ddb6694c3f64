// The city at one moment, for viewers: layers of known kinds, so a new hazard is visible without new viewer
// code.
#pragma once

#include <string>
#include <vector>

#include "engine/base/sim_time.hpp"
#include "engine/geo/grid.hpp"

namespace citytwin {

struct Layer {
  enum class Kind { grid, facility, link, building };
  std::string name, unit;
  Kind kind = Kind::grid;
  GridSpec spec;              // grid layers
  std::vector<float> values;  // (spec.size()) or (rows of the table)
};

struct Snapshot {
  SimTime time;
  std::vector<Layer> layers;
};

}  // namespace citytwin
