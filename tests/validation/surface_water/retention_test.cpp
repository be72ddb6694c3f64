// Ground and roofs that keep rain: how much, and that none is lost; buildings as raised ground.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

double part_out(const FloodRun& run, const std::string& name) {
  for (const Balance::Part& p : run.balance().parts)
    if (p.name == name) return p.out;
  return -1;
}

// 30 x 20 cells of 5 m with closed edges; rain of 60 mm in an hour.
FloodCase plain_rain() {
  FloodCase c = plain_case(30, 20, 5);
  c.parameters.set("manning_everywhere", 0.03);
  add_rain(c, 0.060 / 3600, 3600);
  return c;
}

void add_retention(FloodCase& c, RetentionArea area) {
  area.key.assign(1, 'r');
  c.tables.land_cover.retention.push_back(std::move(area));
}

RetentionArea roof_of(const std::vector<Point2>& ring, double share, double storage) {
  return {{}, RetentionArea::Kind::roof, ring, share, storage, 0, 0};
}

}  // namespace

// Half of the ground stores 40 mm and lets 3.6 mm/h sink: 20 mm and, from the first drop, 1.8 mm in the hour.
TEST_CASE("permeable ground stores what it can, sinks meanwhile, and the rest stands") {
  for (const char* precision : {"double", "single"}) {
    FloodCase c = plain_rain();
    c.parameters.set("precision", std::string(precision));
    add_retention(c, {{}, {}, rectangle(0, 0, 150, 100), 0.5, 0.04, 1e-4, 1e-6});
    FloodRun run(c);
    run.run_until(3600);
    CHECK(run.h(15, 10) == doctest::Approx(0.060 - 0.0218).epsilon(0.0001));
    CHECK(part_out(run, "retention") == doctest::Approx(0.0018 * 15000).epsilon(0.01));
    CHECK(run.observed("surface_water.taken_by_ground").at(15, 10) ==
          doctest::Approx(0.0218).epsilon(0.0001));
    run.run_until(7200);  // the store makes room as it sinks, and takes what stands
    CHECK(run.h(15, 10) == doctest::Approx(0.060 - 0.0236).epsilon(0.0001));
    CHECK(run.mass_error() <= (precision == std::string("double") ? 1e-12 : 1e-7));
  }
}

TEST_CASE("water gets into the ground no faster than its surface lets it") {
  FloodCase c = plain_rain();
  add_retention(c, {{}, {}, rectangle(0, 0, 150, 100), 1, 1, 0.020 / 3600, 0});
  FloodRun run(c);
  run.run_until(3600);
  CHECK(run.h(15, 10) == doctest::Approx(0.040).epsilon(0.0002));
}

TEST_CASE("a rain garden takes the water of its surroundings, and stores go on sinking when all is dry") {
  FloodCase c = plain_case(130, 20, 5);  // on two tiles and more
  c.parameters.set("manning_everywhere", 0.03);
  c.ground = [](double x, double) { return 2 - 0.003 * x; };
  add_rain(c, 0.010 / 600, 600);
  add_retention(c, {{}, {}, rectangle(600, 0, 650, 100), 0.5, 1.5, 1, 2e-5});  // at the foot
  FloodRun run(c);
  run.run_until(7200);
  const double fell_there = 50 * 100 * 0.010;
  const surface_water::Retention& store = *run.solver().retention();
  CHECK(store.held() + store.sunk() > 5 * fell_there);
  CHECK(store.held() > 0);
  CHECK(part_out(run, "retention") == doctest::Approx(store.sunk()));
  CHECK(run.mass_error() <= 1e-12);
}

TEST_CASE("green roofs keep the first rain of their share, whatever buildings do to the flow") {
  for (const char* buildings : {"blocked", "porosity", "raised"}) {
    CAPTURE(buildings);
    FloodCase c = plain_rain();
    c.parameters.set("buildings", std::string(buildings));
    add_building(c, "block", rectangle(40, 40, 80, 80));    // 1600 m2, whole cells
    add_building(c, "askew", rectangle(101, 42, 109, 58));  // 128 m2
    FloodRun plain(c);
    plain.run_until(4200);
    CHECK(part_out(plain, "losses") == doctest::Approx(0));
    add_retention(c, roof_of(rectangle(40, 40, 80, 80), 0.5, 0.030));
    FloodRun green(c);
    green.run_until(4200);
    CHECK(part_out(green, "losses") == doctest::Approx(1600 * 0.5 * 0.030).epsilon(1e-6));
    CHECK(green.solver().volume() ==
          doctest::Approx(plain.solver().volume() - 1600 * 0.5 * 0.030).epsilon(1e-6));
    CHECK(green.mass_error() <= 1e-12);
    // Two depths on one roof.
    add_retention(c, roof_of(rectangle(40, 40, 80, 80), 0.25, 0.010));
    FloodRun both(c);
    both.run_until(4200);
    CHECK(part_out(both, "losses") == doctest::Approx(1600 * (0.5 * 0.030 + 0.25 * 0.010)).epsilon(1e-6));
  }
}

TEST_CASE("buildings as raised ground: water goes around, rain runs down, nothing is shown on the roof") {
  FloodCase c = plain_rain();
  c.parameters.set("buildings", std::string("raised"));
  add_building(c, "block", rectangle(40, 0, 80, 80));
  add_inflow(c, 2, {{2, 2}, {2, 98}});
  FloodRun run(c);
  run.run_until(3600);
  CHECK(run.solver().volume() == doctest::Approx(2 * 3600 + 0.060 * 15000).epsilon(1e-9));
  CHECK(run.h(10, 8) < 0.005);  // a film on the roof
  CHECK(run.h(25, 8) > 0.4);    // behind it
  CHECK(std::isnan(run.observed("surface_water.max_depth").at(10, 8)));
  CHECK(run.mass_error() <= 1e-12);
}

TEST_CASE("with retention and green roofs: equal bits at any number of threads, and from a checkpoint") {
  FloodCase c = plain_case(150, 70, 5);
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("precision", std::string("single"));
  c.parameters.set("buildings", std::string("porosity"));
  c.ground = [](double x, double y) { return 0.002 * x + 0.001 * y; };
  add_rain(c, 0.060 / 3600, 150);
  add_building(c, "b", rectangle(301, 42, 349, 98));
  add_retention(c, roof_of(rectangle(301, 42, 349, 98), 0.7, 0.001));
  add_retention(c, {{}, {}, rectangle(0, 0, 330, 350), 0.5, 0.001, 1e-4, 1e-6});
  check_equal_bits(c, 24, {9, 20});
}
