// Cells and sewers exchange water without losing any, and the order in which they take turns does not matter.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "engine/model/given_flood.hpp"
#include "tests/validation/surface_water/sewer_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// The last pipe is so narrow that the street's water backs up to the covers.
void throttle(FloodCase& c, double diameter) {
  c.tables.sewers.links.full_depth.back() = c.tables.sewers.links.width.back() = diameter;
}

}  // namespace

TEST_CASE("inlets take the street's water, and the balance of both closes") {
  for (const char* precision : {"double", "single"}) {
    FloodCase c = street(80, 0.6, 2);
    c.parameters.set("precision", std::string(precision));
    FloodRun run(c);
    run.run_until(1800);
    const double rain = 80.0 / 3.6e6 * 900 * 240 * 48;
    MESSAGE(precision, ": captured ", observed_value(run, "surface_water.sewer_captured"), " of ", rain,
            " m3, mass error ", run.mass_error());
    CHECK(observed_value(run, "surface_water.sewer_captured") > 0.15 * rain);
    CHECK(observed_value(run, "surface_water.sewer_outflow") > 0.15 * rain);
    CHECK(run.mass_error() < (std::string(precision) == "double" ? 1e-12 : 1e-7));
    CHECK(run.min_depth() >= 0);
  }
}

TEST_CASE("a sewer that is too small comes up through its manholes, and no water is lost") {
  FloodCase c = street(20, 0.15, 2);
  throttle(c, 0.06);
  // Water from elsewhere arrives in the top manhole's cell faster than the pipe carries it away.
  add_inflow(c, 0.4, {{22, 22}});
  FloodRun run(c);
  run.run_until(1200);
  MESSAGE("returned ", observed_value(run, "surface_water.sewer_returned"), " m3, mass error ",
          run.mass_error());
  CHECK(observed_value(run, "surface_water.sewer_returned") > 1);
  CHECK(run.mass_error() < 1e-12);
}

TEST_CASE("halving the step of the exchange moves the results little") {
  FloodRun coarse(street(80, 0.3, 1)), fine(street(80, 0.3, 0.5));
  coarse.run_until(1200);
  fine.run_until(1200);
  const auto net = [](FloodRun& run) {
    return observed_value(run, "surface_water.sewer_captured") -
           observed_value(run, "surface_water.sewer_returned");
  };
  MESSAGE("into the sewer ", net(coarse), " and ", net(fine), " m3, gross ",
          observed_value(coarse, "surface_water.sewer_captured"), " and ",
          observed_value(fine, "surface_water.sewer_captured"));
  CHECK(net(fine) == doctest::Approx(net(coarse)).epsilon(0.01));
  const Grid<float> a = coarse.observed("surface_water.max_depth"),
                    b = fine.observed("surface_water.max_depth");
  double mean = 0, worst = 0;
  for (std::size_t k = 0; k < a.values.size(); ++k) {
    const double difference = std::abs(a.values[k] - b.values[k]);
    mean += difference / static_cast<double>(a.values.size());
    worst = std::max(worst, difference);
  }
  MESSAGE("max depth moves by ", 1000 * mean, " mm in the mean, ", 1000 * worst, " mm at most");
  CHECK(mean < 0.001);
  CHECK(worst < 0.02);
}

TEST_CASE("still water above full sewers stays still, around houses and walls") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"})
    for (const char* precision : {"double", "single"}) {
      CAPTURE(std::string(scheme));
      CAPTURE(std::string(precision));
      FloodCase c = street(0, 0.4, 1);
      c.parameters.set("scheme", std::string(scheme));
      c.parameters.set("precision", std::string(precision));
      c.parameters.set("manning_everywhere", 0.2);  // damps the wave that filling the pipes makes
      c.forcing.series.clear();
      c.level = [](double, double) { return 10.5; };
      add_building(c, "house", rectangle(80, 8, 92, 16));
      add_wall(c, "under", {{150, -1}, {150, 49}}, 9.5);
      add_wall(c, "above", {{200, 8}, {200, 40}}, 11);
      // The pipes fill in the first minutes; afterwards nothing moves.
      c.tables.sewers.nodes.outfall_level.back() = 10.5;
      c.tables.sewers.nodes.outfall_flap_gate.back() = 1;
      FloodRun run(c);
      run.run_until(1800);
      const double before = run.balance().storage;
      run.run_until(3600);
      MESSAGE("still water above sewers, ", std::string(scheme), ", ", std::string(precision), ": speed ",
              run.max_speed(), " m/s");
      CHECK(run.max_speed() < 1e-3);
      CHECK(std::abs(run.balance().storage / before - 1) < 1e-4);
    }
}

// Manholes on an island and in a basin behind a wall, a flap at the outfall: no water is near an inlet.
TEST_CASE("still water beside empty sewers stays still to the last bit") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"})
    for (const char* precision : {"double", "single"}) {
      CAPTURE(std::string(scheme));
      CAPTURE(std::string(precision));
      FloodCase c = plain_case(60, 40, 4);
      c.parameters.set("scheme", std::string(scheme));
      c.parameters.set("precision", std::string(precision));
      c.ground = [](double x, double y) {
        return 4 * std::exp(-(std::pow(x - 70, 2) + std::pow(y - 80, 2)) / 900);
      };
      c.level = [](double x, double) { return x < 180 ? 2.5 : -1.0; };
      add_wall(c, "wall", {{180, -1}, {180, 161}}, 3);
      add_building(c, "house", rectangle(120, 60, 132, 84));
      add_manhole(c, "island", {70, 80}, c.ground(70, 80), 1);
      add_manhole(c, "basin", {202, 82}, 0, -1);
      add_outfall(c, "out", {222, 82}, 0, -1.5, -2);
      c.tables.sewers.nodes.outfall_flap_gate.back() = 1;
      add_pipe(c, "p0", 0, 1, 0.4);
      add_pipe(c, "p1", 1, 2, 0.4);
      FloodRun run(c);
      run.run_until(600);
      CHECK(run.max_speed() == 0);
      CHECK(observed_value(run, "surface_water.sewer_captured") == 0);
      CHECK(run.mass_error() < 1e-15);
    }
}

// All cells are held by one level, so the tile is never stepped: the level must feed the manhole all the
// same.
TEST_CASE("a manhole in water that a level holds does not drain it") {
  FloodCase c = plain_case(64, 64, 4);
  c.parameters.set("precision", std::string("double"));
  c.ground = [](double, double) { return -2.0; };
  add_level(c, {0}, {1}, rectangle(0, 0, 256, 256));
  c.forcing.series.back().place.kind = Place::Kind::polygon;
  add_manhole(c, "manhole", {130, 130}, -2, -4);
  add_outfall(c, "out", {200, 130}, -2, -5, -9);
  add_pipe(c, "pipe", 0, 1, 0.5);
  FloodRun run(c);
  run.run_until(600);
  MESSAGE("captured ", observed_value(run, "surface_water.sewer_captured"), " m3 under a held level");
  CHECK(observed_value(run, "surface_water.sewer_captured") > 1);
  CHECK(std::abs(run.h(32, 32) - 3) < 0.1);  // less what it took in the last turn
  CHECK(run.mass_error() < 1e-12);
}

TEST_CASE("with sewers: equal bits at any number of threads, and from a checkpoint") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"})
    for (const char* precision : {"single", "double"}) {
      CAPTURE(std::string(scheme));
      CAPTURE(std::string(precision));
      FloodCase c = street(80, 0.3, 2);
      c.parameters.set("scheme", std::string(scheme));
      c.parameters.set("precision", std::string(precision));
      throttle(c, 0.1);
      add_inflow(c, 0.4, {{22, 22}});  // comes up again further down
      check_equal_bits(c, 60, {3, 40});
      FloodRun run(c);
      run.run_until(600);
      CHECK(observed_value(run, "surface_water.sewer_captured") > 10);
      CHECK(observed_value(run, "surface_water.sewer_returned") > 0);
    }
}

TEST_CASE("roofs drain into the sewer node in reach, and the same water is booked once") {
  for (const char* buildings : {"blocked", "porosity", "raised"}) {
    CAPTURE(buildings);
    FloodCase c = street(40, 0.6, 1);
    c.parameters.set("buildings", std::string(buildings));
    c.parameters.set("roof_rain", std::string("sewer"));
    c.parameters.set("roof_reach_m", 40.0);
    add_building(c, "house", rectangle(100, 32, 120, 44));  // 240 m2, 15 to 20 m from a manhole
    FloodRun run(c);
    run.run_until(1800);
    const double rain = 40 / 3.6e6 * 900;
    CHECK(observed_value(run, "surface_water.sewer_from_roofs") == doctest::Approx(240 * rain).epsilon(1e-6));
    CHECK(run.mass_error() <= 1e-12);
    // Out of reach: onto the street, as without the option.
    c.parameters.set("roof_reach_m", 5.0);
    const auto far = hash_trace(c, 30);
    c.parameters.set("roof_rain", std::string("street"));
    CHECK(hash_trace(c, 30) == far);
  }
}

TEST_CASE("roof water that full pipes cannot take comes up at the manhole") {
  FloodCase c = street(200, 0.15, 1);
  c.parameters.set("roof_rain", std::string("sewer"));
  add_building(c, "hall", rectangle(20, 28, 220, 44));
  FloodRun run(c);
  run.run_until(1800);
  CHECK(observed_value(run, "surface_water.sewer_returned") > 10);
  CHECK(run.mass_error() <= 1e-12);
}

TEST_CASE("with roofs in the sewers: equal bits at any number of threads, and from a checkpoint") {
  FloodCase c = street(60, 0.3, 1);
  c.parameters.set("precision", std::string("single"));
  c.parameters.set("roof_rain", std::string("sewer"));
  add_building(c, "house", rectangle(100, 32, 120, 44));
  check_equal_bits(c, 24, {7});
}

TEST_CASE("inlets that are kept free escape a blockage, in their area and by their share") {
  const auto captured = [](double blocked, double kept) {
    FloodCase c = street(80, 0.6, 1);
    c.forcing.series.push_back(
        {"leaves", "inlet_opening", "1", {}, {{0}, {1 - blocked}, Series::Between::step}, {}});
    const Place west{Place::Kind::polygon, rectangle(0, 0, 120, 48)};
    c.forcing.series.push_back(
        {"crew", "inlet_kept_free", "1", west, {{0}, {kept}, Series::Between::step}, {}});
    FloodRun run(c);
    run.run_until(900);
    return observed_value(run, "surface_water.sewer_captured");
  };
  const double open = captured(0, 0), none = captured(0.95, 0), half = captured(0.95, 0.5),
               all = captured(0.95, 1);
  CHECK(none < half);
  CHECK(half < all);
  CHECK(all < open);  // those in the east stay blocked
}

TEST_CASE("sewers leave a given flood as it is") {
  FloodCase c = street(50, 0.5, 1);
  auto flood = std::make_shared<GivenFlood>();
  flood->depth = Grid<float>(c.grid, 0.5F);
  c.forcing.series.clear();
  c.forcing.given_flood = flood;
  FloodRun run(c);
  run.run_until(600);
  for (int j = 0; j < c.grid.ny; ++j)
    for (int i = 0; i < c.grid.nx; ++i) REQUIRE(run.h(i, j) == 0.5);
  CHECK(run.mass_error() <= 1e-12);
}
