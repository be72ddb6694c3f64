#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/random.hpp"
#include "engine/routing/reach.hpp"

using namespace citytwin;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

// 0 -a- 1 -b- 2     keys a=0 b=1 c=2 d=3 e=4; a..d both ways, e one way 2 -> 4, node 5 alone
// |c          |
// 3 ----d-----+
CsrGraph small_town() {
  return build_csr(
      6, {{0, 1, 0}, {1, 0, 0}, {1, 2, 1}, {2, 1, 1}, {0, 3, 2}, {3, 0, 2}, {3, 2, 3}, {2, 3, 3}, {2, 4, 4}});
}

}  // namespace

TEST_CASE("reachable follows open arcs and their direction") {
  const CsrGraph town = small_town();
  const std::vector<std::uint32_t> from_0{0};
  CHECK(reachable(town, from_0) == std::vector<std::uint8_t>{1, 1, 1, 1, 1, 0});
  const std::vector<std::uint32_t> from_4{4};
  CHECK(reachable(town, from_4) == std::vector<std::uint8_t>{0, 0, 0, 0, 1, 0});
  CHECK(reachable(town, {}) == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0});
}

TEST_CASE("closed arcs cut nodes off only when no other way is left") {
  const CsrGraph town = small_town();
  const std::vector<std::uint32_t> from_0{0};
  CHECK(reachable(town, from_0, std::vector<std::uint8_t>{1, 0, 1, 1, 1}) ==
        std::vector<std::uint8_t>{1, 1, 1, 1, 1, 0});
  CHECK(reachable(town, from_0, std::vector<std::uint8_t>{1, 0, 1, 0, 1}) ==
        std::vector<std::uint8_t>{1, 1, 0, 1, 0, 0});
  CHECK(reachable(town, std::vector<std::uint32_t>{0, 2}, std::vector<std::uint8_t>{0, 0, 0, 0, 1}) ==
        std::vector<std::uint8_t>{1, 0, 1, 0, 1, 0});
}

TEST_CASE("travel times take the quickest open way") {
  const CsrGraph town = small_town();
  const std::vector<std::uint32_t> from_0{0};
  const std::vector<double> seconds{10, 20, 5, 40, 7};
  CHECK(travel_times(town, from_0, seconds) == std::vector<double>{0, 10, 30, 5, 37, kInf});
  CHECK(travel_times(town, from_0, seconds, std::vector<std::uint8_t>{1, 0, 1, 1, 1}) ==
        std::vector<double>{0, 10, 45, 5, 52, kInf});
  CHECK(travel_times(town, from_0, std::vector<double>{10, kInf, 5, 40, kInf}) ==
        std::vector<double>{0, 10, 45, 5, kInf, kInf});
  CHECK(travel_times(town, std::vector<std::uint32_t>{0, 2, 0}, seconds) ==
        std::vector<double>{0, 10, 0, 5, 7, kInf});
}

TEST_CASE("on random graphs travel times equal Bellman-Ford and agree with reachability") {
  const Random random(7, 1);
  for (std::uint32_t round = 0; round < 20; ++round) {
    const std::uint32_t nodes = 30 + round;
    std::vector<Arc> arcs;
    std::vector<double> seconds;
    std::vector<std::uint8_t> open;
    for (std::uint32_t k = 0; k < 2 * nodes; ++k) {
      arcs.push_back({random.below(nodes, k, round, 0), random.below(nodes, k, round, 1), k});
      seconds.push_back(std::floor(100 * random.uniform(k, round, 2)));
      open.push_back(random.uniform(k, round, 3) < 0.8 ? 1 : 0);
    }
    const CsrGraph graph = build_csr(nodes, arcs);
    const std::vector<std::uint32_t> sources{0, nodes / 2};
    std::vector<double> expected(nodes, kInf);
    for (const auto s : sources) expected[s] = 0;
    for (std::uint32_t pass = 0; pass < nodes; ++pass)
      for (const Arc& arc : arcs)
        if (open[arc.key] != 0)
          expected[arc.head] = std::min(expected[arc.head], expected[arc.tail] + seconds[arc.key]);
    const auto times = travel_times(graph, sources, seconds, open);
    CHECK(times == expected);
    const auto reached = reachable(graph, sources, open);
    for (std::uint32_t n = 0; n < nodes; ++n) CHECK((reached[n] != 0) == std::isfinite(times[n]));
  }
}
