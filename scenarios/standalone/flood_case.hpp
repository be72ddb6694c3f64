// A flood case read from its file: everything a run of the solver alone needs.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/sim/run_input.hpp"

namespace citytwin::scenarios {

struct FloodGauge {
  std::string name;
  Point2 place;  // city frame [m]
  int i = 0, j = 0;
};

struct FloodCase {
  RunInput input;
  std::vector<FloodGauge> gauges;
  SimTime gauge_interval;
  std::map<std::string, Where> places;  // key of a series → its place in the case file
  std::string case_hash;                // of the case file's bytes
  std::string city_hash;                // content hash of the model made from the rasters
};

[[nodiscard]] Result<FloodCase> read_flood_case(const std::filesystem::path& case_file,
                                                const std::vector<std::string>& set,
                                                const RunContext& context);

}  // namespace citytwin::scenarios
