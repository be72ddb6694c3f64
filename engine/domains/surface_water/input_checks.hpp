// Input that the water would never feel: found before a run starts, so that nothing given is lost in silence.
#pragma once

#include "engine/base/diagnostics.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/forcing.hpp"

namespace citytwin::surface_water {

// Errors, at the key of the series: rain or an inflow that is not zero but falls outside the run's time; a
// line or polygon of an inflow or level of which more than half lies outside the grid (what lies wholly
// outside is refused where it is placed). `duration` [s].
[[nodiscard]] Diagnostics check_inputs(const Forcing& forcing, const GridSpec& grid, double duration);

}  // namespace citytwin::surface_water
