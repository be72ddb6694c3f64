// A level imposed along the edge of the grid: waves that it makes have their full height, and flow between
// two levels is that of the slope.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr int kLong = 300, kWide = 4;
constexpr double kHeight = 0.005;  // on a metre of water [m]

// A channel along x or y, with a wave coming in at its west (south) or east (north) end.
FloodCase channel(const char* scheme, bool north, bool from_far_end) {
  FloodCase c = plain_case(north ? kWide : kLong, north ? kLong : kWide, 1);
  c.parameters.set("scheme", std::string(scheme));
  c.parameters.set("local_time_steps", false);  // the tiles are not symmetric
  c.level = [](double, double) { return 1.0; };
  c.beat = SimTime{100};
  std::vector<double> time, level;
  for (int k = 0; k <= 600; ++k) {
    time.push_back(0.1 * k);
    level.push_back(1 + kHeight * std::exp(-std::pow((time.back() - 18) / 6, 2)));
  }
  const double end = from_far_end ? kLong - 0.5 : 0.5;
  const Point2 a{north ? 0.1 : end, north ? end : 0.1},
      b{north ? kWide - 0.1 : end, north ? end : kWide - 0.1};
  add_level(c, time, level, {a, b});
  return c;
}

// Highest water 10 m from the end that the wave comes from; over 100 m first order damps it by 15 %.
double highest(FloodRun& run, bool north, bool from_far_end) {
  const int at = from_far_end ? kLong - 11 : 10;
  double level = 0;
  for (int n = 1; n <= 700; ++n) {  // before the far end sends anything back to there
    run.run_until(0.1 * n);
    level = std::max(level, north ? run.level(1, at) : run.level(at, 1));
  }
  return level;
}

}  // namespace

TEST_CASE("a wave made by a level at the edge has its full height, through every edge the same") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"}) {
    double first = 0;
    for (const bool north : {false, true})
      for (const bool far : {false, true}) {
        FloodRun run(channel(scheme, north, far));
        const double level = highest(run, north, far);
        if (first == 0) first = level;
        CHECK(level == first);
        CHECK(run.mass_error() < 1e-12);
      }
    MESSAGE(std::string(scheme), ": ", 100 * ((first - 1) / kHeight - 1), " % of the height");
    CHECK(std::abs((first - 1) / kHeight - 1) < 0.03);
  }
}

// In local inertia the face at the end has no neighbour to weigh with, and 4 % less comes in (README, known
// wrongs).
TEST_CASE("between levels at both ends water flows as on an endless slope") {
  constexpr double kSlope = 0.001, kN = 0.03, kH = 0.5;
  for (const char* scheme : {"second_order", "local_inertia"}) {
    FloodCase c = plain_case(100, 3, 10);
    c.parameters.set("scheme", std::string(scheme));
    c.parameters.set("manning_everywhere", kN);
    c.ground = [](double x, double) { return kSlope * (1000 - x); };
    for (const double x : {5.0, 995.0}) add_level(c, {0}, {c.ground(x, 0) + kH}, {{x, 1}, {x, 29}});
    FloodRun run(c);
    run.run_until(7200);
    const double q = std::pow(kH, 5.0 / 3) * std::sqrt(kSlope) / kN;  // [m2/s]
    MESSAGE(std::string(scheme), ": q ", run.h(50, 1) * run.u(50, 1), " m2/s, Manning ", q, " m2/s");
    CHECK(std::abs(run.h(50, 1) * run.u(50, 1) / q - 1) < 0.01);
    CHECK(std::abs(run.h(50, 1) / kH - 1) < 0.01);
  }
}

TEST_CASE("levels at the edge: equal bits at any number of threads, and from a checkpoint") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"}) {
    CAPTURE(std::string(scheme));
    FloodCase c = channel(scheme, false, false);
    c.parameters.set("local_time_steps", true);
    c.parameters.set("precision", std::string("single"));
    c.beat = SimTime{10'000};
    check_equal_bits(c, 10, {3});
  }
}
