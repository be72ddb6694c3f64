// The output folder of a run, written and read back: what `report`, `compare` and `why` start from.
//   manifest.json  input hashes, version, seed, parameters, hash trace, CPU features
//   scenario.toml  the scenario as it was read (overrides are in the manifest)
//   report.html    for people
//   summary.json   headline numbers, and those of the baseline
//   record.ctr     the RunRecord (record_file.hpp)
//   events.csv     occurrences with causes;  series.csv  recorded series
//   roads.csv facilities.csv cells.csv   results.gpkg (the same and buildings, as layers)
//   max_depth.tif ...                    every grid of the record, as COG
//   baseline/      the same without the strategy, when the scenario has measures
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"
#include "engine/risk/impact.hpp"
#include "engine/sim/run_record.hpp"
#include "scenarios/core/placed_measure.hpp"

namespace citytwin::scenarios {

// One finished run in memory, with all a report needs.
struct FinishedRun {
  std::string label;                       // "baseline" or the strategy's name
  std::shared_ptr<const CityModel> model;  // after edits
  RunRecord record;
  risk::Impact impact;
  std::vector<PlacedMeasure> measures;  // of the strategy; the baseline has none
};

// What the scenario file said, for people: printed in the report and the manifest.
struct ScenarioText {
  std::string name, title, question;
  std::string city_name;
  std::string start, duration, beat, grid;  // as sentences: "10 m, 1100 × 620 cells"
  std::vector<std::pair<std::string, std::string>> events, projections, measures;  // name → description
  std::vector<std::pair<std::string, std::string>> assumptions;  // what → value and source
  double cost = 0;                                               // of the strategy, in the city's currency
};

// The folder of one `citytwin run`, or of a comparison (run = B, baseline = A).
struct RunFolder {
  std::filesystem::path path;
  ScenarioText scenario;
  FinishedRun run;                        // with the strategy (or without, if there is none)
  std::unique_ptr<FinishedRun> baseline;  // without the strategy
  std::map<std::string, std::string>
      manifest;  // flat key → value: "city.hash", "money.currency", "run.seed" ...
};

// Reads a folder back. The city file is the one the manifest names (or one of its name beside the folder) and
// must still have the hash it had; the scenario's measures are applied to it again. Errors: out.*.
[[nodiscard]] Result<RunFolder> load_run_folder(const std::filesystem::path& path, const RunContext& context);

}  // namespace citytwin::scenarios
