// Facilities that stopped, parted by what took their function: water or a missing supply; or closed streets
// alone, behind which the facility itself stands dry and supplied.
#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/core/run_files.hpp"

namespace citytwin::scenarios::report {

struct Stops {
  std::vector<std::size_t> all;      // rows, in order of time, then row; entries are no facilities here
  std::vector<std::size_t> without;  // flooded, without supply, or stopped by a control at any time
  std::vector<std::size_t> cut_off;  // the others: no open street leads there from outside
  std::size_t deciding_links = 0;    // closed street sections that their chains of causes name
  bool no_way_in = false;  // whatever needs a way in from an entry lost it, or had stopped otherwise
};

[[nodiscard]] Stops stops_of(const FinishedRun& run);

}  // namespace citytwin::scenarios::report
