// Against tables of exact solutions kept beside the project (shared/reference/flood/analytic), where they
// are. Steady flows over a bump and MacDonald's channel: SWASHES set-ups (Delestre et al. 2013).
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/validation/laboratory/laboratory.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

Columns read_table(const std::string& name) {
  std::ifstream file(std::string(CITYTWIN_SOURCE_DIR "/../shared/reference/flood/analytic/") + name);
  Columns columns;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::stringstream fields(line);
    std::string field;
    for (std::size_t c = 0; std::getline(fields, field, ','); ++c) {
      if (columns.size() <= c) columns.emplace_back();
      columns[c].push_back(std::stod(field));
    }
  }
  if (columns.empty()) MESSAGE("skipped: no reference file ", name);
  return columns;
}

double relative_l1(const FloodRun& run, const std::vector<double>& exact) {
  double error = 0;
  double total = 0;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    error += std::abs(run.h(static_cast<int>(k), 1) - exact[k]);
    total += exact[k];
  }
  return error / total;
}

struct Steady {
  const char* name;
  double manning, q, h_out, seconds;
  bool shock;
};

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

SteadyErrors steady_errors(const FloodRun& run, const Columns& t, const Steady& s) {
  SteadyErrors errors;
  errors.depth = relative_l1(run, t[2]);
  std::vector<double> depth;
  for (int i = 0; i < run.grid().nx; ++i) depth.push_back(run.h(i, 1));
  const int shock = s.shock ? shock_at(t[2]) : -100;
  if (s.shock) errors.shock = shock_at(depth) - shock;
  for (int i = 5; i < run.grid().nx - 5; ++i) {
    if (std::abs(i - shock) <= 10) continue;
    const double off = std::abs(run.h(i, 1) * run.u(i, 1) / s.q - 1);
    errors.discharge = std::max(errors.discharge, off);
    if (off > 1e-3) ++errors.cells_off;
  }
  return errors;
}

// Steady flow along x over the table's ground: inflow q in the first cells, level held in the last.
SteadyErrors steady_flow(const Columns& t, const Steady& s, const char* scheme) {
  const double dx = t[0][1] - t[0][0];
  const int n = static_cast<int>(t[0].size());
  FloodCase c = plain_case(n, 3, dx);
  c.parameters.set("scheme", std::string(scheme));
  c.parameters.set("manning_everywhere", s.manning);
  const auto at = [dx](double x) { return static_cast<std::size_t>(x / dx); };
  c.ground = [&](double x, double) { return t[1][at(x)]; };
  c.depth = [&](double x, double) { return t[2][at(x)]; };
  c.velocity_east = [&](double x, double) { return s.q / t[2][at(x)]; };
  add_inflow(c, s.q * 3 * dx, {{0.5 * dx, 0.1 * dx}, {0.5 * dx, 2.9 * dx}});
  const double end = n * dx;
  add_level(c, {0}, {t[1].back() + s.h_out}, {{end - 0.5 * dx, 0.1 * dx}, {end - 0.5 * dx, 2.9 * dx}});
  FloodRun run(c);
  run.run_until(s.seconds);
  CHECK(run.mass_error() < 1e-12);
  return steady_errors(run, t, s);
}

}  // namespace

TEST_CASE("reference files: dam breaks") {
  for (const auto& [name, right, bar] : {std::tuple{"stoker_wet_dambreak_t6.csv", 0.001, 0.01},
                                         std::tuple{"ritter_dry_dambreak_t6.csv", 0.0, 0.015}}) {
    const Columns t = read_table(name);
    if (t.empty()) continue;
    const int n = static_cast<int>(t[0].size());
    const double dx = t[0][1] - t[0][0];
    FloodCase c = plain_case(n, 3, dx);
    c.depth = [right = right](double x, double) { return x < 5 ? 0.005 : right; };
    c.beat = SimTime{6000};
    c.parameters.set("dry_m", 1e-9);
    FloodRun run(c);
    run.run_until(6);
    const double error = relative_l1(run, t[1]);
    MESSAGE(std::string(name), ": L1(h) = ", error * 100, " %");
    CHECK(error <= bar);
  }
}

// Bars: half a per cent of the depth, a cell for the shock, and 1e-3 of the discharge in second order. That
// is missed in one cell, where the bump with the shock begins with a kink (0.14 %). First order misses it by
// its nature: the flux between cells is constant, but h u of a cell that lies on a slope is not.
TEST_CASE("reference files: steady flow over a bump and in MacDonald's channel") {
  for (const Steady& s : {Steady{"bump_subcritical.csv", 0, 4.42, 2, 60, false},
                          Steady{"bump_transcritical.csv", 0, 1.53, 0.405781, 60, false},
                          Steady{"bump_transcritical_shock.csv", 0, 0.18, 0.33, 150, true},
                          Steady{"macdonald_short_shock.csv", 0.0328, 2, 2.878708, 200, true}}) {
    const Columns t = read_table(s.name);
    if (t.empty()) continue;
    for (const char* scheme : {"first_order", "second_order"}) {
      const SteadyErrors e = steady_flow(t, s, scheme);
      MESSAGE(std::string(s.name), ", ", std::string(scheme), ": L1(h) = ", e.depth * 100, " %, discharge ",
              e.discharge * 100, " % (", e.cells_off, " cells above 1e-3), shock off by ", e.shock, " cells");
      CHECK(e.depth <= 0.005);
      CHECK(e.discharge <= (scheme == std::string("second_order") ? 2e-3 : 0.02));
      if (scheme == std::string("second_order")) CHECK(e.cells_off <= 1);
      CHECK(std::abs(e.shock) <= 1);
    }
  }
}
