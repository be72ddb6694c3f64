// Which way each manhole drains: trees along the trenches, one per outfall.
#pragma once

#include "gis/generate/sewers/outfalls.hpp"

namespace citytwin::gis {

inline constexpr std::uint32_t kNoTrench = 0xFFFFFFFFU;
inline constexpr std::uint32_t kNoSite = 0xFFFFFFFFU;

struct SewerForest {
  // Per node: the trench its pipe lies in and the node that leads to, or the outfall at a last manhole.
  std::vector<std::uint32_t> trench, next;
  std::vector<std::uint32_t> site;  // kNoSite: not a last manhole
  // Nodes that drain, each before the node it drains into.
  std::vector<std::uint32_t> downstream_order;
};

// Least-cost paths from all outfalls at once (Dijkstra 1959). A trench costs its length and, where its ground
// does not fall enough towards the outfall, what has to be dug deeper: the weights of Mair et al. 2017,
// "Where to find water pipes and sewers?", Water 9(2), and Dobson et al. 2025,
// doi 10.1016/j.envsoft.2025.106358, reduced to these two. O(n log n); ties by row.
[[nodiscard]] SewerForest sewer_forest(const SewerGraph& graph, const std::vector<OutfallSite>& sites,
                                       const RunContext& context);

// Takes out of `downstream_order` what no needed node drains through.
void prune(SewerForest& forest, const std::vector<char>& needed);

}  // namespace citytwin::gis
