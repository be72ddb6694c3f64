// The Monai valley experiment (CRIEPI, 1:400; benchmark 2 of the Third International Workshop on Long-Wave
// Run-up Models, 2004): a wave known at the offshore edge runs over a bay with an island. Gauges 5, 7 and 9
// stand behind the island.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/laboratory/laboratory.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr int kNx = 393, kNy = 244;
constexpr double kEnd = 22.5;    // of the known wave [s]
constexpr double kCell = 0.014;  // of the measured ground: its points are the middles of cells [m]

// Walls on three sides; the level of the wave at the west edge. Plexiglass: n 0.01.
FloodCase monai(const Columns& ground, const Columns& wave) {
  FloodCase c = plain_case(kNx, kNy, kCell);
  c.parameters.set("scheme", std::string("second_order"));
  c.parameters.set("precision", std::string("single"));
  c.parameters.set("manning_everywhere", 0.01);
  std::vector<double> z(static_cast<std::size_t>(kNx * kNy));
  for (std::size_t k = 0; k < ground[0].size(); ++k) {
    const auto i = std::lround(ground[0][k] / kCell);
    const auto j = std::lround(ground[1][k] / kCell);
    z[c.grid.index(static_cast<int>(i), static_cast<int>(j))] = ground[2][k];
  }
  c.ground = [z, grid = c.grid](double x, double y) { return z[grid.index(grid.column(x), grid.row(y))]; };
  c.level = [](double, double) { return 0.0; };
  c.beat = SimTime{50};
  add_level(c, wave[0], wave[1], {{0.5 * kCell, 0.1 * kCell}, {0.5 * kCell, (kNy - 0.1) * kCell}});
  return c;
}

}  // namespace

TEST_CASE("Monai valley: peaks at gauges 5, 7 and 9 within 10 %" * doctest::test_suite("long")) {
  const Columns ground =
      read_columns("okushiri_monai/Benchmark_2_Bathymetry.zip", "Benchmark_2_Bathymetry.xya");
  const Columns wave = read_columns("okushiri_monai/Benchmark_2_input.txt");
  const Columns measured = read_columns("okushiri_monai/output_ch5-7-9.txt");
  if (ground.empty() || wave.empty() || measured.empty()) return;
  REQUIRE(ground[0].size() == static_cast<std::size_t>(kNx * kNy));
  FloodRun run(monai(ground, wave));
  const double half =
      0.5 * kCell;  // the corner of the grid lies half a cell before that of the measured ground
  const Columns levels = gauge_levels(run,
                                      {{"5", {4.521 + half, 1.196 + half}},
                                       {"7", {4.521 + half, 1.696 + half}},
                                       {"9", {4.521 + half, 2.196 + half}}},
                                      kEnd);
  for (const std::size_t g : {1U, 2U, 3U}) {
    const Peak seen = peak_of(measured, g, 0, kEnd);  // [cm]
    const Peak peak = peak_of(levels, g, 0, kEnd);
    const double error = peak.value / (seen.value / 100) - 1;
    MESSAGE("Monai, gauge ", 3 + 2 * g, ": peak ", 100 * peak.value, " cm at ", peak.time, " s, measured ",
            seen.value, " cm at ", seen.time, " s: ", 100 * error, " %");
    CHECK(std::abs(error) <= 0.1);
    CHECK(std::abs(peak.time - seen.time) <= 0.25);
  }
  CHECK(run.mass_error() < 1e-7);
  CHECK(run.min_depth() >= 0);
}
