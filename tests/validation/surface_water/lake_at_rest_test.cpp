// Still water stays still, whatever stands in it.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// Humps that stay under water, humps that stand out of it, at a datum of 300 m.
double humps(double x, double y, double cell) {
  const double s = 2 * M_PI / (37 * cell);
  return 300 + 1.5 * std::sin(s * x) * std::cos(0.7 * s * y) + 0.8 * std::sin(3.1 * s * x + s * y);
}

FloodCase lake(double cell) {
  FloodCase c = plain_case(150, 130, cell);
  c.ground = [cell](double x, double y) { return humps(x, y, cell); };
  c.level = [](double, double) { return 300.4; };
  add_building(c, "b1", rectangle(20 * cell, 20 * cell, 33.4 * cell, 27.7 * cell));
  add_building(c, "b2", rectangle(60.3 * cell, 58.1 * cell, 70.9 * cell, 71.6 * cell));
  add_building(c, "b3", {{90 * cell, 90 * cell}, {110.5 * cell, 95.2 * cell}, {99 * cell, 118 * cell}});
  add_wall(c, "w1", {{10 * cell, 60 * cell}, {55 * cell, 80 * cell}}, 300.9);   // above the water
  add_wall(c, "w2", {{70 * cell, 20 * cell}, {130 * cell, 45 * cell}}, 300.1);  // below it
  return c;
}

}  // namespace

TEST_CASE("lake at rest with dry ground, buildings and walls: no speed above 1e-12 m/s") {
  for (const double cell : {2.0, 10.0}) {  // blocked faces; porosity
    for (const char* edge : {"closed", "open"}) {
      for (const char* scheme : {"first_order", "second_order", "local_inertia"})
        for (const char* precision : {"double", "single"}) {
          const double bar = std::string(precision) == "double" ? 1e-12 : 1e-6;
          CAPTURE(cell);
          CAPTURE(std::string(edge));
          CAPTURE(std::string(scheme));
          CAPTURE(std::string(precision));
          FloodCase c = lake(cell);
          c.parameters.set("scheme", std::string(scheme));
          c.parameters.set("precision", std::string(precision));
          c.parameters.set("edge", std::string(edge));
          FloodRun run(c);
          const double volume = run.solver().volume();
          run.run_until(600);
          MESSAGE(std::string(scheme), ", ", std::string(precision), ", cell ", cell, " m, edge ",
                  std::string(edge), ": max |u| = ", run.max_speed(), " m/s after ", run.solver().sub_steps(),
                  " steps");
          CHECK(run.solver().sub_steps() > 100);
          CHECK(run.max_speed() < bar);
          CHECK(run.max_level_error(300.4) < bar * 10);
          CHECK(run.mass_error() < bar / 10);
          CHECK(run.solver().volume() == doctest::Approx(volume).epsilon(bar / 10));
        }
    }
  }
}
