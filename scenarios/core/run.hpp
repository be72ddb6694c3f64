// From a scenario file to an output folder: the one path behind `citytwin run`, the window and batches.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/run_context.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::scenarios {

struct RunOptions {
  std::filesystem::path scenario;
  std::filesystem::path city;  // overrides the scenario's
  std::filesystem::path out;   // folder; default "out/<scenario name>"
  int threads = 0;
  std::vector<std::string> set;  // "key=value"
  std::string command_line;      // for the manifest
  bool baseline = true;          // also run without the strategy when the scenario has measures
};

struct RunSummary {
  std::filesystem::path out;
  RunStatus status = RunStatus::ok;
  std::string headline;  // the answer in one sentence
};

// A failure that holds "out.not_written": the work itself was done, its results could not be written, and
// nothing stands under the final name. All other failures are of what was given.
Result<RunSummary> run_scenario(const RunOptions& options, const RunContext& context);

// `citytwin compare A B -o C`: maps and tables of differences, and a report of both side by side.
Result<RunSummary> compare_runs(const std::filesystem::path& a, const std::filesystem::path& b,
                                const std::filesystem::path& out, const RunContext& context);

// `citytwin report OUT`: makes the report again from the files of a run.
Result<RunSummary> rewrite_report(const std::filesystem::path& out, const RunContext& context);

// `citytwin list`: everything declared about measures, events, projections and domains, or every table and
// key of a kind of file, as text or JSON; `what` is "measures", "events", "projections", "domains",
// "scenario", "case" or "recipe". Failure "list.unknown".
Result<std::string> list_declared(const std::string& what, bool json);

// `citytwin why OUT --asset KEY [--at TIME]`: the causes of an asset's state, walked back to the roots.
Result<std::string> explain(const std::filesystem::path& out, const std::string& asset,
                            const std::string& at);

}  // namespace citytwin::scenarios
