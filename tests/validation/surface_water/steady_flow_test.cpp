// Steady flow over a bump and in MacDonald's channel against exact solutions.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/validation/surface_water/flood_case.hpp"
#include "tests/validation/surface_water/steady_solutions.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

struct SteadyErrors {
  double depth = 0;      // relative L1
  double discharge = 0;  // largest deviation from q, away from the inlet and the shock
  int cells_off = 0;     // cells whose discharge is off by more than 1e-3
  double shock = 0;      // of its place [cells]
};

// The cell where the depth jumps up most.
int shock_at(const std::vector<double>& depth) {
  std::size_t at = 1;
  for (std::size_t k = 2; k < depth.size(); ++k)
    if (depth[k] - depth[k - 1] > depth[at] - depth[at - 1]) at = k;
  return static_cast<int>(at);
}

SteadyErrors steady_errors(const FloodRun& run, const SteadyFlow& t, const SteadyCase& s) {
  SteadyErrors errors;
  errors.depth = relative_l1(run, t.depth);
  std::vector<double> depth;
  depth.reserve(t.depth.size());
  for (int i = 0; i < run.grid().nx; ++i) depth.push_back(run.h(i, 1));
  const int shock = s.shock ? shock_at(t.depth) : -100;
  if (s.shock) errors.shock = shock_at(depth) - shock;
  for (int i = 5; i < run.grid().nx - 5; ++i) {
    if (std::abs(i - shock) <= 10) continue;
    const double off = std::abs(run.h(i, 1) * run.u(i, 1) / s.q - 1);
    errors.discharge = std::max(errors.discharge, off);
    if (off > 1e-3) ++errors.cells_off;
  }
  return errors;
}

// Steady flow along x: inflow q in the first cells, level held in the last.
SteadyErrors steady_flow(const SteadyFlow& t, const SteadyCase& s, const char* scheme) {
  const double dx = s.cell;
  const int n = static_cast<int>(t.x.size());
  FloodCase c = plain_case(n, 3, dx);
  c.parameters.set("scheme", std::string(scheme));
  c.parameters.set("manning_everywhere", s.manning);
  const auto at = [dx](double x) { return static_cast<std::size_t>(x / dx); };
  c.ground = [&](double x, double) { return t.ground[at(x)]; };
  c.depth = [&](double x, double) { return t.depth[at(x)]; };
  c.velocity_east = [&](double x, double) { return s.q / t.depth[at(x)]; };
  add_inflow(c, s.q * 3 * dx, {{0.5 * dx, 0.1 * dx}, {0.5 * dx, 2.9 * dx}});
  const double end = n * dx;
  add_level(c, {0}, {t.ground.back() + s.depth_out},
            {{end - 0.5 * dx, 0.1 * dx}, {end - 0.5 * dx, 2.9 * dx}});
  FloodRun run(c);
  run.run_until(s.seconds);
  CHECK(run.mass_error() < 1e-12);
  return steady_errors(run, t, s);
}

}  // namespace

// Bars: half a per cent of the depth, a cell for the shock, and 1e-3 of the discharge in second order. That
// is missed in one cell, where the bump with the shock begins with a kink (0.14 %). First order misses it by
// its nature: the flux between cells is constant, but h u of a cell that lies on a slope is not.
TEST_CASE("steady flow over a bump and in MacDonald's channel") {
  for (const SteadyCase& s : steady_cases()) {
    const SteadyFlow exact = steady_solution(s);
    for (const char* scheme : {"first_order", "second_order"}) {
      const SteadyErrors e = steady_flow(exact, s, scheme);
      MESSAGE(s.name, ", ", std::string(scheme), ": L1(h) = ", e.depth * 100, " %, discharge ",
              e.discharge * 100, " % (", e.cells_off, " cells above 1e-3), shock off by ", e.shock, " cells");
      CHECK(e.depth <= 0.005);
      CHECK(e.discharge <= (scheme == std::string("second_order") ? 2e-3 : 0.02));
      if (scheme == std::string("second_order")) CHECK(e.cells_off <= 1);
      CHECK(std::abs(e.shock) <= 1);
    }
  }
}
