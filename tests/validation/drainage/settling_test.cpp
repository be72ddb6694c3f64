// Every step is to find its heads: where Newton's method alone goes round in circles, at a pipe that begins
// to run or a shaft that fills, damping and shorter steps help.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "engine/drainage/network_flow.hpp"
#include "tests/validation/drainage/small_networks.hpp"

using namespace citytwin;
using namespace citytwin::drainage;
using namespace citytwin::test;

namespace {

// To the end, with inflow(t) into the first node; calls look() after each step.
template <class Inflow, class Look>
void run_to(double end, NetworkFlow& run, const Inflow& inflow, const Look& look) {
  while (run.now() < end) {
    run.add_inflow(0, inflow(run.now()));
    run.step_towards(end);
    look();
  }
}
template <class Inflow>
void run_to(double end, NetworkFlow& run, const Inflow& inflow) {
  run_to(end, run, inflow, [] {});
}

constexpr double kHour = 3600;

// An hour of inflow into the first node, constant or one half wave.
RoutingWork hour_of(const Network& network, double flow, bool constant) {
  NetworkFlow run(network, kHour);
  run_to(kHour, run, [&](double t) {
    return constant ? flow : flow * std::max(0.0, std::sin(std::numbers::pi * t / kHour));
  });
  CHECK(std::abs(run.wave().continuity_error()) < 1e-11);
  return run.work();
}

Network one_pipe(double max_depth, double diameter) {
  Network network;
  add_node(network, 1, max_depth);
  add_outfall(network, 0, OutfallKind::free);
  add_conduit(network, 0, 1, 100, 0.013, Shape::circular, diameter);
  return network;
}

// One to six pipes in a row, gentle to steep, short to long, some with a drop, to an outfall of any kind.
Network chain(Numbers& random) {
  const auto between = [&](double low, double high) { return low + (high - low) * random(); };
  Network network;
  const int pipes = 1 + static_cast<int>(between(0, 6));
  double invert = 50;
  for (int k = 0; k < pipes; ++k) {
    add_node(network, invert, between(1.5, 6));
    const double length = between(5, 300), slope = std::pow(10, between(-3.5, -0.8));
    const double depth = between(0.2, 1.8);
    Link& pipe = add_conduit(network, k, k + 1, length, between(0.01, 0.02),
                             between(0, 1) < 0.7 ? Shape::circular : Shape::rect_closed, depth,
                             depth * between(0.5, 2));
    if (between(0, 1) < 0.3) pipe.to_offset = between(0, 0.5);
    invert -= length * slope + (between(0, 1) < 0.3 ? between(0, 1) : 0);
  }
  constexpr std::array kKinds{OutfallKind::free, OutfallKind::normal, OutfallKind::fixed};
  add_outfall(network, invert, kKinds[static_cast<std::size_t>(between(0, 3))], invert + between(-0.5, 3));
  return network;
}

}  // namespace

TEST_CASE("a flow that starts at once on a dry steep pipe with a free outfall settles in every step") {
  const Network network = one_pipe(3, 0.6);
  NetworkFlow run(network, kHour);
  run_to(kHour, run, [](double) { return 0.3; });
  CHECK(run.work().unconverged == 0);
  CHECK(std::abs(run.wave().flow(0) / 0.3 - 1) < 1e-6);
  // Manning: 0.49 of 0.6 m.
  CHECK(std::abs(run.wave().depth(0) - 0.2955) < 0.01);
}

TEST_CASE("chains of pipes by chance: one step in a hundred at most does not settle, in nearly all none") {
  std::int64_t steps = 0, unsettled = 0;
  int cases = 0, restless = 0;
  Numbers random(1);
  for (int c = 0; c < 300; ++c) {
    const Network network = chain(random);
    const double flow = std::pow(10, -3 + 3.3 * random());
    for (const bool constant : {true, false}) {
      const RoutingWork work = hour_of(network, flow, constant);
      steps += work.steps;
      unsettled += work.unconverged;
      ++cases;
      if (work.unconverged * 100 > work.steps) ++restless;
    }
  }
  MESSAGE(cases, " runs, ", restless, " with more than 1 % unsettled; ", unsettled, " of ", steps, " steps");
  CHECK(unsettled * 100 <= steps);
  CHECK(restless * 100 <= cases);
}

TEST_CASE("nobody takes more out of a node than there is") {
  const Network network = one_pipe(3, 0.6);
  NetworkFlow run(network, kHour);
  run_to(kHour, run, [](double t) { return t < 600 ? 0.1 : -0.05; });
  const RoutingBooks& books = run.wave().books();
  MESSAGE("in ", books.inflow, " m3, out ", books.outflow, " m3, not withdrawn ", books.not_withdrawn, " m3");
  CHECK(books.clipped < 1e-9);
  CHECK(books.not_withdrawn > 0.9 * 0.05 * 3000 - 60);
  CHECK(books.inflow >= books.outflow - 1e-6);
  CHECK(std::abs(books.inflow - books.not_withdrawn - (60 - 0.05 * 3000)) < 2);
  CHECK(std::abs(run.wave().continuity_error()) < 1e-12);
}

TEST_CASE("what ponds is flooding while it rises, and comes back") {
  Network network = one_pipe(2, 0.3);
  network.options.allow_ponding = true;
  network.nodes[0].ponded_area = 200;
  NetworkFlow run(network, 4 * kHour);
  double flooded = 0, deepest = 0;
  run_to(
      4 * kHour, run, [](double t) { return t < 900 ? 0.3 : 0; },
      [&] {
        flooded += run.wave().overflow(0) * run.last_step();
        deepest = std::max(deepest, run.wave().depth(0));
      });
  MESSAGE("flooded ", flooded, " m3, deepest ", deepest, " m");
  CHECK(deepest > 2.1);
  CHECK(std::abs(flooded / (200 * (deepest - 2)) - 1) < 1e-6);
  CHECK(run.wave().books().overflow == 0);
  CHECK(std::abs(run.wave().books().outflow / run.wave().books().inflow - 1) < 0.01);
}
