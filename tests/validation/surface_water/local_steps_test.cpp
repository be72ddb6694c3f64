// Local time steps: far fewer cell-steps, the same water.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// Half a metre of water with a hump that spreads over nine tiles, and in one of them a pit 20 m deep.
FloodCase pit_in_a_plain(const char* scheme, bool local, double hump) {
  FloodCase c = plain_case(320, 256, 5);
  c.parameters.set("scheme", std::string(scheme));
  c.parameters.set("local_time_steps", local);
  c.parameters.set("manning_everywhere", 0.02);
  c.ground = [](double x, double y) { return std::hypot(x - 480, y - 480) < 60 ? -20.0 : 0.0; };
  c.level = [=](double x, double y) {
    const double r2 = (x - 800) * (x - 800) + (y - 640) * (y - 640);
    return 0.5 + hump * std::exp(-r2 / (150 * 150));
  };
  return c;
}

}  // namespace

TEST_CASE("local time steps: less than half the cell-steps, the same water within the error of the scheme") {
  for (const char* scheme : {"first_order", "second_order"}) {
    FloodRun one(pit_in_a_plain(scheme, false, 0.3));
    FloodRun local(pit_in_a_plain(scheme, true, 0.3));
    FloodRun fine(pit_in_a_plain("second_order", false, 0.3));
    for (FloodRun* run : {&one, &local, &fine}) run->run_until(120);
    CHECK(local.mass_error() < 1e-12);
    double moved = 0;
    double scheme_error = 0;
    double worst = 0;
    for (int j = 0; j < 256; ++j)
      for (int i = 0; i < 320; ++i) {
        const double off = std::abs(local.h(i, j) - one.h(i, j));
        moved += off;
        worst = std::max(worst, off);
        scheme_error += std::abs(one.h(i, j) - fine.h(i, j));
      }
    const double saved =
        static_cast<double>(local.solver().cell_steps()) / static_cast<double>(one.solver().cell_steps());
    MESSAGE(std::string(scheme), ", local time steps: ", saved, " of the cell-steps; depths move by ",
            moved / (320 * 256) * 1000, " mm on average, at most ", worst * 1000,
            " mm; from first to second order by ", scheme_error / (320 * 256) * 1000, " mm");
    CHECK(saved < 0.5);
    CHECK(moved / (320 * 256) < 1e-3);
    CHECK(worst < 0.01);
  }
}

TEST_CASE("local time steps: still water stays still where levels of time steps meet") {
  for (const char* scheme : {"first_order", "second_order"})
    for (const char* precision : {"double", "single"}) {
      FloodCase c = pit_in_a_plain(scheme, true, 0);
      c.parameters.set("precision", std::string(precision));
      FloodRun run(c);
      run.run_until(60);
      CHECK(run.max_speed() == 0);
      CHECK(run.solver().cell_steps() < run.solver().sub_steps() * 320 * 256 / 2);
    }
}
