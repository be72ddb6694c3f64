// Evaporation, exfiltration and seepage of a network.
#include "engine/drainage/network_losses.hpp"

#include <doctest/doctest.h>

#include "engine/drainage/network_flow.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

// A tank of 100 m2, 2 m deep in water, and a level channel of 100 m x 2 m from it to a closed end.
Network pond(double tank_depth = 2) {
  Network network;
  network.options.start_date = 45501;
  Node tank;
  tank.key = "T";
  tank.kind = NodeKind::storage;
  tank.max_depth = 5;
  tank.initial_depth = tank_depth;
  tank.storage.constant = 100;
  network.nodes = {tank};
  return network;
}

void add_channel(Network& network) {
  Node end;
  end.key = "E";
  end.max_depth = 5;
  end.initial_depth = 2;
  network.nodes.push_back(end);
  Link channel;
  channel.key = "C";
  channel.from = 0;
  channel.to = 1;
  channel.section.shape = Shape::rect_open;
  channel.section.full_depth = 5;
  channel.section.width = 2;
  channel.conduit.length = 100;
  channel.conduit.roughness = 0.02;
  network.links.push_back(channel);
}

double lost(const Network& network, double hours) {
  NetworkFlow flow(network, 3600 * hours);
  flow.advance_to(3600 * hours);
  CHECK(std::abs(flow.wave().continuity_error()) < 1e-12);
  CHECK(flow.wave().books().clipped == 0);
  return flow.wave().books().losses;
}

}  // namespace

TEST_CASE("a pond evaporates its share of the potential rate") {
  Network network = pond();
  network.evaporation.rate = 5e-3 / 86400;
  CHECK(lost(network, 24) == 0);
  network.nodes[0].storage.evaporated_share = 0.8;
  CHECK(lost(network, 24) == doctest::Approx(0.8 * 5e-3 * 100));
}

TEST_CASE(
    "a pond on saturated soil exfiltrates at its conductivity; on dry soil by Green and Ampt, faster at "
    "first") {
  Network network = pond();
  network.nodes[0].storage.conductivity = 1e-6;
  CHECK(lost(network, 10) == doctest::Approx(1e-6 * 36000 * 100).epsilon(1e-3));
  network.nodes[0].storage.suction = 0.1;
  network.nodes[0].storage.initial_deficit = 0.3;
  // F - c ln(1 + F / c) = K t with c = (0.1 + 2) 0.3 as long as the pond's depth stays.
  const double dry = lost(network, 10) / 100;
  const double c = 2.1 * 0.3;
  CHECK(dry - c * std::log1p(dry / c) == doctest::Approx(0.036).epsilon(0.1));
  CHECK(dry > 0.15);
}

TEST_CASE("no more is lost than is there") {
  Network network = pond(0.01);
  network.nodes[0].storage.conductivity = 1e-4;
  CHECK(lost(network, 10) == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE("a channel seeps through its bed and evaporates; a pipe only seeps") {
  Network network = pond();
  add_channel(network);
  network.links[0].conduit.seepage = 1e-6;
  const double seeped = lost(network, 10);
  CHECK(seeped == doctest::Approx(1e-6 * 36000 * 200).epsilon(0.01));
  network.evaporation.rate = 1e-6;
  CHECK(lost(network, 10) == doctest::Approx(2 * seeped).epsilon(0.02));
  network.links[0].section.shape = Shape::rect_closed;
  CHECK(lost(network, 10) == doctest::Approx(seeped).epsilon(0.02));
}
