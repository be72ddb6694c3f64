// `citytwin drainage NET.inp -o OUT`: an EPA SWMM 5 project run alone: runoff, inflows, rules and the dynamic
// wave of engine/drainage, without a city.
//
// Writes, in the units of the project, <name>_node_depth.csv, _node_head.csv, _node_flooding.csv and
// _link_flow.csv (column t_s [s since the start], then one per node or link; rows at the project's report
// steps from its report start on); in SI summary.json, nodes.csv and links.csv (what was worst where),
// results.gpkg where every node has coordinates, and manifest.json.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/drainage/network_flow.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::scenarios {

struct DrainageRun {
  drainage::StepControl steps;
  // Straight as in SWMM, so that its models give its results; conserving closes the runoff's balance.
  drainage::Interpolation runoff = drainage::Interpolation::straight;
};

struct DrainageSummary {
  std::filesystem::path out;
  RunStatus status = RunStatus::ok;
  std::string hash;      // of all reported values
  std::string headline;  // in one sentence
  double runoff_error = 0, routing_error = 0;
};

// Bad input leaves nothing behind; a failed run leaves its folder with status "failed". Throws Stopped.
// Errors: swmm.*, drainage.*, out.*, file.cannot_write.
[[nodiscard]] Result<DrainageSummary> run_drainage(const std::filesystem::path& project,
                                                   const std::filesystem::path& out_folder,
                                                   const DrainageRun& run, const RunContext& context);

}  // namespace citytwin::scenarios
