// Against tables of exact solutions kept beside the project (shared/reference/flood/analytic), where they
// are. Steady flows over a bump and MacDonald's channel: SWASHES set-ups (Delestre et al. 2013).
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

using Columns = std::vector<std::vector<double>>;

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

// Steady flow along x over the table's ground: inflow q in the first cells, level held in the last.
double steady_error(const Columns& t, double manning, double q, double h_out, double seconds) {
  const double dx = t[0][1] - t[0][0];
  const int n = static_cast<int>(t[0].size());
  FloodCase c = plain_case(n, 3, dx);
  c.parameters.set("manning_everywhere", manning);
  c.parameters.set("edge", std::string("open"));
  c.ground = [&](double x, double) { return t[1][static_cast<std::size_t>(x / dx)]; };
  c.depth = [&](double x, double) { return t[2][static_cast<std::size_t>(x / dx)]; };
  c.velocity_east = [&](double x, double) { return q / t[2][static_cast<std::size_t>(x / dx)]; };
  add_inflow(c, q * 3 * dx, {{0.5 * dx, 0.1 * dx}, {0.5 * dx, 2.9 * dx}});
  const double end = n * dx;
  c.forcing.series.push_back(
      {"outlet",
       "level",
       "m",
       {Place::Kind::polyline, {{end - 0.5 * dx, 0.1 * dx}, {end - 0.5 * dx, 2.9 * dx}}},
       {{0}, {t[1].back() + h_out}, Series::Between::linear}});
  for (const double y : {0.0, 3 * dx}) add_wall(c, y > 0 ? "north" : "south", {{-dx, y}, {end + dx, y}}, 1e4);
  add_wall(c, "west", {{0, -dx}, {0, 4 * dx}}, 1e4);
  FloodRun run(c);
  run.run_until(seconds);
  CHECK(run.mass_error() < 1e-12);
  return relative_l1(run, t[2]);
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

TEST_CASE("reference files: steady flow over a bump and in MacDonald's channel") {
  struct Steady {
    const char* name;
    double manning, q, h_out, seconds, bar;
  };
  // Bars: about twice what the scheme reaches.
  for (const Steady& s : {Steady{"bump_subcritical.csv", 0, 4.42, 2, 60, 0.005},
                          Steady{"bump_transcritical_shock.csv", 0, 0.18, 0.33, 150, 0.005},
                          Steady{"macdonald_short_shock.csv", 0.0328, 2, 2.878708, 200, 0.005}}) {
    const Columns t = read_table(s.name);
    if (t.empty()) continue;
    const double error = steady_error(t, s.manning, s.q, s.h_out, s.seconds);
    MESSAGE(std::string(s.name), ": L1(h) = ", error * 100, " %");
    CHECK(error <= s.bar);
  }
}
