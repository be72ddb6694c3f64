// Overland flow of a subcatchment against what is known exactly: steady state, recession, rise.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "engine/drainage/reservoir.hpp"
#include "engine/drainage/runoff.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;

Network plane(double impervious, double rain) {
  Network network;
  network.nodes.resize(1);
  RainGauge gauge;
  gauge.interval = 1e6;
  gauge.rain = {{0}, {rain}, Series::Between::step};
  network.gauges.push_back(gauge);
  Subcatchment c;
  c.gauge = 0;
  c.outlet_node = 0;
  c.area = 12000;
  c.impervious = impervious;
  c.width = 80;
  c.slope = 0.02;
  c.impervious_n = 0.013;
  c.pervious_n = 0.15;
  c.impervious_storage = 0.002;
  c.pervious_storage = 0.005;
  network.subcatchments.push_back(c);
  network.options.wet_step = 60;
  return network;
}

}  // namespace

TEST_CASE("steady state: all rain runs off, at Manning's depth") {
  const double rain = 50 * kMmPerHour;
  for (const double impervious : {0.0, 0.4, 1.0}) {
    const Network network = plane(impervious, rain);
    Runoff runoff(network, 12 * 3600);
    runoff.advance(12 * 3600);
    CHECK(runoff.flows()[0].runoff.last == doctest::Approx(rain * 12000).epsilon(1e-9));
    CHECK(runoff.flows()[0].runoff.at(0.5) == doctest::Approx(rain * 12000).epsilon(1e-9));
  }
  const Network network = plane(0, rain);
  Runoff runoff(network, 12 * 3600);
  runoff.advance(12 * 3600);
  // q = (1/n) d^(5/3) sqrt(S) per width.
  const double depth = std::pow(rain * 12000 / 80 * 0.15 / std::sqrt(0.02), 0.6);
  CHECK(runoff.flows()[0].depth == doctest::Approx(0.005 + depth).epsilon(1e-9));
}

// Without inflow d(h)/dt = -a h^(5/3), so h(t) = (h0^(-2/3) + 2/3 a t)^(-3/2).
TEST_CASE("recession of a nonlinear reservoir") {
  for (const double conveyance : {0.02, 0.5, 8.0})
    for (const double head : {0.0005, 0.01, 0.2})
      for (const double dt : {10.0, 300.0, 3600.0}) {
        const Drained d = drain({conveyance, 0.003}, 0.003 + head, 0, dt);
        const double exact = std::pow(std::pow(head, -2.0 / 3) + 2.0 / 3 * conveyance * dt, -1.5);
        CHECK(std::abs(d.depth - 0.003 - exact) < 1e-9);
      }
}

// Time to fill from empty to the share y of the equilibrium depth: integral of dx / (1 - x^(5/3)), by
// Simpson's rule.
TEST_CASE("rise towards equilibrium") {
  const double rate = 40 * kMmPerHour;
  const double conveyance = 0.3;
  const double equilibrium = std::pow(rate / conveyance, 0.6);
  for (const double share : {0.3, 0.7, 0.95}) {
    const int n = 20000;
    double integral = 0;
    for (int k = 0; k <= n; ++k) {
      const double x = share * k / n;
      const double f = 1 / (1 - std::pow(x, 5.0 / 3));
      integral += f * (k == 0 || k == n ? 1 : k % 2 == 1 ? 4 : 2);
    }
    const double time = equilibrium / rate * integral * share / n / 3;
    CHECK(drain({conveyance, 0}, 0, rate, time).depth == doctest::Approx(share * equilibrium).epsilon(1e-6));
  }
}

TEST_CASE("runoff of a storm converges as its steps shorten, and conserves at every length") {
  Network network = plane(0.5, 0);
  network.gauges[0].interval = 300;
  network.gauges[0].rain = {{0, 300, 600, 900, 1200, 1500}, {}, Series::Between::step};
  for (const double mm : {10.0, 30.0, 90.0, 60.0, 20.0, 5.0})
    network.gauges[0].rain.value.push_back(mm * kMmPerHour);
  network.subcatchments[0].infiltration.model = InfiltrationModel::green_ampt;
  network.subcatchments[0].infiltration.suction = 0.17;
  network.subcatchments[0].infiltration.conductivity = 6.5 * kMmPerHour;
  network.subcatchments[0].infiltration.initial_deficit = 0.3;
  const auto volume = [&](double step) {
    network.options.wet_step = step;
    Runoff runoff(network, 3 * 3600);
    runoff.advance(3 * 3600);
    CHECK(std::abs(runoff.balance().error()) < 1e-12);
    return runoff.balance().runoff;
  };
  const double fine = volume(1);
  CHECK(volume(60) == doctest::Approx(fine).epsilon(0.002));
  CHECK(volume(300) == doctest::Approx(fine).epsilon(0.01));
}
