// Terrain conditioning: what a flood engineer mends before trusting a digital elevation model. Water must be
// able to pass where it passes in reality, and every change is listed with its place, depth and cells.
// The terrain keeps its source's spacing; only values change.
#pragma once

#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct ConditioningInput {
  std::vector<std::vector<Point2>> coastlines;  // city frame, water on the right of the direction of travel
  SourceId coastline_source;                    // of the sea rows; none = the first source
};

// Stated limits of what conditioning may do.
struct ConditioningLimits {
  static constexpr double kSeaBed = 2;       // [m] sea ground lies at least this far below the sea level
  static constexpr double kRiverDepth = 10;  // [m] deepest cut for rivers and canals
  static constexpr double kStreamDepth = 5;  // [m] for streams
  static constexpr double kDitchDepth = 3;   // [m] for drains and ditches
  static constexpr double kDepthPerResolution =
      0.2;                                      // [m/m] of true resolution, for rivers, canals and streams: a
                                                // coarse cell in a narrow valley holds much of its sides
  static constexpr double kBridgeDepth = 15;    // [m] deepest cut of a deck over a water body
  static constexpr double kUnderpassDepth = 8;  // [m] a street below that much ground is a tunnel, not opened
  static constexpr double kLongestCulvert = 150;    // [m] longer covered waterways stay covered
  static constexpr double kLongestUnderpass = 120;  // [m]
  static constexpr double kCoarse = 12;             // [m] a deck or embankment is narrower than coarser cells
};

// Vertical noise of elevation models by true resolution [m]: 0.15 up to 2 m (airborne laser), 0.5 up to 12 m,
// 2 beyond (SRTM's relative error is 6 to 10 m at 90 %, its cell-to-cell noise about 2 m: Rodriguez et al.
// 2006).
[[nodiscard]] double terrain_noise(double true_resolution_m);
[[nodiscard]] bool shows_decks(const Terrain& terrain);  // fine enough for a deck or an embankment

// In this order, on tables.terrain, tables.water_bodies and tables.import_log:
// 1. sea rows: assembled from coastlines (water_sea.hpp), kind sea, key "sea/1" ..., level 0 estimated (the
//    vertical datum's zero is taken for mean sea level).
// 2. water bodies without a level get the 10th percentile of the ground along their outline, estimated.
// 3. ground of sea cells, voids included, lowered to at most level - kSeaBed (to the level itself where the
//    model is coarser than kCoarse; the run's grid digs the bed there).
// 4. waterways, chained over their ways: cells along the line are lowered where they stand more than the
// noise
//    above the channel (conditioning_channel.hpp), over the waterway's width. Culverts up to kLongestCulvert
//    are opened, aqueducts left alone. A cut below a street bridge is listed as "bridge".
// 5. bridges over water bodies: deck cells lowered to the water body's ground beside the bridge.
// 6. underpasses and short tunnels below ground, and streets below a bridge: lowered to the line between the
//    ground at both sides.
// 5 and 6 only where the model can show a deck at all: cells and true resolution up to kCoarse.
// With an empty terrain only the sea rows are made. What stays blocked is a finding "conditioning.*".
Result<Done> condition_terrain(CityTables& tables, const ConditioningInput& input, const RunContext& context);

}  // namespace citytwin::gis
