// Where the city will stand: fractal hills, and one water line (a river's centre line or a coast) that
// carved them. Everything later asks this: how high, how far to water, which way does the water run.
#pragma once

#include "engine/base/random.hpp"
#include "engine/base/run_context.hpp"
#include "engine/geo/grid.hpp"
#include "engine/geo/polygon.hpp"

namespace citytwin::gis::generate {

// One stream per part of the generator, so that changing one part leaves the others' draws alone.
enum Stream : std::uint32_t {
  kReliefStream = 0x47454E00,
  kPlanStream,
  kFieldStream,
  kStreetStream,
  kUseStream,
  kBuildingStream,
  kFacilityStream
};

enum class WaterSide { river, coast };

struct Landscape {
  Box2 extent;  // of the city [m]
  WaterSide water = WaterSide::river;
  Polyline water_line;             // river: centre line in flow direction; coast: shore, sea on its right
  std::vector<double> line_level;  // water level at each point of water_line [m]
  double river_width = 0;          // [m]; 0 at a coast
  Point2 seaward;                  // coast: unit direction to the open sea; the shore is a graph across it
  Grid<float> elevation;           // [m], on the terrain grid
  Grid<float> water_distance;      // to the nearest bank or shore [m], negative in water
  Grid<float> along_x, along_y;    // unit direction of the nearest piece of the water line

  // Beyond the extent: as at its border.
  [[nodiscard]] Point2 clamped(Point2 p) const {
    return {std::clamp(p.x, extent.min.x, extent.max.x), std::clamp(p.y, extent.min.y, extent.max.y)};
  }
  [[nodiscard]] double height_at(Point2 p) const { return sample_bilinear(elevation, clamped(p)); }
  [[nodiscard]] double water_distance_at(Point2 p) const {
    return sample_bilinear(water_distance, clamped(p));
  }
  [[nodiscard]] Point2 gradient_at(Point2 p) const;  // of the smoothed ground, [m/m], uphill
};

[[nodiscard]] Landscape make_landscape(std::uint64_t seed, const Box2& extent, double cell_m, WaterSide water,
                                       double population, const RunContext& context);

}  // namespace citytwin::gis::generate
