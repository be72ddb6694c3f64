// Which nodes can be reached, and how soon, over a graph some of whose arcs are closed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geo/csr_graph.hpp"

namespace citytwin {

// (nodes) 1 where a node can be reached from any of `sources` along arcs whose key is open, else 0; a source
// itself is always reached. `open_by_key`: (max arc key + 1) 1 = open; empty = all open. Sources must be
// nodes of the graph. Time proportional to the arcs reached.
[[nodiscard]] std::vector<std::uint8_t> reachable(const CsrGraph& graph,
                                                  std::span<const std::uint32_t> sources,
                                                  std::span<const std::uint8_t> open_by_key = {});

// (nodes) least sum of seconds_by_key from any of `sources`; infinity where there is no way. An arc is closed
// if its key is closed in `open_by_key` (empty = all open) or its time is infinite. Times must not be
// negative or NaN. Dijkstra 1959, "A note on two problems in connexion with graphs", Numer. Math. 1: 269-271.
[[nodiscard]] std::vector<double> travel_times(const CsrGraph& graph, std::span<const std::uint32_t> sources,
                                               std::span<const double> seconds_by_key,
                                               std::span<const std::uint8_t> open_by_key = {});

}  // namespace citytwin
