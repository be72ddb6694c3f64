#include "gis/generate/sewers/sewer_forest.hpp"

#include <algorithm>
#include <queue>

namespace citytwin::gis {

namespace {

constexpr double kFall = 0.003;   // [-] of a small pipe that cleans itself
constexpr double kSpare = 1.5;    // a street is preferred to a path
constexpr double kPerMetre = 60;  // [m of trench per m] what digging a metre deeper is worth in detours

double cost(const SewerGraph& graph, const Trench& t, std::uint32_t upstream) {
  const std::uint32_t downstream = t.a == upstream ? t.b : t.a;
  const double dig = graph.ground[downstream] + kFall * t.length - graph.ground[upstream];
  return t.length * (t.spare ? kSpare : 1) + kPerMetre * std::max(0.0, dig);
}

}  // namespace

SewerForest sewer_forest(const SewerGraph& graph, const std::vector<OutfallSite>& sites,
                         const RunContext& context) {
  constexpr double kUnreached = std::numeric_limits<double>::infinity();
  SewerForest forest;
  const std::size_t n = graph.nodes();
  forest.trench.assign(n, kNoTrench);
  forest.next.assign(n, 0);
  forest.site.assign(n, kNoSite);
  std::vector<double> best(n, kUnreached);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (std::uint32_t s = 0; s < sites.size(); ++s) {
    const std::uint32_t node = sites[s].node;
    if (forest.site[node] != kNoSite) continue;
    forest.site[node] = s;
    best[node] = sites[s].distance;
    queue.emplace(best[node], node);
  }
  std::vector<char> done(n, 0);
  while (!queue.empty()) {
    const auto [here, v] = queue.top();
    queue.pop();
    if (done[v] != 0) continue;
    done[v] = 1;
    if (forest.downstream_order.size() % 4096 == 0) context.check_stop();
    forest.downstream_order.push_back(v);
    for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
      const std::uint32_t t = graph.touching[k];
      const Trench& trench = graph.trenches[t];
      const std::uint32_t u = trench.a == v ? trench.b : trench.a;
      const double there = here + cost(graph, trench, u);
      if (done[u] != 0 || !(there < best[u])) continue;
      best[u] = there;
      forest.trench[u] = t;
      forest.next[u] = v;
      forest.site[u] = kNoSite;  // cheaper by another outfall: its own is not needed
      queue.emplace(there, u);
    }
  }
  std::reverse(forest.downstream_order.begin(), forest.downstream_order.end());
  return forest;
}

void prune(SewerForest& forest, const std::vector<char>& needed) {
  std::vector<char> keep = needed;
  for (const std::uint32_t n : forest.downstream_order)
    if (keep[n] != 0 && forest.site[n] == kNoSite) keep[forest.next[n]] = 1;
  std::erase_if(forest.downstream_order, [&](std::uint32_t n) { return keep[n] == 0; });
}

}  // namespace citytwin::gis
