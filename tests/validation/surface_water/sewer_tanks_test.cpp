// Tanks beside the sewers, gauges, ponds and the judgement of steps, in runs on cells.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "engine/model/sewer_network.hpp"
#include "tests/validation/surface_water/sewer_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr double kVolume = 20, kDepth = 2;

// As the measure builds it at a manhole: sealed, a weir at the crown, a flap gate in the floor.
void add_tank(FloodCase& c, std::size_t manhole, double crown) {
  SewerNodes& nodes = c.tables.sewers.nodes;
  SewerNode tank{.position = {nodes.position[manhole].x, nodes.position[manhole].y + 4},
                 .kind = SewerNodeKind::storage,
                 .ground_level = nodes.invert_level[manhole] + kDepth,
                 .invert_level = nodes.invert_level[manhole]};
  tank.storage_area = kVolume / kDepth;
  tank.surcharge_depth = kSealed;
  const std::size_t row = nodes.size();
  nodes.push_back("tank", Provenance::given, SourceId{0}, tank);
  SewerLink link{.from = SewerNodeId{manhole}, .to = SewerNodeId{row}};
  link.line = {nodes.position[manhole], tank.position};
  link.kind = drainage::LinkKind::weir;
  link.shape = drainage::Shape::rect_open;
  link.full_depth = kDepth - crown;
  link.width = 3;
  link.from_offset = crown;
  link.flap_gate = 1;
  link.discharge_coefficient = 1.84;
  c.tables.sewers.links.push_back("weir", Provenance::given, SourceId{0}, link);
  SewerLink flap{.from = SewerNodeId{row}, .to = SewerNodeId{manhole}};
  flap.line = {tank.position, nodes.position[manhole]};
  flap.kind = drainage::LinkKind::orifice;
  flap.full_depth = flap.width = 0.3;
  flap.flap_gate = 1;
  flap.discharge_coefficient = 0.65;
  c.tables.sewers.links.push_back("flap", Provenance::given, SourceId{0}, flap);
}

double of_tank(FloodRun& run, const char* column) {
  Observation seen;
  seen.when = Observation::When::end;
  run.domain().observe(seen);
  for (const ObservedTable& table : seen.tables)
    if (table.name == "sewer_tanks") return static_cast<double>(table.column(column)->value[0]);
  FAIL("no tanks");
  return 0;
}

}  // namespace

TEST_CASE("an off-line tank stays empty until the pipes are full, and empties when they have room") {
  FloodCase light = street(10, 0.4, 1), heavy = street(80, 0.15, 1);
  add_tank(light, 3, 0.4);
  add_tank(heavy, 1, 0.15);
  FloodRun little(light);
  little.run_until(1800);
  CHECK(of_tank(little, "capacity") == doctest::Approx(kVolume));
  CHECK(of_tank(little, "most") < 1e-9);
  CHECK(of_tank(little, "taken") < 1e-9);

  FloodRun run(heavy);
  run.run_until(900);
  const double most = of_tank(run, "most");
  run.run_until(9000);
  MESSAGE("tank took ", of_tank(run, "taken"), " m3, held ", of_tank(run, "most"), ", full for ",
          of_tank(run, "full_h"), " h, at the end ", of_tank(run, "at_end"), "; mass error ",
          run.mass_error());
  CHECK(most > 0.3 * kVolume);
  CHECK(of_tank(run, "most") <= 1.001 * kVolume);
  CHECK(of_tank(run, "taken") >= of_tank(run, "most"));
  CHECK(of_tank(run, "at_end") < 0.1 * kVolume);
  CHECK(observed_value(run, "surface_water.sewer_unsettled_steps") < 0.01 * 9000);
  CHECK(run.mass_error() < 1e-12);
}

TEST_CASE("a tank on the way: equal bits at any number of threads, and from a checkpoint") {
  FloodCase c = street(80, 0.15, 2);
  add_tank(c, 1, 0.15);
  check_equal_bits(c, 60, {20, 45});
}

TEST_CASE("a project's gauges measure the city's rain, and its ponds are left to the cells") {
  FloodCase c = street(36, 0.4, 1);
  drainage::Network network = network_of(c.tables.sewers);
  network.options.allow_ponding = true;
  for (drainage::Node& node : network.nodes) node.ponded_area = 500;
  network.gauges.push_back({"gauge", {{0}, {0.1}, Series::Between::step}, 3600});
  // A gate at the street's low end that shuts while it rains.
  drainage::Premise rains;
  rains.left.observed = drainage::Observed::gauge_rain;
  rains.left.row = 0;
  rains.relation = drainage::Relation::greater;
  rains.value = 0.9 * 36 / 3.6e6;
  network.links[4].kind = drainage::LinkKind::orifice;
  network.links[4].orifice.discharge_coefficient = 0.65;
  network.rules.push_back({"shut", {rains}, {{.link = 4, .value = 0}}, {{.link = 4, .value = 1}}});
  const Sewers city = sewers_of(network, SourceId{0});
  SewerNodes inlets = c.tables.sewers.nodes;
  c.tables.sewers = city;
  c.tables.sewers.nodes.inlet_kind = inlets.inlet_kind;
  c.tables.sewers.nodes.inlet_count = inlets.inlet_count;
  c.tables.sewers.nodes.inlet_length = inlets.inlet_length;
  c.tables.sewers.nodes.inlet_area = inlets.inlet_area;
  FloodRun run(c);
  run.run_until(890);  // it rains for 900 s
  CHECK(observed_value(run, "surface_water.sewer_captured") > 1);
  CHECK(observed_value(run, "surface_water.sewer_outflow") < 1e-6);
  run.run_until(1800);
  CHECK(observed_value(run, "surface_water.sewer_outflow") > 1);
  CHECK(run.mass_error() < 1e-12);
}
