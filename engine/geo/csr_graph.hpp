// Directed graph in compressed sparse rows: arcs of node n are arc_begin[n] .. arc_begin[n + 1).
#pragma once

#include <cstdint>
#include <vector>

namespace citytwin {

struct CsrGraph {
  std::vector<std::uint32_t> arc_begin{0};  // (nodes + 1)
  std::vector<std::uint32_t> arc_head;      // (arcs) node the arc leads to
  std::vector<std::uint32_t> arc_key;       // (arcs) caller's number of the arc, e.g. a link id

  [[nodiscard]] std::size_t nodes() const { return arc_begin.size() - 1; }
  [[nodiscard]] std::size_t arcs() const { return arc_head.size(); }
};

struct Arc {
  std::uint32_t tail, head, key;
};

// Arcs of a node keep the order they are given in.
[[nodiscard]] CsrGraph build_csr(std::size_t nodes, const std::vector<Arc>& arcs);

// Component number of each node, ignoring direction; components are numbered by their lowest node.
[[nodiscard]] std::vector<std::uint32_t> weak_components(std::size_t nodes, const std::vector<Arc>& arcs);

}  // namespace citytwin
