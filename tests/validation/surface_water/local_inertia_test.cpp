// What local inertia says where it is not right. Where it is: ea_benchmarks_test.cpp.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

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
