// What a drainage run tells at its end: summary.json, nodes.csv, links.csv and the map.
#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.hpp"
#include "engine/drainage/network_extremes.hpp"
#include "engine/drainage/network_flow.hpp"

namespace citytwin::scenarios {

// Of every row: a project is somebody's file. A city's synthesised sewers say so in the same place
// (scenarios/core/sewer_results.hpp).
inline constexpr const char* kDrainageOrigin = "file";

struct FinishedDrainage {
  const drainage::Network& network;
  const drainage::NetworkFlow& flow;
  const drainage::NetworkExtremes& extremes;
  double cpu_s = 0;  // of runoff and hydraulics
};

// Volumes in m3; `error` as a share, `error_percent` of what came in.
[[nodiscard]] nlohmann::json runoff_continuity(const FinishedDrainage& run);
[[nodiscard]] nlohmann::json routing_continuity(const FinishedDrainage& run);
// Steps, trials, time per link and trial.
[[nodiscard]] nlohmann::json solver_work(const FinishedDrainage& run);
// Nodes that overflowed or where trials did not settle, links that were full, worst first, and the extremes
// of all by key.
[[nodiscard]] nlohmann::json node_extremes(const FinishedDrainage& run);
[[nodiscard]] nlohmann::json link_extremes(const FinishedDrainage& run);
[[nodiscard]] nlohmann::json flooded_nodes(const FinishedDrainage& run);
[[nodiscard]] nlohmann::json surcharged_links(const FinishedDrainage& run);
[[nodiscard]] nlohmann::json unsettled_nodes(const FinishedDrainage& run);

[[nodiscard]] std::string nodes_csv(const FinishedDrainage& run);
[[nodiscard]] std::string links_csv(const FinishedDrainage& run);
// Layers nodes and links with the same columns, in the project's own coordinates; nothing if a node has none.
Result<Done> write_drainage_map(const FinishedDrainage& run, const std::filesystem::path& path);

}  // namespace citytwin::scenarios
