#include "engine/routing/reach.hpp"

#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace citytwin {

namespace {

bool is_open(std::span<const std::uint8_t> open_by_key, std::uint32_t key) {
  return open_by_key.empty() || open_by_key[key] != 0;
}

}  // namespace

std::vector<std::uint8_t> reachable(const CsrGraph& graph, std::span<const std::uint32_t> sources,
                                    std::span<const std::uint8_t> open_by_key) {
  std::vector<std::uint8_t> reached(graph.nodes(), 0);
  std::vector<std::uint32_t> todo;
  const auto reach = [&](std::uint32_t node) {
    if (reached[node] != 0) return;
    reached[node] = 1;
    todo.push_back(node);
  };
  for (const std::uint32_t source : sources) reach(source);
  while (!todo.empty()) {
    const std::uint32_t node = todo.back();
    todo.pop_back();
    for (std::uint32_t a = graph.arc_begin[node]; a < graph.arc_begin[node + 1]; ++a)
      if (is_open(open_by_key, graph.arc_key[a])) reach(graph.arc_head[a]);
  }
  return reached;
}

std::vector<double> travel_times(const CsrGraph& graph, std::span<const std::uint32_t> sources,
                                 std::span<const double> seconds_by_key,
                                 std::span<const std::uint8_t> open_by_key) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  std::vector<double> best(graph.nodes(), kNever);
  // The least time of a node does not depend on the order of equal entries, so ties need no rule here.
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (const std::uint32_t source : sources) {
    if (best[source] == 0) continue;
    best[source] = 0;
    queue.emplace(0.0, source);
  }
  while (!queue.empty()) {
    const auto [time, node] = queue.top();
    queue.pop();
    if (time > best[node]) continue;  // an older, longer entry
    for (std::uint32_t a = graph.arc_begin[node]; a < graph.arc_begin[node + 1]; ++a) {
      const std::uint32_t key = graph.arc_key[a];
      if (!is_open(open_by_key, key)) continue;
      const double arrival = time + seconds_by_key[key];
      if (!(arrival < best[graph.arc_head[a]])) continue;
      best[graph.arc_head[a]] = arrival;
      queue.emplace(arrival, graph.arc_head[a]);
    }
  }
  return best;
}

}  // namespace citytwin
