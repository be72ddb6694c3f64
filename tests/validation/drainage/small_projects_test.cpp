// Projects of a few lines, from the text to the steady flow: what stands between reader and solver.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/drainage/network_flow.hpp"
#include "gis/readers/swmm_inp.hpp"

using namespace citytwin;

namespace {

const std::string kOptions =
    "[OPTIONS]\nFLOW_UNITS CMS\nFLOW_ROUTING DYNWAVE\nSTART_DATE 01/01/2020\nSTART_TIME 00:00:00\n"
    "END_DATE 01/01/2020\nEND_TIME 06:00:00\n"
    "[INFLOWS]\nA FLOW Q\n[TIMESERIES]\nQ 0 0\nQ 1 0.1\nQ 6 0.1\n";

drainage::Network network_of(const std::string& text) {
  auto read = gis::parse_swmm_inp(kOptions + text, "small.inp");
  REQUIRE(read.ok());
  return *std::move(read);
}

// Depth of node A and flow of the first link after six hours.
struct Steady {
  double depth, flow;
};
Steady steady(const drainage::Network& network) {
  drainage::NetworkFlow flow(network, 6 * 3600);
  flow.advance_to(6 * 3600);
  return {flow.wave().depth(0), flow.wave().flow(0)};
}

}  // namespace

TEST_CASE("a pump that is off at the start begins to run at its startup depth") {
  const auto network = network_of(
      "[STORAGE]\nA 0 4 0 FUNCTIONAL 0 0 50\n[OUTFALLS]\nO 0 FREE\n"
      "[PUMPS]\nP A O C OFF 1 0.2\n[CURVES]\nC PUMP3 0 0.3\nC 10 0.3\n");
  drainage::NetworkFlow flow(network, 6 * 3600);
  double deepest = 0;
  double pumped = 0;
  while (flow.now() < 6 * 3600) {
    flow.step_towards(6 * 3600);
    deepest = std::max(deepest, flow.wave().depth(0));
    pumped += flow.wave().flow(0) * flow.last_step();
  }
  MESSAGE("pumped ", pumped, " m3, deepest ", deepest, " m");
  CHECK(pumped > 0.9 * (0.1 * 5.5 * 3600));
  CHECK(deepest < 1.2);
}

TEST_CASE("a V-notch weir passes C S H^2.5, S the slope of its sides") {
  const auto network = network_of(
      "[STORAGE]\nA 0 4 0 FUNCTIONAL 0 0 20\n[OUTFALLS]\nO 0 FREE\n"
      "[WEIRS]\nW A O V-NOTCH 1 1.4 NO\n[XSECTIONS]\nW TRIANGULAR 1 2 0 0\n");
  const Steady end = steady(network);
  const double head = std::pow(0.1 / 1.4, 0.4);
  MESSAGE("depth ", end.depth, " m, by formula ", 1 + head);
  CHECK(std::abs(end.flow / 0.1 - 1) < 1e-3);
  CHECK(std::abs((end.depth - 1) / head - 1) < 1e-3);
}

TEST_CASE("a force main that is not full flows as Manning has it with the conduit's n") {
  for (const char* shape : {"CIRCULAR 0.6 0 0 0", "FORCE_MAIN 0.6 120 0 0"}) {
    const auto network = network_of(
        "[JUNCTIONS]\nA 1 5 0 0 0\n[OUTFALLS]\nO 0 FREE\n"
        "[CONDUITS]\nC A O 100 0.013 0 0 0 0\n[XSECTIONS]\nC " +
        std::string(shape) + "\n");
    const Steady end = steady(network);
    MESSAGE(std::string(shape), ": depth ", end.depth, " m");
    CHECK(std::abs(end.flow / 0.1 - 1) < 1e-3);
    CHECK(std::abs(end.depth - 0.161) < 0.02);
  }
}
