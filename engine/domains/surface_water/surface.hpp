// The city on the run's grid: ground, land cover and standing water, before obstacles and tiles.
#pragma once

#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/domains/surface_water/params.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::surface_water {

struct Surface {
  GridSpec spec;
  std::vector<double> ground;       // [m]; NaN = outside the domain (ny, nx)
  std::vector<std::uint8_t> cover;  // LandCoverClass (ny, nx)
  std::vector<std::uint8_t> water;  // 0 none, 1 inland water body, 2 sea (ny, nx)
  std::vector<double> water_level;  // of inland bodies with a known level; NaN elsewhere [m] (ny, nx)
};

// Terrain: bilinear, or the mean over the cell where the run's cell is coarser; sea gets a bed at least
// 2 m below the lowest sea level. Errors: terrain.missing, surface_water.no_ground.
[[nodiscard]] Result<Surface> make_surface(const CityModel& model, const GridSpec& spec, const Params& params,
                                           double lowest_sea_level, const RunContext& context);

}  // namespace citytwin::surface_water
