#include <doctest/doctest.h>

#include <functional>

#include "tests/support/tiny_city.hpp"

using namespace citytwin;

TEST_CASE("a sound city is sealed") {
  const auto city = build_city(test::tiny_tables());
  REQUIRE(city.ok());
  CHECK(city->buildings().size() == 2);
  CHECK(city->streets().links.size() == 3);
}

TEST_CASE("each broken invariant is refused with table and key") {
  struct Break {
    const char* code;
    std::function<void(CityTables&)> how;
  };
  const std::vector<Break> breaks{
      {"model.column_length", [](CityTables& t) { t.buildings.height.pop_back(); }},
      {"model.duplicate_key", [](CityTables& t) { t.buildings.origin.key[1] = "b1"; }},
      {"model.empty_key", [](CityTables& t) { t.streets.links.origin.key[0].clear(); }},
      {"model.dead_reference", [](CityTables& t) { t.streets.links.from[0] = JunctionId{99}; }},
      {"model.dead_reference", [](CityTables& t) { t.needs.facility[0] = FacilityId{77}; }},
      {"model.link_off_junction", [](CityTables& t) { t.streets.junctions.position[0].x += 1; }},
      {"model.negative_value", [](CityTables& t) { t.buildings.people[0] = -1; }},
      {"model.negative_value", [](CityTables& t) { t.management_cells.population[0] = NAN; }},
      {"model.bad_geometry", [](CityTables& t) { t.facilities.position[0].x = INFINITY; }},
      {"model.column_length", [](CityTables& t) { t.terrain.elevation.values.pop_back(); }},
      {"model.bad_cell_size", [](CityTables& t) { t.terrain.elevation.spec.cell_m = 0; }},
  };
  for (const Break& b : breaks) {
    CAPTURE(b.code);
    CityTables tables = test::tiny_tables();
    b.how(tables);
    const auto city = build_city(std::move(tables));
    CHECK_FALSE(city.ok());
    CHECK(city.diagnostics().has(b.code));
  }
}

TEST_CASE("the content hash follows content, not row order") {
  const auto city = build_city(test::tiny_tables());
  REQUIRE(city.ok());
  const Hash128 hash = content_hash(*city);

  SUBCASE("the same tables give the same hash") {
    CHECK(content_hash(*build_city(test::tiny_tables())) == hash);
  }
  SUBCASE("links in another order with renumbered junctions give the same hash") {
    CityTables t = test::tiny_tables();
    CityTables other = t;
    other.streets = {};
    for (const std::size_t j : {3U, 2U, 1U, 0U})
      test::add_junction(other, t.streets.junctions.origin.key[j], t.streets.junctions.position[j]);
    test::add_link(other, "l3", 2, 0);
    test::add_link(other, "l1", 3, 2);
    test::add_link(other, "l2", 2, 1);
    const auto reordered = build_city(std::move(other));
    REQUIRE(reordered.ok());
    CHECK(content_hash(*reordered) == hash);
  }
  SUBCASE("any changed value gives another hash") {
    const std::vector<std::function<void(CityTables&)>> changes{
        [](CityTables& t) { t.terrain.elevation.values[7] = 1; },
        [](CityTables& t) { t.buildings.height[0] = 10; },
        [](CityTables& t) { t.streets.links.lanes_backward[1] = 0; },
        [](CityTables& t) { t.needs.backup_h[2] = 3; },
        [](CityTables& t) { t.info.frame.vertical_datum = "NAP"; },
        [](CityTables& t) { t.management_cells.population[0] = 21; },
        [](CityTables& t) { t.facilities.building[0] = BuildingId{1}; },
    };
    for (const auto& change : changes) {
      CityTables t = test::tiny_tables();
      change(t);
      CHECK_FALSE(content_hash(*build_city(std::move(t))) == hash);
    }
  }
}
