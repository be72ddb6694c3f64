// Unsteady flow in small networks against closed forms, and what must hold for any network.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/drainage/gravity.hpp"
#include "tests/validation/drainage/small_networks.hpp"

using namespace citytwin;
using namespace citytwin::drainage;
using namespace citytwin::test;

namespace {

constexpr double kPi = std::numbers::pi;

// A tree of pipes with some loops that falls to an outfall.
Network random_town(std::uint64_t seed, int manholes) {
  Numbers random(seed);
  Network network;
  add_outfall(network, 0, OutfallKind::free);
  for (int k = 1; k <= manholes; ++k) {
    const auto below = static_cast<Index>(random() * k);
    const double invert = network.nodes[static_cast<std::size_t>(below)].invert + 0.1 + 0.4 * random();
    const Index n = add_node(network, invert, 1.5 + random());
    add_conduit(network, n, below, 40 + 60 * random(), 0.013, Shape::circular, 0.3 + 0.5 * random());
    if (k % 7 == 0)
      add_conduit(network, n, static_cast<Index>(1 + random() * (k - 1)), 60, 0.013, Shape::circular, 0.4);
  }
  return network;
}

struct Storm {
  double peak = 0.03, length = 1800;  // [m3/s per manhole], [s]
  [[nodiscard]] double at(double t) const { return peak * std::max(0.0, 1 - std::abs(2 * t / length - 1)); }
};

void run(DynamicWave& wave, const Storm& storm, double duration, double dt) {
  const auto nodes = static_cast<Index>(wave.network().nodes.size());
  for (double t = 0; t < duration; t += dt) {
    for (Index n = 1; n < nodes; ++n) wave.set_inflow(n, storm.at(t + 0.5 * dt));
    (void)wave.step(dt);
  }
}

}  // namespace

TEST_CASE("water in a full pipe between two tanks swings with the period of a rigid column") {
  constexpr double kArea = 50, kLength = 400, kDiameter = 1;
  Network network;
  network.options.surcharge_method = SurchargeMethod::slot;
  const Index a = add_tank(network, 0, 20, kArea, 10.2), b = add_tank(network, 0, 20, kArea, 9.8);
  add_conduit(network, a, b, kLength, 1e-5, Shape::circular, kDiameter);
  DynamicWave wave(network);
  const double surface = kArea + 0.01 * kDiameter * kLength / 2;  // with the slot's half at each end
  const double period =
      2 * kPi * std::sqrt(kLength * surface / (2 * kGravity * kPi / 4 * kDiameter * kDiameter));
  constexpr double kStep = 0.1;
  double t = 0, crossing = 0;
  for (double before = 0.4; crossing == 0 && t < period; t += kStep) {
    (void)wave.step(kStep);
    const double difference = wave.head(a) - wave.head(b);
    if (difference < 0) crossing = t + kStep * before / (before - difference);
    before = difference;
  }
  MESSAGE("a quarter of a period: ", crossing, " s, rigid column ", period / 4, " s");
  CHECK(crossing == doctest::Approx(period / 4).epsilon(0.01));
}

TEST_CASE("a tank empties through an orifice in the time of Torricelli") {
  constexpr double kArea = 100, kOpening = 0.3;
  Network network;
  const Index tank = add_tank(network, 5, 10, kArea, 4);
  const Index outfall = add_outfall(network, 0, OutfallKind::free);
  Link link;
  link.key = "orifice";
  link.kind = LinkKind::orifice;
  link.from = tank;
  link.to = outfall;
  link.section.shape = Shape::circular;
  link.section.full_depth = kOpening;
  network.links.push_back(link);
  DynamicWave wave(network);
  double t = 0;
  for (; wave.depth(tank) > 1; t += 1) (void)wave.step(1);
  const double conductance = 0.65 * kPi / 4 * kOpening * kOpening * std::sqrt(2 * kGravity);
  const double exact = 2 * kArea / conductance * (std::sqrt(4 - kOpening / 2) - std::sqrt(1 - kOpening / 2));
  MESSAGE("from 4 m to 1 m: ", t, " s, exact ", exact, " s");
  CHECK(t == doctest::Approx(exact).epsilon(0.005));
}

TEST_CASE("a dam breaks in a closed channel: no water is lost, and it comes to rest level") {
  Network network;
  for (int k = 0; k <= 20; ++k) add_node(network, 0, 5, k < 10 ? 2 : 0.5);
  for (Index k = 0; k < 20; ++k) add_conduit(network, k, k + 1, 20, 0.03, Shape::rect_open, 5, 3);
  DynamicWave wave(network);
  const double initial = wave.stored();
  for (int k = 0; k < 20000; ++k) (void)wave.step(1);
  CHECK(std::abs(wave.stored() / initial - 1) < 1e-12);
  for (Index k = 1; k <= 20; ++k) CHECK(wave.head(k) == doctest::Approx(wave.head(0)).epsilon(1e-3));
}

TEST_CASE("still water in a surcharged network with manholes and a tank stays still") {
  Network network = random_town(5, 40);
  network.nodes[0].outfall.kind = OutfallKind::fixed;
  network.nodes[0].outfall.stage = 30;
  add_tank(network, 1, 60, 200, 0);
  add_conduit(network, static_cast<Index>(network.nodes.size() - 1), 3, 50, 0.013, Shape::circular, 0.5);
  for (Node& node : network.nodes) {
    node.max_depth = 60;
    if (node.kind != NodeKind::outfall) node.initial_depth = 30 - node.invert;
  }
  DynamicWave wave(network);
  for (int k = 0; k < 500; ++k) (void)wave.step(10);
  for (std::size_t n = 0; n < network.nodes.size(); ++n)
    CHECK(std::abs(wave.head(static_cast<Index>(n)) - 30) < 1e-9);
  for (std::size_t l = 0; l < network.links.size(); ++l)
    CHECK(std::abs(wave.flow(static_cast<Index>(l))) < 1e-9);
}

TEST_CASE("any network: the books close, none goes below nothing, and a run repeats to the bit") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Network network = random_town(seed, 20 + 10 * static_cast<int>(seed));
    DynamicWave one(network), two(network);
    for (DynamicWave* wave : {&one, &two}) run(*wave, {}, 7200, seed % 2 == 0 ? 5 : 20);
    CHECK(std::abs(one.continuity_error()) < 1e-12);
    CHECK(one.books().clipped < 1e-12);
    for (std::size_t n = 0; n < network.nodes.size(); ++n) {
      CHECK(one.volume(static_cast<Index>(n)) >= 0);
      CHECK(one.depth(static_cast<Index>(n)) >= 0);
      CHECK(one.head(static_cast<Index>(n)) == two.head(static_cast<Index>(n)));
    }
    CHECK(one.books().overflow == two.books().overflow);
  }
}

TEST_CASE("any network: more rain never sends less water out of it, neither onto the ground nor in all") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Network network = random_town(seed, 60);
    double overflow = 0, out = 0;
    for (const double peak : {0.005, 0.02, 0.08, 0.3}) {
      DynamicWave wave(network);
      run(wave, {peak, 1800}, 7200, 10);
      CHECK(wave.books().overflow >= overflow * (1 - 1e-9));
      CHECK(wave.books().outflow + wave.books().overflow > out);
      overflow = wave.books().overflow;
      out = wave.books().outflow + wave.books().overflow;
    }
    CHECK(overflow > 0);
  }
}

TEST_CASE("any network: the order of its nodes and links in the tables does not matter") {
  const Network network = random_town(9, 60);
  Network turned;
  const auto last = static_cast<Index>(network.nodes.size() - 1);
  for (auto n = network.nodes.rbegin(); n != network.nodes.rend(); ++n) turned.nodes.push_back(*n);
  for (auto l = network.links.rbegin(); l != network.links.rend(); ++l) {
    turned.links.push_back(*l);
    turned.links.back().from = last - l->from;
    turned.links.back().to = last - l->to;
  }
  DynamicWave one(network), two(turned);
  const Storm storm;
  for (double t = 0; t < 3600; t += 5) {
    for (Index n = 1; n <= last; ++n) {
      one.set_inflow(n, storm.at(t));
      two.set_inflow(last - n, storm.at(t));
    }
    (void)one.step(5);
    (void)two.step(5);
  }
  for (Index n = 0; n <= last; ++n) CHECK(one.head(n) == doctest::Approx(two.head(last - n)).epsilon(1e-6));
  CHECK(one.books().overflow == doctest::Approx(two.books().overflow).epsilon(1e-6));
}

TEST_CASE("a dry network sleeps until water comes, through a node or an outfall") {
  Network network = random_town(3, 20);
  DynamicWave wave(network);
  CHECK(wave.step(20).trials == 0);
  wave.set_inflow(4, 0.01);
  CHECK(wave.step(20).trials > 0);
  network.nodes[0].outfall.kind = OutfallKind::fixed;
  network.nodes[0].outfall.stage = 1;
  DynamicWave tide(network);
  CHECK(tide.step(20).trials > 0);
  for (int k = 0; k < 100; ++k) (void)tide.step(20);
  CHECK(tide.books().backflow > 0);
}
