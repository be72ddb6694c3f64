// Cells and sewers exchange water without losing any, and the order in which they take turns does not matter.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/plain_rows.hpp"
#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

SewerNode manhole(double x, double y, double ground, double invert) {
  SewerNode n;
  n.position = {x, y};
  n.ground_level = ground;
  n.invert_level = invert;
  n.inlet_kind = InletKind::gully;
  n.inlet_count = 2;
  n.inlet_length = 1.5;
  n.inlet_area = 0.1;
  return n;
}

void add_node(FloodCase& c, const std::string& key, const SewerNode& node) {
  need_source(c.tables);
  c.tables.sewers.nodes.push_back(key, Provenance::given, SourceId{0}, node);
}

void add_pipe(FloodCase& c, const std::string& key, std::size_t from, std::size_t to, double diameter) {
  const SewerNodes& nodes = c.tables.sewers.nodes;
  SewerLink link;
  link.from = SewerNodeId{from};
  link.to = SewerNodeId{to};
  link.line = {nodes.position[from], nodes.position[to]};
  link.full_depth = link.width = diameter;
  link.length = std::hypot(link.line[1].x - link.line[0].x, link.line[1].y - link.line[0].y);
  link.roughness = 0.013;
  c.tables.sewers.links.push_back(key, Provenance::given, SourceId{0}, link);
}

// A street that falls eastwards, with a row of manholes under it and an outfall at its low end.
FloodCase street(double rain_mm_per_h, double diameter, double sewer_step) {
  FloodCase c = plain_case(60, 12, 4);
  c.parameters.set("manning_everywhere", 0.02);
  c.parameters.set("edge", std::string("closed"));
  c.parameters.set("sewer_step_s", sewer_step);
  c.ground = [](double x, double y) { return 10 - 0.01 * x + 0.002 * std::abs(y - 24); };
  add_rain(c, rain_mm_per_h / 3.6e6, 900);
  for (int k = 0; k < 5; ++k) {
    const double x = 22.0 + 40 * k;
    add_node(c, numbered("m", k), manhole(x, 22, 10 - 0.01 * x, 8 - 0.01 * x));
  }
  SewerNode outfall;
  outfall.kind = SewerNodeKind::outfall;
  outfall.position = {238, 46};
  outfall.ground_level = 10 - 2.38;
  outfall.invert_level = 8 - 2.38;
  outfall.outfall_level_kind = OutfallLevel::fixed;
  outfall.outfall_level = 0;
  add_node(c, "out", outfall);
  for (std::size_t k = 0; k < 5; ++k) add_pipe(c, numbered("p", static_cast<int>(k)), k, k + 1, diameter);
  return c;
}

double value(const FloodRun& run, const std::string& name) {
  Observation seen;
  const_cast<FloodRun&>(run).domain().observe(seen);
  for (const ObservedValue& v : seen.values)
    if (v.name == name) return v.value;
  FAIL("no value ", name);
  return 0;
}

}  // namespace

TEST_CASE("inlets take the street's water, and the balance of both closes") {
  for (const char* precision : {"double", "single"}) {
    FloodCase c = street(80, 0.6, 2);
    c.parameters.set("precision", std::string(precision));
    FloodRun run(c);
    run.run_until(1800);
    const double rain = 80.0 / 3.6e6 * 900 * 240 * 48;
    MESSAGE(precision, ": captured ", value(run, "surface_water.sewer_captured"), " of ", rain,
            " m3, mass error ", run.mass_error());
    CHECK(value(run, "surface_water.sewer_captured") > 0.15 * rain);
    CHECK(value(run, "surface_water.sewer_outflow") > 0.15 * rain);
    CHECK(run.mass_error() < (std::string(precision) == "double" ? 1e-12 : 1e-7));
    CHECK(run.min_depth() >= 0);
  }
}

TEST_CASE("a sewer that is too small comes up through its manholes, and no water is lost") {
  FloodCase c = street(20, 0.15, 2);
  // Water from elsewhere arrives in the top manhole's cell faster than the pipe carries it away.
  add_inflow(c, 0.4, {{22, 22}});
  FloodRun run(c);
  run.run_until(1200);
  MESSAGE("returned ", value(run, "surface_water.sewer_returned"), " m3, mass error ", run.mass_error());
  CHECK(value(run, "surface_water.sewer_returned") > 1);
  CHECK(run.mass_error() < 1e-12);
}

TEST_CASE("halving the step of the exchange moves the results little") {
  FloodRun coarse(street(80, 0.3, 1)), fine(street(80, 0.3, 0.5));
  coarse.run_until(1200);
  fine.run_until(1200);
  const auto net = [](const FloodRun& run) {
    return value(run, "surface_water.sewer_captured") - value(run, "surface_water.sewer_returned");
  };
  MESSAGE("into the sewer ", net(coarse), " and ", net(fine), " m3, gross ",
          value(coarse, "surface_water.sewer_captured"), " and ",
          value(fine, "surface_water.sewer_captured"));
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

TEST_CASE("still water above full sewers stays still") {
  FloodCase c = street(0, 0.4, 2);
  c.parameters.set("manning_everywhere", 0.2);  // damps the wave that filling the pipes makes
  c.forcing.series.clear();
  c.level = [](double, double) { return 10.5; };
  // The pipes fill in the first minutes; afterwards nothing moves.
  c.tables.sewers.nodes.outfall_level.back() = 10.5;
  c.tables.sewers.nodes.outfall_flap_gate.back() = 1;
  FloodRun run(c);
  run.run_until(1800);
  const double before = run.balance().storage;
  run.run_until(3600);
  MESSAGE("speed ", run.max_speed(), " m/s");
  CHECK(run.max_speed() < 1e-3);
  CHECK(run.balance().storage == doctest::Approx(before).epsilon(1e-4));
}

TEST_CASE("with sewers: equal bits at any number of threads, and from a checkpoint") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"})
    for (const char* precision : {"single", "double"}) {
      CAPTURE(std::string(scheme));
      CAPTURE(std::string(precision));
      FloodCase c = street(80, 0.3, 2);
      c.parameters.set("scheme", std::string(scheme));
      c.parameters.set("precision", std::string(precision));
      add_inflow(c, 0.4, {{22, 22}});  // comes up again further down
      check_equal_bits(c, 60, {3, 40});
      FloodRun run(c);
      run.run_until(600);
      CHECK(value(run, "surface_water.sewer_captured") > 10);
      CHECK(value(run, "surface_water.sewer_returned") > 0);
    }
}
