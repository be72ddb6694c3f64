// Local inertia where it is right (slow filling, against the full equations) and what it says where it is
// not.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// After test 2 of the Environment Agency's benchmark (Neelz and Pender 2013, SC120002): 2000 m x 2000 m, a
// four by four of half-metre hollows on a slope of 1:1500 north-south and 1:3000 west-east, cells of 20 m,
// n 0.03, dry at first; 20 m3/s enter in the north-west corner for 85 min with linear rise and fall.
FloodCase sixteen_hollows(const char* scheme) {
  FloodCase c = plain_case(100, 100, 20);
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("scheme", std::string(scheme));
  c.ground = [](double x, double y) {
    return 1 + y / 1500 - x / 3000 + 0.25 * (std::cos(2 * M_PI * x / 500) + std::cos(2 * M_PI * y / 500)) / 2;
  };
  c.forcing.series.push_back({"inflow",
                              "inflow",
                              "m3/s",
                              {Place::Kind::polyline, {{10, 1890}, {10, 1990}}},
                              {{0, 600, 4500, 5100}, {0, 20, 20, 0}, Series::Between::linear}});
  c.beat = SimTime{60'000};
  return c;
}

// Sum of the differences of depth as a share of the water.
double difference(const FloodRun& a, const FloodRun& b) {
  double sum = 0;
  double total = 0;
  for (int j = 0; j < a.grid().ny; ++j)
    for (int i = 0; i < a.grid().nx; ++i) {
      sum += std::abs(a.h(i, j) - b.h(i, j));
      total += a.h(i, j);
    }
  return sum / total;
}

// Cells flooded deeper than 5 cm in both, as a share of those flooded in either (critical success index).
double common_extent(const FloodRun& a, const FloodRun& b) {
  const auto deepest_a = a.observed("surface_water.max_depth");
  const auto deepest_b = b.observed("surface_water.max_depth");
  int both = 0;
  int either = 0;
  for (std::size_t k = 0; k < deepest_a.values.size(); ++k) {
    const bool wet_a = deepest_a.values[k] > 0.05F;
    const bool wet_b = deepest_b.values[k] > 0.05F;
    both += wet_a && wet_b ? 1 : 0;
    either += wet_a || wet_b ? 1 : 0;
  }
  return static_cast<double>(both) / either;
}

}  // namespace

// Against the second order: on these slopes the first order is damped so much that it empties the hollows.
TEST_CASE("local inertia fills sixteen hollows as the full equations in second order do") {
  FloodRun full(sixteen_hollows("second_order"));
  FloodRun fast(sixteen_hollows("local_inertia"));
  FloodRun damped(sixteen_hollows("first_order"));
  for (FloodRun* run : {&full, &fast, &damped}) {
    run->run_until(6 * 3600);
    CHECK(run->mass_error() < 1e-12);
    CHECK(run->solver().volume() == doctest::Approx(20.0 * 4500).epsilon(1e-9));
  }
  MESSAGE("sixteen hollows after 6 h, against second order: local inertia differs by ",
          100 * difference(full, fast), " % of the water, common extent ", common_extent(full, fast),
          "; first order ", 100 * difference(full, damped), " %, ", common_extent(full, damped));
  CHECK(difference(full, fast) < 0.05);
  CHECK(common_extent(full, fast) > 0.95);
}

namespace {

// Codes of what the domain said in `seconds`.
std::vector<std::string> said(FloodCase c, double seconds) {
  c.parameters.set("scheme", std::string("local_inertia"));
  FloodRun run(c);
  std::vector<std::string> codes;
  for (double t = 0; t < seconds; t += 10) {
    const StepResult r =
        run.domain().advance(SimTime::from_seconds(t), SimTime::from_seconds(10), Exchange{}, {});
    for (const Diagnostic& d : r.reasons.items()) {
      CHECK(r.status == StepStatus::degraded);
      codes.push_back(d.code);
    }
  }
  return codes;
}

}  // namespace

TEST_CASE("local inertia says where the water was too fast or too steep for it, once") {
  FloodCase steep = plain_case(60, 20, 10);
  steep.parameters.set("manning_everywhere", 0.02);
  steep.parameters.set("edge", std::string("open"));
  steep.ground = [](double x, double) { return 0.1 * (600 - x); };
  add_inflow(steep, 40, {{5, 5}, {5, 195}});
  CHECK(said(steep, 300) == std::vector<std::string>{"surface_water.local_inertia_fast"});

  FloodCase dam = plain_case(80, 20, 10);
  dam.parameters.set("manning_everywhere", 0.03);
  dam.depth = [](double x, double) { return x < 400 ? 4.0 : 0.5; };
  const auto codes = said(dam, 30);
  CHECK(std::count(codes.begin(), codes.end(), "surface_water.local_inertia_steep") == 1);

  FloodCase slow = plain_case(60, 60, 10);
  slow.parameters.set("manning_everywhere", 0.03);
  slow.ground = [](double x, double y) { return 0.3 * std::sin(x / 60) * std::cos(y / 80); };
  slow.depth = [](double x, double) { return x < 300 ? 2.0 : 1.7; };
  CHECK(said(slow, 300).empty());
}
