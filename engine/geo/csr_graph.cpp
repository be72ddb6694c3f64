#include "engine/geo/csr_graph.hpp"

#include <numeric>

namespace citytwin {

CsrGraph build_csr(std::size_t nodes, const std::vector<Arc>& arcs) {
  CsrGraph graph;
  graph.arc_begin.assign(nodes + 1, 0);
  for (const Arc& arc : arcs) ++graph.arc_begin[arc.tail + 1];
  std::partial_sum(graph.arc_begin.begin(), graph.arc_begin.end(), graph.arc_begin.begin());
  graph.arc_head.resize(arcs.size());
  graph.arc_key.resize(arcs.size());
  std::vector<std::uint32_t> next(graph.arc_begin.begin(), graph.arc_begin.end() - 1);
  for (const Arc& arc : arcs) {
    const std::uint32_t slot = next[arc.tail]++;
    graph.arc_head[slot] = arc.head;
    graph.arc_key[slot] = arc.key;
  }
  return graph;
}

std::vector<std::uint32_t> weak_components(std::size_t nodes, const std::vector<Arc>& arcs) {
  std::vector<std::uint32_t> parent(nodes);
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t n) {
    while (parent[n] != n) n = parent[n] = parent[parent[n]];
    return n;
  };
  for (const Arc& arc : arcs) {
    const std::uint32_t a = root(arc.tail);
    const std::uint32_t b = root(arc.head);
    if (a < b) parent[b] = a;
    if (b < a) parent[a] = b;
  }
  std::vector<std::uint32_t> component(nodes);
  std::uint32_t count = 0;
  for (std::uint32_t n = 0; n < nodes; ++n) {
    const std::uint32_t r = root(n);
    component[n] = r == n ? count++ : component[r];
  }
  return component;
}

}  // namespace citytwin
