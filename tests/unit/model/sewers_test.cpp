#include "engine/model/sewers.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "engine/model/drainage/network_hash.hpp"
#include "engine/model/edit.hpp"
#include "engine/model/sewer_network.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;

namespace {

SewerNode manhole(double x, double invert) {
  return {.position = {x, 100}, .ground_level = invert + 2, .invert_level = invert, .inlet_count = 2};
}

SewerLink pipe(const CityTables& t, std::size_t from, std::size_t to) {
  const auto& at = t.sewers.nodes.position;
  return {.from = SewerNodeId(from),
          .to = SewerNodeId(to),
          .line = {at[from], at[to]},
          .full_depth = 0.4,
          .length = 100,
          .roughness = 0.013};
}

// M1 - P1 - M2 - P2 - O
CityTables sewered() {
  CityTables t = test::tiny_tables();
  t.sewers.nodes.push_back("M1", Provenance::given, SourceId{0}, manhole(50, 3));
  t.sewers.nodes.push_back("M2", Provenance::given, SourceId{0}, manhole(150, 2));
  SewerNode out = manhole(250, 1);
  out.kind = SewerNodeKind::outfall;
  t.sewers.nodes.push_back("O", Provenance::given, SourceId{0}, out);
  t.sewers.links.push_back("P1", Provenance::given, SourceId{0}, pipe(t, 0, 1));
  t.sewers.links.push_back("P2", Provenance::given, SourceId{0}, pipe(t, 1, 2));
  return t;
}

// The same as a modeller's file tells it, with a storage curve and an egg.
drainage::Network modelled() {
  drainage::Network n = network_of(sewered().sewers);
  n.options.routing_step = 7;
  n.nodes[1].kind = drainage::NodeKind::storage;
  n.nodes[1].storage.area = {{0, 2}, {10, 30}};
  n.links[0].section = {.shape = drainage::Shape::egg, .full_depth = 0.6, .width = 0.4};
  n.links[0].conduit.exit_loss = 0.7;
  return n;
}

}  // namespace

TEST_CASE("what sewers must hold is refused otherwise, with layer and code") {
  struct Break {
    const char* code;
    std::function<void(Sewers&)> how;
  };
  const std::vector<Break> breaks{
      {"model.column_length", [](Sewers& s) { s.nodes.roof_area.pop_back(); }},
      {"model.column_length", [](Sewers& s) { s.links.shape.pop_back(); }},
      {"model.duplicate_key", [](Sewers& s) { s.nodes.origin.key[1] = "M1"; }},
      {"model.bad_geometry", [](Sewers& s) { s.nodes.position[0].x = NAN; }},
      {"model.bad_value", [](Sewers& s) { s.nodes.inlet_efficiency[0] = 1.5; }},
      {"model.bad_value", [](Sewers& s) { s.nodes.storage_area[0] = -1; }},
      {"model.invert_above_ground", [](Sewers& s) { s.nodes.invert_level[0] = 9; }},
      {"model.dead_reference", [](Sewers& s) { s.nodes.outfall_water[2] = WaterBodyId{5}; }},
      {"model.dead_reference", [](Sewers& s) { s.links.to[1] = SewerNodeId{8}; }},
      {"model.bad_sewer_link", [](Sewers& s) { s.links.full_depth[0] = 0; }},
      {"model.bad_sewer_link", [](Sewers& s) { s.links.roughness[0] = 0; }},
      {"model.bad_sewer_link", [](Sewers& s) { s.links.barrels[0] = 1.5; }},
      {"model.link_off_node", [](Sewers& s) { s.nodes.position[0].x += 1; }},
      {"model.link_off_node", [](Sewers& s) { s.links.to[0] = s.links.from[0]; }},
      {"model.no_network", [](Sewers& s) { s.nodes.outfall_level_kind[2] = OutfallLevel::network; }},
      {"model.outfall_links", [](Sewers& s) { s.nodes.kind[1] = SewerNodeKind::outfall; }},
      {"model.dead_reference",
       [](Sewers& s) {
         drainage::Network n = modelled();
         n.links[0].section.transect = 3;
         s.network = std::make_shared<const drainage::Network>(n);
       }},
  };
  CHECK(build_city(sewered()).ok());
  for (const Break& b : breaks) {
    CAPTURE(b.code);
    CityTables tables = sewered();
    b.how(tables.sewers);
    const auto city = build_city(std::move(tables));
    CHECK_FALSE(city.ok());
    CHECK(city.diagnostics().has(b.code));
  }
}

TEST_CASE("sewers are part of a city's identity, whatever their order; a city without keeps its own") {
  const Hash128 hash = content_hash(*build_city(sewered()));
  CHECK_FALSE(hash == content_hash(*build_city(test::tiny_tables())));
  CHECK(test::tiny_tables().sewers.empty());
  CityTables t = sewered();
  t.sewers.nodes = {};
  t.sewers.links = {};
  const Sewers original = sewered().sewers;
  for (const std::size_t r : {2U, 0U, 1U})
    t.sewers.nodes.push_back(original.nodes.origin.key[r], Provenance::given, SourceId{0}, original.nodes[r]);
  t.sewers.links.push_back("P2", Provenance::given, SourceId{0}, pipe(t, 2, 0));
  t.sewers.links.push_back("P1", Provenance::given, SourceId{0}, pipe(t, 1, 2));
  CHECK(content_hash(*build_city(t)) == hash);
  t.sewers.links.full_depth[0] = 0.5;
  CHECK_FALSE(content_hash(*build_city(t)) == hash);
}

TEST_CASE("the tables make the network that is run") {
  CityTables t = sewered();
  t.sewers.nodes.storage_area[0] = 50;
  t.sewers.nodes.surcharge_depth[1] = 0.5;
  SewerLink pump = pipe(t, 1, 0);
  pump.kind = drainage::LinkKind::pump;
  pump.pump_capacity = 0.2;
  pump.pump_start_depth = 1;
  t.sewers.links.push_back("U", Provenance::given, SourceId{0}, pump);
  const drainage::Network n = network_of(t.sewers);
  REQUIRE(n.nodes.size() == 3);
  CHECK(n.options.routing == drainage::Routing::dynamic_wave);
  CHECK(n.nodes[0].kind == drainage::NodeKind::storage);
  CHECK(n.nodes[0].storage.constant == 50);
  CHECK(n.nodes[0].max_depth == 2);
  CHECK(n.nodes[1].kind == drainage::NodeKind::junction);
  CHECK(n.nodes[1].surcharge_depth == 0.5);
  CHECK(n.nodes[2].kind == drainage::NodeKind::outfall);
  CHECK(n.links[1].to == 2);
  CHECK(n.links[1].section.width == 0.4);
  CHECK(n.links[2].pump.curve.at(0.7) == 0.2);
  CHECK(n.links[2].pump.startup_depth == 1);
}

TEST_CASE("a modeller's network comes back as it was, but for what an edit changed") {
  const drainage::Network model = modelled();
  CityTables t = test::tiny_tables();
  t.sewers = sewers_of(model, SourceId{0});
  CHECK(t.sewers.nodes.storage_area[1] == doctest::Approx(20));  // from 10 to 30 m2 over 2 m
  const CityModel city = *build_city(t);
  CHECK(content_hash(network_of(city.sewers())) == content_hash(model));

  SewerNode tank{.position = {60, 120}, .kind = SewerNodeKind::storage, .ground_level = 5, .invert_level = 1};
  tank.storage_area = 300;
  SewerLink link{.full_depth = 0.5, .roughness = 0.013};
  const auto edited = apply(city, {SetColumn{"sewer_links", "P1", "full_depth", 0.9},
                                   SetColumn{"sewer_nodes", "M2", "storage_area", 80},
                                   AddSewerNode{"T", tank}, AddSewerLink{"PT", "M1", "T", link}});
  REQUIRE(edited.ok());
  CHECK(&edited->streets() == &city.streets());
  drainage::Network expected = model;
  expected.links[0].section.full_depth = 0.9;
  expected.nodes[1].storage.area = {};
  expected.nodes[1].storage.constant = 80;
  const drainage::Network now = network_of(edited->sewers());
  REQUIRE(now.nodes.size() == 4);
  REQUIRE(now.links.size() == 3);
  CHECK(now.nodes[3].storage.constant == 300);
  CHECK(now.links[2].to == 3);
  CHECK(now.links[2].conduit.length == doctest::Approx(std::hypot(10, 20)));
  drainage::Network known = now;
  known.nodes.pop_back();
  known.links.pop_back();
  CHECK(content_hash(known) == content_hash(expected));
  CHECK(build_city([&] {
          CityTables again = t;
          again.sewers = edited->sewers();
          return again;
        }())
            .ok());
}

TEST_CASE("an edit of sewers that cannot be says why") {
  const CityModel base = *build_city(sewered());
  struct Case {
    const char* code;
    Edit edit;
  };
  SewerNode deep = manhole(60, 2);
  deep.invert_level = 20;
  const SewerLink good{.full_depth = 0.5, .length = 10, .roughness = 0.013};
  const std::vector<Case> cases{
      {"edit.unknown_row", SetColumn{"sewer_nodes", "X", "storage_area", 1}},
      {"edit.unknown_column", SetColumn{"sewer_links", "P1", "storage_area", 1}},
      {"edit.bad_value", SetColumn{"sewer_links", "P1", "full_depth", -1}},
      {"edit.bad_value", SetColumn{"sewer_links", "P1", "barrels", 0.5}},
      {"edit.bad_value", SetColumn{"sewer_nodes", "M1", "inlet_efficiency", 2}},
      {"edit.bad_value", AddSewerNode{"N", deep}},
      {"model.duplicate_key", AddSewerNode{"M1", manhole(60, 2)}},
      {"edit.outside_city", AddSewerNode{"N", manhole(9000, 2)}},
      {"edit.unknown_row", AddSewerLink{"L", "M1", "N", good}},
      {"edit.no_extent", AddSewerLink{"L", "M1", "M1", good}},
      {"edit.bad_value", AddSewerLink{"L", "M1", "M2", SewerLink{.full_depth = 0, .roughness = 0.01}}},
      {"edit.outfall_taken", AddSewerLink{"L", "M1", "O", good}},
      {"model.duplicate_key", AddSewerLink{"P1", "M1", "M2", good}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.code);
    CHECK(check(base, c.edit).has(c.code));
    CHECK_FALSE(apply(base, {c.edit}).ok());
  }
  CHECK(apply(base, {SetColumn{"sewer_nodes", "M1", "invert_level", -3}}).ok());
}
