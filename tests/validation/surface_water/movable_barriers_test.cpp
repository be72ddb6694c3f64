// Barriers and gates that are put up and taken down, alone, together and on levees that breach.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <memory>

#include "engine/model/hydraulic_structures.hpp"
#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

void add(FloodCase& c, const HydraulicStructures& all) {
  c.forcing.structures = std::make_shared<HydraulicStructures>(all);
}

// Water 2 m deep west of a line with nothing beyond it, in a closed basin.
FloodCase behind_a_line(const std::string& scheme) {
  FloodCase c = plain_case(80, 30, 5);
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("scheme", scheme);
  c.parameters.set("edge", std::string("closed"));
  c.level = [](double x, double) { return x < 200 ? 2.0 : 0.0; };
  return c;
}

MovableBarrier standing(double from, double until, double height) {
  MovableBarrier barrier;
  barrier.key.assign(1, 'b');
  barrier.line = {{200, -10}, {200, 160}};
  barrier.height = height;
  barrier.rule.opening = {{0, from, until}, {0, 1, 0}, Series::Between::step};
  return barrier;
}

double beyond_the_line(const FloodRun& run) {
  double sum = 0;
  for (int j = 0; j < 30; ++j)
    for (int i = 40; i < 80; ++i) sum += run.h(i, j) * 25;
  return sum;
}

}  // namespace

TEST_CASE("water passes a mobile barrier before it stands and not after, and none is lost") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"}) {
    CAPTURE(scheme);
    FloodCase c = plain_case(150, 30, 5);
    c.parameters.set("manning_everywhere", 0.03);
    c.parameters.set("scheme", std::string(scheme));
    c.parameters.set("edge", std::string("closed"));
    add_inflow(c, 20, {{2.5, 2}, {2.5, 148}});
    MovableBarrier barrier;
    barrier.key = "b";
    barrier.line = {{320, -10}, {320, 160}};  // on the border of two tiles
    barrier.height = 2;
    barrier.deployed = Deployment{900, 300, {}, 0};
    add(c, {{}, {}, {}, {barrier}});
    FloodRun run(c);
    const auto beyond = [&] {
      double sum = 0;
      for (int j = 0; j < 30; ++j)
        for (int i = 64; i < 150; ++i) sum += run.h(i, j) * 25;
      return sum;
    };
    run.run_until(1190);
    const double before = beyond();
    CHECK(before > 100);
    run.run_until(1210);
    const double stands = beyond();
    CHECK(stands > before);
    run.run_until(2400);
    CHECK(beyond() == doctest::Approx(stands).epsilon(1e-9));
    CHECK(run.solver().volume() == doctest::Approx(20 * 2400).epsilon(1e-9));
    CHECK(run.mass_error() <= 1e-12);
    CHECK(run.min_depth() >= 0);
  }
}

TEST_CASE("a gate closes above a level and opens below another; a warning can be a level") {
  FloodCase c = plain_case(60, 10, 5);
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("edge", std::string("closed"));
  add_inflow(c, 4, {{2.5, 2}, {2.5, 48}});
  MovableBarrier gate;
  gate.key = "gate";
  gate.line = {{150, -10}, {150, 60}};
  gate.crest_level = 5;
  gate.rule.watch = Point2{12, 25};
  gate.rule.on_level = 0.5;
  gate.rule.off_level = 0.2;
  add(c, {{}, {}, {}, {gate}});
  FloodRun closes(c);
  closes.run_until(3000);  // 12000 m3: 0.8 m everywhere, were it not for the gate
  CHECK(closes.h(10, 5) > 1.0);
  CHECK(closes.h(50, 5) < 0.6);
  // Called at 0.5 m, and there 10 minutes (0.16 m) later.
  gate.rule = {};
  gate.deployed = Deployment{0, 600, Point2{12, 25}, 0.5};
  add(c, {{}, {}, {}, {gate}});
  FloodRun called(c);
  called.run_until(3000);
  CHECK(called.h(50, 5) > closes.h(50, 5) + 0.1);
  CHECK(called.h(50, 5) < 0.75);
  CHECK(called.mass_error() <= 1e-12);
  // By the clock: shut from 300 s to 900 s.
  gate.deployed.reset();
  gate.rule.opening = {{0, 300, 900}, {0, 1, 0}, Series::Between::step};
  add(c, {{}, {}, {}, {gate}});
  FloodRun timed(c);
  timed.run_until(900);
  const double shut = timed.h(50, 5);
  timed.run_until(3000);
  CHECK(shut < 0.13);
  CHECK(timed.h(50, 5) == doctest::Approx(0.8).epsilon(0.05));
  CHECK(timed.mass_error() <= 1e-12);
}

TEST_CASE("two barriers on one line: each stands while the other goes, and nothing is left of both") {
  for (const std::string scheme : {"first_order", "second_order", "local_inertia"}) {
    CAPTURE(scheme);
    FloodCase c = behind_a_line(scheme);
    add(c, {{}, {}, {}, {standing(1, 300, 3), standing(200, 600, 2.5)}});
    FloodRun run(c);
    run.run_until(20);
    const double leaked = beyond_the_line(run);
    run.run_until(590);
    CHECK(std::abs(beyond_the_line(run) / leaked - 1) <= 1e-9);
    run.run_until(3600);
    CHECK(std::abs(beyond_the_line(run) / 30000 - 1) <= 0.01);
    CHECK(run.mass_error() <= 1e-12);
  }
}

TEST_CASE("a barrier on a levee that breaches under it holds, and the fallen crest is left when it goes") {
  for (const std::string scheme : {"first_order", "second_order", "local_inertia"}) {
    CAPTURE(scheme);
    FloodCase c = behind_a_line(scheme);
    add_wall(c, "levee", {{200, -10}, {200, 160}}, 3);
    add(c, {{}, {}, {{"b", {200, 75}, 400, 60, 120, 0.5}}, {standing(50, 600, 2.5), standing(70, 400, 4)}});
    FloodRun run(c);
    run.run_until(590);
    CHECK(beyond_the_line(run) == 0);
    run.run_until(3600);
    CHECK(std::abs(beyond_the_line(run) / 30000 - 1) <= 0.01);
    CHECK(run.mass_error() <= 1e-12);
  }
}

// The barrier rises before the water gets there, one cell beyond the border of two tiles: the eastern tile
// starts with it standing, the western one without.
TEST_CASE("second order with a barrier beside a border of tiles: equal bits, and no water is lost") {
  for (const double x : {315.0, 325.0}) {
    CAPTURE(x);
    FloodCase c = plain_case(150, 70, 5);
    c.parameters.set("manning_everywhere", 0.03);
    c.parameters.set("scheme", std::string("second_order"));
    c.parameters.set("edge", std::string("closed"));
    c.level = [](double at, double) { return at < 250 ? 2.0 : 0.0; };
    MovableBarrier gate = standing(5, 125, 0.4);
    gate.line = {{x, -10}, {x, 360}};
    add(c, {{}, {}, {}, {gate}});
    FloodRun run(c);
    run.run_until(240);
    CHECK(run.mass_error() <= 1e-12);
    check_equal_bits(c, 24, {6, 14});  // standing, and gone
  }
}
