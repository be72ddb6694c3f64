// The same bits for any number of threads, and after a checkpoint.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// The default, and second order in 64 bits.
constexpr const char* kSchemes[][2] = {
    {"first_order", "single"}, {"second_order", "double"}, {"local_inertia", "single"}};

FloodCase storm_on_hills(const char* const (&scheme)[2] = kSchemes[0]) {
  FloodCase c = plain_case(200, 150, 10);
  c.parameters.set("scheme", std::string(scheme[0]));
  c.parameters.set("precision", std::string(scheme[1]));
  c.parameters.set("edge", std::string("open"));
  c.parameters.set("manning_everywhere", 0.03);
  c.ground = [](double x, double y) { return 5 * std::sin(x / 170) * std::cos(y / 230) + x / 400; };
  c.depth = [](double x, double y) { return std::hypot(x - 900, y - 700) < 180 ? 3.0 : 0.0; };
  for (int k = 0; k < 9; ++k)
    add_building(c, numbered("b", k), rectangle(200 + 150 * k, 300 + 77 * k, 243 + 150 * k, 371 + 77 * k));
  add_wall(c, "wall", {{300, 900}, {1500, 1000}}, 3);
  add_rain(c, 80.0 / 3.6e6, 200);
  add_rain(c, 40.0 / 3.6e6, 400, {Place::Kind::polygon, rectangle(100, 100, 900, 1200)});
  add_inflow(c, 4, {{1700, 1200}});
  return c;
}

}  // namespace

TEST_CASE("equal bits at 1, 2, 3, 4 and 8 threads, and from a checkpoint") {
  for (const auto& scheme : kSchemes) {
    CAPTURE(std::string(scheme[0]));
    const FloodCase c = storm_on_hills(scheme);
    check_equal_bits(c, 20, {1, 4, 11});
    FloodRun run(c);
    run.run_until(160);
    CHECK(run.mass_error() <= (scheme[1] == std::string("double") ? 1e-12 : 1e-7));
    CHECK(run.balance().in > 0);
  }
}

TEST_CASE("halving the beat does not move the answer beyond the time-step error") {
  FloodCase c = storm_on_hills();
  FloodRun whole(c);
  whole.run_until(300);
  c.beat = SimTime{5000};
  FloodRun half(c);
  half.run_until(300);
  const auto a = whole.observed("surface_water.max_depth");
  const auto b = half.observed("surface_water.max_depth");
  double worst = 0;
  double sum = 0;  // the worst cells are those at the foot of the 3 m column, in its first second
  for (std::size_t k = 0; k < a.values.size(); ++k) {
    if (std::isnan(a.values[k])) continue;
    worst = std::max(worst, static_cast<double>(std::abs(a.values[k] - b.values[k])));
    sum += static_cast<double>(std::abs(a.values[k] - b.values[k]));
  }
  MESSAGE("beat 10 s -> 5 s: max depth moves by at most ", worst, " m, on average ",
          sum / static_cast<double>(a.values.size()), " m");
  CHECK(worst < 0.1);
  CHECK(sum / static_cast<double>(a.values.size()) < 1e-3);
}
