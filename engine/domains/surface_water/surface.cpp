#include "engine/domains/surface_water/surface.hpp"

#include <algorithm>
#include <cmath>

#include "engine/model/ground.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kSeaBedBelow = 2.0;  // [m]

void paint_water(const WaterBodies& bodies, const Grid<std::uint32_t>& body, double sea_bed,
                 Surface& surface) {
  for (std::size_t k = 0; k < body.values.size(); ++k) {
    const std::uint32_t row = body.values[k];
    if (row == kDryLand) continue;
    surface.cover[k] = static_cast<std::uint8_t>(LandCoverClass::water);
    if (bodies.kind[row] != WaterKind::sea) {
      surface.water[k] = 1;
      surface.water_level[k] = bodies.level[row];
      continue;
    }
    surface.water[k] = 2;
    // Also where a coarser terrain shows the shore's height out here.
    if (!(surface.ground[k] <= sea_bed)) surface.ground[k] = sea_bed;
  }
}

// An estimated level is one number for a body whose ground a coarse terrain may show sloping: water above the
// lowest ground beside it would run off at the start as a flood that no event made. It is capped there.
void cap_estimated_levels(const WaterBodies& bodies, const Grid<std::uint32_t>& body, Surface& surface) {
  const GridSpec& spec = surface.spec;
  const auto capped = [&](std::uint32_t row) {
    return row != kDryLand && bodies.kind[row] != WaterKind::sea &&
           bodies.level_provenance[row] == Provenance::estimated;
  };
  std::vector<double> shore(bodies.size(), std::numeric_limits<double>::infinity());
  const auto look = [&](std::uint32_t row, int i, int j) {
    if (!spec.inside(i, j) || surface.water[spec.index(i, j)] != 0) return;
    shore[row] = std::min(shore[row], surface.ground[spec.index(i, j)]);  // NaN ground leaves it as it is
  };
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const std::uint32_t row = body.at(i, j);
      if (!capped(row)) continue;
      look(row, i - 1, j);
      look(row, i + 1, j);
      look(row, i, j - 1);
      look(row, i, j + 1);
    }
  for (std::size_t k = 0; k < body.values.size(); ++k)
    if (capped(body.values[k]))
      surface.water_level[k] = std::min(surface.water_level[k], shore[body.values[k]]);
}

}  // namespace

Result<Surface> make_surface(const CityModel& model, const GridSpec& spec, const Params& params,
                             double lowest_sea_level, const RunContext& context) {
  Surface surface;
  surface.spec = spec;
  const Terrain& terrain = model.terrain();
  if (terrain.empty() && !params.flat)
    return Result<Surface>::failure("terrain.missing", {{}, "terrain", {}, {}, 0});
  Grid<float> ground(spec, static_cast<float>(params.flat.value_or(0.0)));
  if (terrain.empty())
    apply_patches(terrain.patches, ground);
  else
    ground = resample_ground(terrain, spec);
  surface.ground.assign(ground.values.begin(), ground.values.end());
  surface.water.assign(spec.size(), 0);
  surface.water_level.assign(spec.size(), std::numeric_limits<double>::quiet_NaN());
  context.check_stop();
  surface.cover = land_cover_of_cells(model.land_cover(), spec).values;
  const Grid<std::uint32_t> body = water_body_of_cells(model.water_bodies(), spec);
  paint_water(model.water_bodies(), body, lowest_sea_level - kSeaBedBelow, surface);
  cap_estimated_levels(model.water_bodies(), body, surface);
  context.check_stop();
  if (std::all_of(surface.ground.begin(), surface.ground.end(), [](double z) { return std::isnan(z); }))
    return Result<Surface>::failure("surface_water.no_ground", {{}, "terrain", {}, {}, 0});
  return surface;
}

}  // namespace citytwin::surface_water
