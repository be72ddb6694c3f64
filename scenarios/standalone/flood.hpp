// `citytwin flood CASE.toml -o OUT`: the surface-water solver alone, on an elevation raster instead of a
// city.
//   dem = "dem.asc"            duration_h = 2        (required; rasters GeoTIFF or AAIGrid, all on one grid)
//   beat_s, gauge_interval_s, manning, manning_raster, initial_depth_m, initial_depth_raster,
//   initial_level_m, initial_level_raster [water]      parameters of the domain (`citytwin list domains`);
//   losses are off unless asked for
//   [[rain]]     intensity_mm_per_h with duration_min, or series_csv, or list_csv (rasters in time: unit,
//                outside); start_min, area
//   [[inflow]]   at or line; flow_m3_per_s or series_csv
//   [[level]]    line or area; level_m or series_csv
//   [[wall]]     line, crest_m
//   [[structure]], [[outflow]], [[breach]]   as the events structure, outflow, levee_breach
//   [[gauge]]    name, at
// Coordinates are those of the DEM. Writes gauges.csv, series.csv, the maxima as COG, summary.json,
// manifest.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::scenarios {

struct FloodSummary {
  std::filesystem::path out;
  RunStatus status = RunStatus::ok;
  std::string hash;      // of the hash trace
  std::string headline;  // in one sentence
  double mass_error = 0;
  double max_depth = 0;  // [m]
};

// `set`: "key=value" overrides of the case file. Bad input leaves nothing behind; a failed run leaves its
// folder with status "failed". Throws Stopped. Errors: toml.*, flood.*, raster.*, csv.*, surface_water.*,
// out.*.
[[nodiscard]] Result<FloodSummary> run_flood_case(const std::filesystem::path& case_file,
                                                  const std::filesystem::path& out_folder, int threads,
                                                  const std::vector<std::string>& set,
                                                  const RunContext& context);

}  // namespace citytwin::scenarios
