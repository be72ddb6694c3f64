// Every cubic metre is accounted for, with everything switched on at once.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

const Balance::Part& part(const Balance& balance, const std::string& name) {
  for (const auto& p : balance.parts)
    if (p.name == name) return p;
  FAIL("no part ", name);
  return balance.parts.front();
}

// A slope to a sea in the west, with houses, a wall, a river mouth, a storm and a tide.
FloodCase busy(double cell) {
  FloodCase c = plain_case(140, 100, cell);
  c.parameters.set("edge", std::string("open"));
  c.parameters.set("losses", true);
  c.parameters.set("manning_everywhere", 0.03);
  const double width = 140 * cell;
  const double height = 100 * cell;
  c.ground = [=](double x, double y) {
    if (x > 0.93 * width && y > 0.9 * height) return std::nan("");  // unknown ground in a corner
    return 8 * x / width - 0.8 + 0.3 * std::sin(40 * x / width) * std::cos(31 * y / height);
  };
  for (int k = 0; k < 12; ++k) {
    const double x = (0.2 + 0.06 * k) * width;
    const double y = (0.15 + 0.055 * k) * height;
    add_building(c, numbered("b", k),
                 {{x, y}, {x + 5.3 * cell, y + 1.1 * cell}, {x + 4.1 * cell, y + 6.7 * cell}});
  }
  add_wall(c, "wall", {{0.12 * width, 0.1 * height}, {0.15 * width, 0.9 * height}}, 0.9);
  WaterBodies& water = c.tables.water_bodies;
  const auto body = [&](const char* key, WaterKind kind, std::vector<Point2> ring, double level) {
    water.origin.push_back(key, Provenance::given, SourceId{0});
    water.area.push_back(Polygon{std::move(ring), {}});
    water.kind.push_back(kind);
    water.level.push_back(level);
    water.level_provenance.push_back(Provenance::given);
    water.name.emplace_back();
  };
  body("sea", WaterKind::sea, rectangle(0, 0, 0.1 * width, height), 0);
  body("pond", WaterKind::pond, rectangle(0.6 * width, 0.7 * height, 0.7 * width, 0.8 * height), 4.9);
  add_rain(c, 60.0 / 3.6e6, 900);
  add_rain(c, 90.0 / 3.6e6, 600,
           {Place::Kind::polygon, rectangle(0.3 * width, 0.2 * height, 0.8 * width, 0.6 * height)});
  add_inflow(c, 3.0, {{0.55 * width, 0.5 * height}});
  add_inflow(c, 5.0, {{0.8 * width, 0.3 * height}, {0.82 * width, 0.4 * height}});
  c.forcing.series.push_back({"tide",
                              "level",
                              "m",
                              {Place::Kind::sea, {}},
                              {{0, 600, 1200}, {0, 1.4, 0.2}, Series::Between::linear}});
  return c;
}

}  // namespace

TEST_CASE(
    "mass error at most 1e-12 (32 bits: 1e-7) with rain, losses, inflow, sea, walls, buildings and open "
    "edges") {
  for (const double cell : {2.0, 12.0})
    for (const char* scheme : {"first_order", "second_order", "local_inertia"})
      for (const char* precision : {"double", "single"}) {
        CAPTURE(cell);
        CAPTURE(std::string(scheme));
        CAPTURE(std::string(precision));
        const double bar = precision == std::string("double") ? 1e-12 : 1e-7;
        FloodCase c = busy(cell);
        c.parameters.set("scheme", std::string(scheme));
        c.parameters.set("precision", std::string(precision));
        FloodRun run(c);
        run.run_until(1200);
        const Balance b = run.balance();
        MESSAGE(std::string(scheme), ", ", std::string(precision), ", cell ", cell, " m: mass error ",
                run.mass_error(), ", in ", b.in, " m3, out ", b.out, " m3, clipped ", part(b, "clipped").in,
                " m3");
        CHECK(run.mass_error() <= bar);
        CHECK(part(b, "rain").in > 0);
        CHECK(part(b, "losses").out > 0);
        CHECK(part(b, "inflow").in == doctest::Approx(8.0 * 1200));
        CHECK(part(b, "sea").in > 0);
        CHECK(part(b, "sea").out > 0);
        CHECK(part(b, "edge").out > 0);
        CHECK(part(b, "clipped").in < bar / 100 * b.in);  // rounding at the wet front, no more
        CHECK(run.min_depth() >= 0);
      }
}

TEST_CASE("rain stays: on closed ground the stored volume is the volume that fell") {
  for (const double cell : {2.0, 10.0}) {
    FloodCase c = plain_case(90, 70, cell);
    c.ground = [cell](double x, double y) { return 2 + std::sin(x / (5 * cell)) + std::cos(y / (7 * cell)); };
    add_building(c, "house",
                 {{20.2 * cell, 20.7 * cell}, {41.6 * cell, 22.2 * cell}, {30.3 * cell, 45.1 * cell}});
    add_building(c, "yard wall", rectangle(60 * cell, 10 * cell, 75 * cell, 30.5 * cell));
    add_rain(c, 100.0 / 3.6e6, 1800);
    FloodRun run(c);
    run.run_until(2400);
    const double fell = 0.05 * 90 * 70 * cell * cell;
    MESSAGE("rain on closed ground: mass error ", run.mass_error(), ", clipped ",
            part(run.balance(), "clipped").in, " m3");
    CHECK(run.solver().volume() == doctest::Approx(fell).epsilon(1e-12));
    CHECK(run.solver().rain().volume_in() == doctest::Approx(fell).epsilon(1e-12));
  }
}

TEST_CASE("initial and constant loss: the runoff is what the two leave, to the last millimetre") {
  FloodCase c = plain_case(70, 66, 10);
  c.parameters.set("losses", true);
  c.parameters.set("initial_loss_mm_unknown", 10.0);
  c.parameters.set("constant_loss_mm_per_h_unknown", 6.0);
  add_rain(c, 36.0 / 3.6e6, 3600);  // 36 mm in an hour; 10 mm take 1000 s
  FloodRun run(c);
  run.run_until(3600);
  // One sub-step holds the moment when the initial loss is full; in it the constant loss counts in full.
  const double runoff_mm = run.solver().volume() / (70 * 66 * 100.0) * 1000;
  const double expected_mm = 26.0 - 6.0 * 2600.0 / 3600.0;
  CHECK(runoff_mm == doctest::Approx(expected_mm).epsilon(0.005));
  CHECK(run.mass_error() <= 1e-12);
}

TEST_CASE("roof rain reaches the ground around a blocked building, and nothing enters it") {
  FloodCase c = plain_case(64, 64, 2);
  add_building(c, "house", rectangle(40, 40, 60, 60));
  add_rain(c, 72.0 / 3.6e6, 600);
  FloodRun run(c);
  run.run_until(600);
  for (int j = 20; j < 30; ++j)
    for (int i = 20; i < 30; ++i) CHECK(run.h(i, j) == 0);
  CHECK(run.h(19, 25) > 0);
  CHECK(run.solver().volume() == doctest::Approx(0.012 * 128 * 128).epsilon(1e-12));
  const Grid<float> deepest = run.observed("surface_water.max_depth");
  CHECK(std::isnan(deepest.at(25, 25)));
}

TEST_CASE("a raster of rain: every cell gets the rain of the raster's cell over it, to the last drop") {
  FloodCase c = plain_case(40, 40, 5);
  auto raster = std::make_shared<RasterFrames>();
  raster->spec = {{0, 0}, 100, 2, 2};
  raster->frame = {{0, 2e-6F, 4e-6F, 6e-6F}, {1e-6F, 1e-6F, 1e-6F, 1e-6F}, {}};
  c.forcing.series.push_back({"radar",
                              "rain",
                              "m/s",
                              {Place::Kind::raster, {}},
                              {{0, 600, 1200}, {3e-6, 1e-6, 0}, Series::Between::step},
                              raster});
  add_wall(c, "south to north", {{100, 0}, {100, 200}}, 5);
  add_wall(c, "west to east", {{0, 100}, {200, 100}}, 5);
  FloodRun run(c);
  run.run_until(1800);
  const double expected = (0 + 2e-6 + 4e-6 + 6e-6) / 4 * 600 + 1e-6 * 600;
  CHECK(run.solver().volume() == doctest::Approx(expected * 200 * 200).epsilon(1e-6));
  CHECK(run.h(5, 5) == doctest::Approx(6e-4).epsilon(1e-6));
  CHECK(run.h(30, 30) == doctest::Approx(6e-6 * 600 + 6e-4).epsilon(1e-6));
  CHECK(run.mass_error() <= 1e-12);
}
