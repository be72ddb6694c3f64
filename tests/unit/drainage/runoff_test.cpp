#include "engine/drainage/runoff.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "engine/drainage/weather.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;
constexpr double kHour = 3600;

RainGauge storm(double mm_per_hour, double from, double until) {
  RainGauge gauge;
  gauge.key = "G";
  gauge.interval = until - from;
  gauge.rain = {{from}, {mm_per_hour * kMmPerHour}, Series::Between::step};
  return gauge;
}

Subcatchment catchment(Index node) {
  Subcatchment c;
  c.gauge = 0;
  c.outlet_node = node;
  c.area = 20000;
  c.impervious = 0.6;
  c.width = 100;
  c.slope = 0.01;
  c.impervious_n = 0.015;
  c.pervious_n = 0.2;
  c.impervious_storage = 0.0015;
  c.pervious_storage = 0.004;
  c.infiltration.model = InfiltrationModel::horton;
  c.infiltration.max_rate = 60 * kMmPerHour;
  c.infiltration.min_rate = 5 * kMmPerHour;
  c.infiltration.decay = 4 / kHour;
  c.infiltration.drying_time = 7 * 24 * kHour;
  return c;
}

Network one_catchment() {
  Network network;
  network.nodes.resize(1);
  network.gauges.push_back(storm(40, 600, 600 + kHour));
  network.subcatchments.push_back(catchment(0));
  network.evaporation.rate = 3e-3 / 86400;
  network.options.wet_step = 120;
  network.options.dry_step = kHour;
  return network;
}

double delivered(const Runoff& runoff, double t, std::size_t nodes) {
  std::vector<double> volume(nodes, 0.0);
  runoff.add_volume(t, volume);
  return std::accumulate(volume.begin(), volume.end(), 0.0);
}

}  // namespace

TEST_CASE("runoff loses no water on any inner route") {
  for (const RunoffTo route : {RunoffTo::outlet, RunoffTo::impervious, RunoffTo::pervious})
    for (const InfiltrationModel model : {InfiltrationModel::horton, InfiltrationModel::none}) {
      Network network = one_catchment();
      network.subcatchments[0].route_to = route;
      network.subcatchments[0].routed = 0.7;
      network.subcatchments[0].infiltration.model = model;
      Runoff runoff(network, 24 * kHour);
      for (double t = 0; t < 24 * kHour; t += 17) {
        runoff.advance(t);
        CHECK(std::abs(runoff.balance().error()) < 1e-12);
      }
      runoff.advance(24 * kHour);
      CHECK(runoff.end() == 24 * kHour);
      const RunoffBalance balance = runoff.balance();
      CHECK(balance.rain == doctest::Approx(0.04 * 20000).epsilon(1e-12));
      CHECK(balance.runoff > 0.2 * balance.rain);
      CHECK(delivered(runoff, runoff.end(), 1) == doctest::Approx(balance.runoff).epsilon(1e-12));
    }
}

TEST_CASE("water sent over pervious ground first is less") {
  double before = 1e9;
  for (const double routed : {0.0, 0.3, 0.6, 1.0}) {
    Network network = one_catchment();
    network.subcatchments[0].route_to = RunoffTo::pervious;
    network.subcatchments[0].routed = routed;
    Runoff runoff(network, 24 * kHour);
    runoff.advance(24 * kHour);
    CHECK(runoff.balance().runoff < before);
    before = runoff.balance().runoff;
  }
}

TEST_CASE("steps: dry until the rain begins, wet while it rains or runs off, never past a change") {
  const Network network = one_catchment();
  Runoff runoff(network, 24 * kHour);
  runoff.advance(1);
  CHECK(runoff.end() == 600);
  CHECK_FALSE(runoff.wet());
  runoff.advance(601);
  CHECK(runoff.end() == 720);
  CHECK(runoff.wet());
  runoff.advance(600 + kHour);
  CHECK(runoff.end() == 600 + kHour);
  CHECK(runoff.rain(0) == doctest::Approx(40 * kMmPerHour));
  runoff.advance(600 + kHour + 1);
  CHECK(runoff.rain(0) == 0);
  CHECK(runoff.end() - runoff.begin() == 120);
}

TEST_CASE("the inflow of nodes is continuous and its integral is the volume") {
  const Network network = one_catchment();
  Runoff runoff(network, 6 * kHour);
  double sum = 0;
  double last = 0;
  double most = 0;
  for (double t = 1; t <= 6 * kHour; t += 2) {
    runoff.advance(t);
    std::vector<double> q(1, 0.0);
    runoff.add_inflow(t, q);
    sum += q[0] * 2;
    CHECK(std::abs(q[0] - last) < 0.01);
    last = q[0];
    most = std::fmax(most, q[0]);
    CHECK(delivered(runoff, t + 1 < runoff.end() ? t + 1 : t, 1) ==
          doctest::Approx(sum).epsilon(0.02).scale(1));
  }
  CHECK(most < 40 * kMmPerHour * 20000);
  CHECK(most > 0.5 * 40 * kMmPerHour * 20000);
}

TEST_CASE("the straight line of SWMM has the same rates at the ends of steps, and shows its volume error") {
  const Network network = one_catchment();
  Runoff ours(network, 6 * kHour);
  Runoff swmm(network, 6 * kHour, Interpolation::straight);
  for (double t = 60; t < 6 * kHour; t += 60) {
    ours.advance(t);
    swmm.advance(t);
    CHECK(ours.flows()[0].runoff.last == swmm.flows()[0].runoff.last);
  }
  CHECK(std::abs(ours.balance().error()) < 1e-12);
  CHECK(std::abs(swmm.balance().error()) > 1e-6);
  CHECK(std::abs(swmm.balance().error()) < 0.02);
}

TEST_CASE("runoff passes from catchment to catchment, in circles and into nothing") {
  Network network = one_catchment();
  network.subcatchments.push_back(catchment(-1));
  network.subcatchments.push_back(catchment(-1));
  network.subcatchments[0].outlet_node = -1;
  network.subcatchments[0].outlet_subcatchment = 1;
  network.subcatchments[1].outlet_subcatchment = 2;
  network.subcatchments[2].outlet_node = 0;
  const auto run = [&] {
    Runoff runoff(network, 24 * kHour);
    runoff.advance(24 * kHour);
    CHECK(std::abs(runoff.balance().error()) < 1e-12);
    return runoff.balance();
  };
  const RunoffBalance chain = run();
  CHECK(chain.runoff > 0.3 * chain.rain);
  CHECK(chain.away == 0);
  network.subcatchments[2].outlet_node = -1;
  network.subcatchments[2].outlet_subcatchment = 0;
  const RunoffBalance circle = run();
  CHECK(circle.runoff == 0);
  CHECK(circle.infiltration > chain.infiltration);
  network.subcatchments[2].outlet_subcatchment = 2;
  CHECK(run().away == doctest::Approx(chain.runoff));
}

TEST_CASE("an outfall's water comes back onto its catchment") {
  Network network = one_catchment();
  network.gauges.clear();
  network.subcatchments[0].gauge = -1;
  network.subcatchments[0].impervious = 1;
  Runoff runoff(network, 6 * kHour);
  runoff.advance(kHour);
  runoff.receive(0, 300);
  runoff.advance(6 * kHour);
  const RunoffBalance balance = runoff.balance();
  CHECK(balance.returned == 300);
  CHECK(balance.runoff > 200);
  CHECK(std::abs(balance.error()) < 1e-12);
}

TEST_CASE("a run continued from a checkpoint is the same run") {
  const Network network = one_catchment();
  Runoff whole(network, 12 * kHour);
  whole.advance(kHour);
  SaveArchive saved;
  whole.save(saved);
  whole.advance(12 * kHour);
  Runoff half(network, 12 * kHour);
  LoadArchive loading(saved.bytes());
  half.load(loading);
  half.advance(12 * kHour);
  CHECK(half.balance().runoff == whole.balance().runoff);
  CHECK(half.balance().stored == whole.balance().stored);
}

TEST_CASE("weather: rain lasts its interval, evaporation changes with the month") {
  RainGauge gauge;
  gauge.interval = 300;
  gauge.rain = {{0, 299.9999, 1200}, {1, 2, 3}, Series::Between::step};
  CHECK(rain_at(gauge, 0).rate == 1);
  CHECK(rain_at(gauge, 300).rate == 2);
  CHECK(rain_at(gauge, 300).until == doctest::Approx(600));
  CHECK(rain_at(gauge, 600).rate == 0);
  CHECK(rain_at(gauge, 600).until == 1200);
  CHECK(rain_at(gauge, 1500).until == kUnlimited);
  Evaporation evaporation;
  evaporation.kind = Evaporation::Kind::monthly;
  evaporation.monthly = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  Options options;
  options.start_date = 37257;  // 2002-01-01
  CHECK(evaporation_at(evaporation, options, 0).rate == 1);
  CHECK(evaporation_at(evaporation, options, 0).until == 31 * 86400.0);
  CHECK(evaporation_at(evaporation, options, 31 * 86400.0).rate == 2);
}
