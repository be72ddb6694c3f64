// The results of one run as CSV files, GeoPackage layers and rasters.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "scenarios/core/local_time.hpp"
#include "scenarios/core/run_files.hpp"

namespace citytwin::scenarios {

[[nodiscard]] std::string events_csv(const RunRecord& record, const StartTime& start);
[[nodiscard]] std::string series_csv(const RunRecord& record);

// Writes everything but manifest, summary and report into an existing folder.
Result<Done> write_results(const FinishedRun& run, const StartTime& start,
                           const std::filesystem::path& folder, const RunContext& context);

// File name of a record's grid: "surface_water.max_depth" → "max_depth.tif".
[[nodiscard]] std::string raster_name(const std::string& grid);

}  // namespace citytwin::scenarios
