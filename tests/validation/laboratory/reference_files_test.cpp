// Against tables of exact solutions kept beside the project (shared/reference/flood/analytic), where they
// are.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/validation/laboratory/laboratory.hpp"
#include "tests/validation/surface_water/steady_solutions.hpp"

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

// The tables are the same solutions, to the digits they have: cells on a jump may fall on either side of it.
TEST_CASE("reference files: steady flows, computed exactly") {
  for (const SteadyCase& c : steady_cases()) {
    const Columns t = read_table(c.name + ".csv");
    if (t.empty()) continue;
    const SteadyFlow exact = steady_solution(c);
    REQUIRE(t[0].size() == exact.x.size());
    int apart = 0;
    for (std::size_t k = 0; k < exact.x.size(); ++k) {
      CHECK(std::abs(t[0][k] - exact.x[k]) < 1e-9);
      CHECK(std::abs(t[1][k] - exact.ground[k]) < 2e-6);
      if (std::abs(t[2][k] - exact.depth[k]) > 1e-6) ++apart;
    }
    MESSAGE(c.name, ": ", apart, " cells of another depth than in the table");
    CHECK(apart <= (c.shock ? 1 : 0));
  }
}
