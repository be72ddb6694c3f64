// Rain as rasters in time: a CSV list `time_min,file` beside the scenario names a GeoTIFF (or ASCII grid) per
// time.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"
#include "engine/model/forcing.hpp"

namespace citytwin::scenarios {

struct RainFramesGiven {
  std::string list;              // file name of the list
  std::filesystem::path folder;  // where it and the rasters lie
  std::string unit;              // "mm_per_h": intensity; "mm": depth until the next frame
  bool dry_outside = false;      // cells that a raster does not cover get no rain; else that is an error
};

struct RainFrames {
  ForcingSeries forcing;  // key not set
  std::vector<std::filesystem::path> files;
  double depth = 0;     // mean over the area [m]
  double heaviest = 0;  // highest intensity of a cell [m/s]
};

// Each raster holds until the next one's time; a last row without a file ends the rain, else the last raster
// lasts as long as the one before. Rasters coarser than `cell_m` keep their own cells, finer ones are
// averaged onto the run's grid. All must have values for the whole of `frame`'s extent, unless dry_outside.
// Warnings: rain.uncovered. Errors: csv.*, rain.* , file.*, raster.*.
[[nodiscard]] Result<RainFrames> read_rain_frames(const RainFramesGiven& given, const CityFrame& frame,
                                                  const GridSpec& run_grid, const RunContext& context);

}  // namespace citytwin::scenarios
