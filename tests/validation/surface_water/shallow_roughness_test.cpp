// Manning's n that depends on the depth.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <string>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// Thin water, below 0.05 m, feels n = 0.2, deep water, above 0.15 m, 0.03.
void with_roughness_by_depth(FloodCase& c, const std::string& scheme) {
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("shallow_manning_unknown", 0.2);
  c.parameters.set("shallow_depth_m", 0.05);
  c.parameters.set("deep_depth_m", 0.15);
  c.parameters.set("scheme", scheme);
}

// In uniform flow, depth as a share of Manning's.
double uniform_depth(const std::string& scheme, double q, double n) {
  FloodCase c = plain_case(60, 4, 5);
  with_roughness_by_depth(c, scheme);
  c.parameters.set("edge", std::string("open"));
  c.ground = [](double x, double) { return 6 - 0.02 * x; };
  add_inflow(c, q * 20, {{2.5, 0.5}, {2.5, 19.5}});
  FloodRun run(c);
  run.run_until(q < 0.1 ? 3600 : 1200);
  const double share = run.h(30, 2) / std::pow(q * n / std::sqrt(0.02), 0.6);
  MESSAGE(scheme, ", ", q, " m2/s: ", share, " of Manning's depth");
  return share;
}

}  // namespace

// Water on level ground that friction alone slows down: 1 / u = 1 / u0 + g n2 t / h^(4/3).
TEST_CASE("roughness by depth: thin water slows down with the shallow n, deep water with the other") {
  for (const std::string scheme : {"first_order", "second_order"})
    for (const double h : {0.03, 0.3}) {
      CAPTURE(scheme);
      FloodCase c = plain_case(60, 4, 5);
      with_roughness_by_depth(c, scheme);
      c.beat = SimTime{50};  // friction is implicit, of first order in time
      c.depth = [=](double, double) { return h; };
      c.velocity_east = [](double, double) { return 1.0; };
      FloodRun run(c);
      run.run_until(10);  // no wave of the ends gets to the middle
      const double n = h < 0.1 ? 0.2 : 0.03;
      const double slow = 1 / (1 + 9.81 * n * n * 10 / std::pow(h, 4.0 / 3.0));
      CAPTURE(run.u(30, 2) / slow);
      CHECK(std::abs(run.u(30, 2) / slow - 1) <= 0.03);
    }
}

TEST_CASE("roughness by depth: deep uniform flow stands at the depth of the deep n") {
  for (const std::string scheme : {"first_order", "second_order"})
    CHECK(std::abs(uniform_depth(scheme, 0.3, 0.03) - 1) <= 0.03);
}

// A film of 30 mm where the ground falls by 0.1 m from cell to cell, and where in half a step without
// friction it would get several times as fast.
TEST_CASE("roughness by depth: a rough film on a steep slope stands at the depth of the shallow n") {
  for (const std::string scheme : {"first_order", "second_order"})
    CHECK(std::abs(uniform_depth(scheme, 0.002, 0.2) - 1) <= 0.03);
}
