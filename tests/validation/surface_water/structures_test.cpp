// Culverts, weirs, pumps, outflow lines, breaches and given floods, on the grid.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <memory>

#include "engine/domains/surface_water/structure_flow.hpp"
#include "engine/model/given_flood.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

// Two basins of 20 x 20 cells of 5 m with a dry strip of high ground between them; the western one is full.
FloodCase basins(double west, double east) {
  FloodCase c = plain_case(50, 20, 5);
  c.parameters.set("manning_everywhere", 0.03);
  c.ground = [](double x, double) { return x > 100 && x < 150 ? 10.0 : 0.0; };
  c.level = [=](double x, double) { return x <= 100 ? west : x >= 150 ? east : 0.0; };
  return c;
}

HydraulicStructure between(StructureKind kind) {
  HydraulicStructure s;
  s.key.assign(1, 's');
  s.kind = kind;
  s.from = {52, 52};
  s.to = Point2{202, 52};
  s.coefficient = kind == StructureKind::weir ? 1.7 : 0.6;
  s.width = 2;
  s.height = 1;
  s.length = 60;
  return s;
}

void add(FloodCase& c, const HydraulicStructures& all) {
  c.forcing.structures = std::make_shared<HydraulicStructures>(all);
}

double part(const FloodRun& run, const std::string& name, bool out) {
  for (const Balance::Part& p : run.balance().parts)
    if (p.name == name) return out ? p.out : p.in;
  return -1;
}

double volume_west(const FloodRun& run) {
  double sum = 0;
  for (int j = 0; j < 20; ++j)
    for (int i = 0; i < 20; ++i) sum += run.h(i, j) * 25;
  return sum;
}

std::string refused(const FloodCase& c) {
  RunInput input;
  CityTables tables = c.tables;
  tables.terrain.elevation = Grid<float>(c.grid, 0.0F);
  tables.terrain.true_resolution_m = c.grid.cell_m;
  tables.info.frame.extent = c.grid.bounds();
  auto model = build_city(std::move(tables));
  REQUIRE(model.ok());
  input.model = std::make_shared<const CityModel>(*std::move(model));
  input.forcing = c.forcing;
  input.spec.grid = c.grid;
  ParameterValues parameters = c.parameters;
  fill_defaults(surface_water::SurfaceWater::static_info().parameters, parameters);
  input.spec.domain_parameters["surface_water"] = parameters;
  surface_water::SurfaceWater domain;
  const auto done = domain.initialise(input, {});
  if (done.ok()) return {};
  return done.diagnostics().items().front().code;
}

}  // namespace

// Torricelli: a basin of area A that empties through an orifice under its head falls as
// sqrt(z0) - C a sqrt(2 g) t / (2 A); here both basins move, with the area A / 2.
TEST_CASE("a drowned orifice between two basins levels them as Torricelli says, and loses nothing") {
  for (const char* precision : {"double", "single"}) {
    FloodCase c = basins(3, 2);
    c.parameters.set("precision", std::string(precision));
    HydraulicStructure s = between(StructureKind::orifice);
    s.width = 1;
    s.height = 0.5;
    add(c, {{s}, {}, {}});
    FloodRun run(c);
    run.run_until(1200);
    const double area = 100 * 100;
    const double root = std::max(0.0, 1 - 0.6 * 0.5 * std::sqrt(2 * 9.81) / (2 * area / 2) * 1200);
    const double difference = root * root;
    CAPTURE(volume_west(run) / area);
    CHECK(std::abs((volume_west(run) / area - 2.5) / (difference / 2) - 1) <= 0.003);
    CHECK(run.mass_error() <= (precision == std::string("double") ? 1e-12 : 1e-7));
    CHECK(run.min_depth() >= 0);
  }
}

TEST_CASE("basins level out and stay level; a flap keeps what came through") {
  FloodCase c = basins(3, 1);
  HydraulicStructure s = between(StructureKind::culvert);
  s.width = 6;
  s.height = 2;
  add(c, {{s}, {}, {}});
  FloodRun run(c);
  run.run_until(6000);
  CHECK(volume_west(run) / 1e4 == doctest::Approx(2.0).epsilon(0.01));
  FloodCase back = basins(1, 3);
  s.one_way = true;
  add(back, {{s}, {}, {}});
  FloodRun flap(back);
  flap.run_until(600);
  CHECK(volume_west(flap) == doctest::Approx(1e4).epsilon(1e-12));
}

TEST_CASE("a pump moves its capacity, starts and stops by level, and out of the city is booked as such") {
  FloodCase c = basins(2, 0.5);
  HydraulicStructure s = between(StructureKind::pump);
  s.capacity = 5;
  add(c, {{s}, {}, {}});
  FloodRun steady(c);
  steady.run_until(600);
  CHECK(volume_west(steady) == doctest::Approx(2e4 - 5 * 600).epsilon(1e-9));
  s.to.reset();
  s.rule.on_level = 1.9;
  s.rule.off_level = 1.6;
  add(c, {{s}, {}, {}});
  FloodRun out(c);
  out.run_until(2400);
  CHECK(volume_west(out) / 1e4 == doctest::Approx(1.6).epsilon(0.02));
  CHECK(part(out, "structures", true) == doctest::Approx(2e4 - volume_west(out)).epsilon(1e-9));
  CHECK(out.mass_error() <= 1e-12);
  s.rule = {};
  s.rule.opening = {{0, 100, 200}, {0, 0.5, 0}, Series::Between::step};
  add(c, {{s}, {}, {}});
  FloodRun timed(c);
  timed.run_until(600);
  CHECK(part(timed, "structures", true) == doctest::Approx(250).epsilon(0.02));
}

TEST_CASE("no more is taken than there is") {
  FloodCase c = basins(0.02, 0);
  HydraulicStructure s = between(StructureKind::pump);
  s.capacity = 50;
  add(c, {{s}, {}, {}});
  FloodRun run(c);
  run.run_until(600);
  CHECK(run.min_depth() >= 0);
  CHECK(run.mass_error() <= 1e-12);
}

// Uniform flow down a plane: the outflow line at its foot lets out what came in, at Manning's depth.
TEST_CASE("normal, free and rated outflow pass a steady flow") {
  for (const OutflowKind kind : {OutflowKind::normal, OutflowKind::free, OutflowKind::rating}) {
    FloodCase c = plain_case(60, 6, 5);
    c.parameters.set("manning_everywhere", 0.03);
    c.parameters.set("scheme", std::string("second_order"));
    c.ground = [](double x, double) { return 3 - 0.005 * x; };
    add_inflow(c, 6, {{2.5, 0.5}, {2.5, 29.5}});
    Outflow out;
    out.key = "foot";
    out.kind = kind;
    out.line = {{297.5, 0.5}, {297.5, 29.5}};
    out.slope = 0.005;
    out.rating = {{1.5, 2.5}, {0, 12}};
    add(c, {{}, {out}, {}});
    FloodRun run(c);
    run.run_until(1800);
    const double before = part(run, "outflow", true);
    run.run_until(2100);
    CHECK((part(run, "outflow", true) - before) / 300 == doctest::Approx(6).epsilon(0.01));
    CHECK(run.mass_error() <= 1e-12);
    const double normal = std::pow(0.2 * 0.03 / std::sqrt(0.005), 0.6);
    if (kind != OutflowKind::normal) continue;
    CAPTURE(run.h(40, 3) / normal);
    CAPTURE(run.h(59, 3) / normal);
    CHECK(std::abs(run.h(40, 3) / normal - 1) <= 0.03);
    CHECK(std::abs(run.h(59, 3) / normal - 1) <= 0.1);
  }
}

TEST_CASE("a levee holds until it breaches, and then lets out what stands above the fallen crest") {
  for (const char* scheme : {"first_order", "local_inertia"}) {
    FloodCase c = plain_case(80, 30, 5);
    c.parameters.set("manning_everywhere", 0.03);
    c.parameters.set("scheme", std::string(scheme));
    add_wall(c, "levee", {{200, -10}, {200, 160}}, 3);
    c.level = [](double x, double) { return x < 200 ? 2.0 : 0.0; };
    LeveeBreach breach{"b", {200, 75}, 40, 300, 120, 1.0};
    add(c, {{}, {}, {breach}});
    FloodRun run(c);
    run.run_until(290);
    for (int j = 0; j < 30; ++j) REQUIRE(run.h(45, j) == 0);
    run.run_until(3600);
    CHECK(run.h(60, 15) > 0.5);
    CAPTURE(run.h(20, 15));
    CHECK(std::abs(run.h(20, 15) - 1) <= 0.1);
    CHECK(run.mass_error() <= 1e-12);
  }
}

TEST_CASE("with structures and breaches: equal bits at any number of threads, and from a checkpoint") {
  FloodCase c = plain_case(150, 70, 5);
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("precision", std::string("single"));
  add_wall(c, "levee", {{320, -10}, {320, 360}}, 3);
  c.level = [](double x, double) { return x < 320 ? 2.0 : 0.0; };
  HydraulicStructure s = between(StructureKind::pump);
  s.capacity = 2;
  s.to = Point2{602, 52};
  s.rule.on_level = 1.9;
  s.rule.off_level = 1.5;
  Outflow out;
  out.key = "east";
  out.line = {{748, 5}, {748, 345}};
  s.deployed = Deployment{0, 30, Point2{100, 100}, 1.0};
  MovableBarrier gate;
  gate.key = "gate";
  gate.line = {{400, -10}, {400, 360}};
  gate.height = 1;
  gate.rule.opening = {{0, 90, 200}, {0, 1, 0}, Series::Between::step};
  add(c, {{s}, {out}, {{"b", {320, 160}, 40, 60, 120, 0.5}}, {gate}});
  check_equal_bits(c, 24, {12});  // half breached, the gate shut
}

TEST_CASE("what lies outside, in one cell, or has no wall is refused") {
  FloodCase c = basins(1, 1);
  HydraulicStructure s = between(StructureKind::weir);
  s.to = Point2{9999, 0};
  add(c, {{s}, {}, {}});
  CHECK(refused(c) == "surface_water.structure_outside");
  s.to = Point2{53, 53};
  add(c, {{s}, {}, {}});
  CHECK(refused(c) == "surface_water.structure_loop");
  s.to.reset();
  add(c, {{s}, {}, {}});
  CHECK(refused(c) == "surface_water.structure_one_end");
  Outflow out;
  out.line = {{-50, 0}, {-50, 100}};
  add(c, {{}, {out}, {}});
  CHECK(refused(c) == "surface_water.outflow_outside");
  add(c, {{}, {}, {{"b", {50, 50}, 20, 0, 0, 0}}});
  CHECK(refused(c) == "surface_water.breach_without_wall");
  MovableBarrier barrier;
  barrier.height = 1;
  barrier.line = {{-50, -50}, {-50, -10}};
  add(c, {{}, {}, {}, {barrier}});
  CHECK(refused(c) == "surface_water.barrier_outside");
  barrier.line = {{50, 0}, {50, 100}};
  barrier.rule.on_level = barrier.rule.off_level = 1;  // of nowhere
  add(c, {{}, {}, {}, {barrier}});
  CHECK(refused(c) == "surface_water.barrier_watch");
  FloodCase given = basins(1, 1);
  auto flood = std::make_shared<GivenFlood>();
  flood->depth = Grid<float>(given.grid, 0.5F);
  given.forcing.given_flood = flood;
  CHECK(refused(given).empty());
  add_rain(given, 1e-6, 60);
  CHECK(refused(given) == "surface_water.given_flood_alone");
}

TEST_CASE("a given flood is there from its start to its end, with its depths as maxima") {
  FloodCase c = plain_case(70, 66, 10);
  auto flood = std::make_shared<GivenFlood>();
  flood->depth = Grid<float>(c.grid, 0.0F);
  for (int j = 10; j < 20; ++j)
    for (int i = 60; i < 70; ++i) flood->depth.at(i, j) = 1.25F;
  flood->start = 300;
  flood->end = 900;
  c.forcing.given_flood = flood;
  FloodRun run(c);
  run.run_until(290);
  CHECK(run.solver().volume() == 0);
  run.run_until(310);
  CHECK(run.h(65, 15) == doctest::Approx(1.25));
  CHECK(run.solver().volume() == doctest::Approx(1.25 * 100 * 100));
  run.run_until(1200);
  CHECK(run.solver().volume() == 0);
  CHECK(run.observed("surface_water.max_depth").at(65, 15) == 1.25F);
  CHECK(run.observed("surface_water.max_depth").at(55, 15) == 0);
  CHECK(run.observed("surface_water.arrival_time").at(65, 15) == 300);
  CHECK(run.observed("surface_water.duration").at(65, 15) == doctest::Approx(600));
  CHECK(run.observed("surface_water.max_speed").empty());
  CHECK(run.mass_error() <= 1e-12);
}
