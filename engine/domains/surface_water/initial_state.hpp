// RunSpec::initial_state["surface_water"]: grids on the run's grid that replace what the city would give.
// An archive of: count (uint64), then per grid its name (text) and its values (vector<double>, (ny, nx), row
// 0 south). Names: depth [m], level [m], velocity_east, velocity_north [m/s], ground [m], manning
// [s/m^(1/3)]. `level` fills cells whose ground is lower. NaN leaves a cell as it is. `ground` is for what
// float cannot hold.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.hpp"

namespace citytwin::surface_water {

using InitialGrids = std::map<std::string, std::vector<double>>;

[[nodiscard]] std::vector<char> pack_initial(const InitialGrids& grids);
// Errors: surface_water.bad_initial_state, surface_water.negative_initial (depth, manning).
[[nodiscard]] Result<InitialGrids> unpack_initial(const std::vector<char>& bytes, std::size_t cells);

}  // namespace citytwin::surface_water
