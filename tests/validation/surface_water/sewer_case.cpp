#include "tests/validation/surface_water/sewer_case.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/plain_rows.hpp"

namespace citytwin::test {

namespace {

void add_node(FloodCase& c, const std::string& key, const SewerNode& node) {
  need_source(c.tables);
  c.tables.sewers.nodes.push_back(key, Provenance::given, SourceId{0}, node);
}

SewerNode node_at(Point2 at, double ground, double invert) {
  SewerNode n;
  n.position = at;
  n.ground_level = ground;
  n.invert_level = invert;
  return n;
}

}  // namespace

void add_manhole(FloodCase& c, const std::string& key, Point2 at, double ground, double invert) {
  SewerNode n = node_at(at, ground, invert);
  n.inlet_kind = InletKind::gully;
  n.inlet_count = 2;
  n.inlet_length = 1.5;
  n.inlet_area = 0.1;
  add_node(c, key, n);
}

void add_outfall(FloodCase& c, const std::string& key, Point2 at, double ground, double invert,
                 double level) {
  SewerNode n = node_at(at, ground, invert);
  n.kind = SewerNodeKind::outfall;
  n.outfall_level_kind = OutfallLevel::fixed;
  n.outfall_level = level;
  add_node(c, key, n);
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

FloodCase street(double rain_mm_per_h, double diameter, double sewer_step) {
  FloodCase c = plain_case(60, 12, 4);
  c.parameters.set("manning_everywhere", 0.02);
  c.parameters.set("edge", std::string("closed"));
  c.parameters.set("sewer_step_s", sewer_step);
  c.ground = [](double x, double y) { return 10 - 0.01 * x + 0.002 * std::abs(y - 24); };
  add_rain(c, rain_mm_per_h / 3.6e6, 900);
  for (int k = 0; k < 5; ++k) {
    const double x = 22.0 + 40 * k;
    add_manhole(c, numbered("m", k), {x, 22}, 10 - 0.01 * x, 8 - 0.01 * x);
  }
  add_outfall(c, "out", {238, 46}, 10 - 2.38, 8 - 2.38, 0);
  for (std::size_t k = 0; k < 5; ++k) add_pipe(c, numbered("p", static_cast<int>(k)), k, k + 1, diameter);
  return c;
}

double observed_value(FloodRun& run, const std::string& name) {
  Observation seen;
  run.domain().observe(seen);
  for (const ObservedValue& v : seen.values)
    if (v.name == name) return v.value;
  FAIL("no value ", name);
  return 0;
}

}  // namespace citytwin::test
