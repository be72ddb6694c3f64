#include "engine/model/edit.hpp"

#include <doctest/doctest.h>

#include "engine/model/ground.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;

TEST_CASE("edits make a new city and leave the base and untouched tables alone") {
  const CityModel base = *build_city(test::tiny_tables());
  const Hash128 before = content_hash(base);
  const auto edited = apply(base, {SetColumn{"buildings", "b1", "floodproof_depth", 0.6},
                                   SetColumn{"needs", "hospital/1/power", "backup_h", 12},
                                   ScaleColumn{"management_cells", "population", 1.5},
                                   SetBarrier{"wall", {{0, 100}, {300, 100}}, NAN, 1.0},
                                   AddFacility{"shelter/1", "Hall", FacilityKind::shelter, {60, 60}, 200}});
  REQUIRE(edited.ok());
  CHECK(content_hash(base) == before);
  CHECK(edited->buildings().floodproof_depth[0] == 0.6);
  CHECK(base.buildings().floodproof_depth[0] == 0);
  CHECK(edited->needs().backup_h[2] == 12);
  CHECK(edited->management_cells().population[0] == 30);
  CHECK(edited->barriers().size() == 1);
  CHECK(edited->facilities().size() == base.facilities().size() + 1);
  CHECK(&edited->streets() == &base.streets());  // shared, not copied
  CHECK(&edited->terrain() == &base.terrain());
}

TEST_CASE("an edit that cannot be applied says why") {
  const CityModel base = *build_city(test::tiny_tables());
  struct Case {
    const char* code;
    Edit edit;
  };
  const std::vector<Case> cases{
      {"edit.unknown_row", SetColumn{"buildings", "nope", "height", 1}},
      {"edit.unknown_column", SetColumn{"buildings", "b1", "colour", 1}},
      {"edit.unknown_column", ScaleColumn{"roofs", "height", 1}},
      {"edit.bad_value", SetColumn{"buildings", "b1", "height", NAN}},
      {"edit.outside_city", SetBarrier{"wall", {{9000, 0}, {9100, 0}}, NAN, 1}},
      {"edit.no_extent", SetBarrier{"wall", {{10, 10}, {10, 10}}, NAN, 1}},
      {"edit.too_few_points", SetBarrier{"wall", {{10, 10}}, NAN, 1}},
      {"edit.too_few_points", ChangeTerrain{{{0, 0}, {1, 1}}, TerrainPatch::Verb::raise_by, 1}},
      {"model.duplicate_key", AddFacility{"hospital/1", "", FacilityKind::shelter, {60, 60}, 0}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.code);
    CHECK(check(base, c.edit).has(c.code));
    CHECK_FALSE(apply(base, {c.edit}).ok());
  }
}

TEST_CASE("terrain patches act on the run's grid, however small they are") {
  const CityModel base = *build_city(test::tiny_tables());
  const auto edited = apply(
      base, {ChangeTerrain{{{100, 100}, {150, 100}, {150, 150}, {100, 150}}, TerrainPatch::Verb::raise_by, 2},
             ChangeTerrain{{{11, 11}, {12, 11}, {12, 12}, {11, 12}}, TerrainPatch::Verb::lower_to, -3}});
  REQUIRE(edited.ok());
  const Grid<float> ground = resample_ground(edited->terrain(), grid_over(edited->info().frame.extent, 10));
  CHECK(ground.spec.nx == 30);
  CHECK(ground.at(12, 12) == 2);
  CHECK(ground.at(5, 5) == 0);
  CHECK(ground.at(1, 1) == -3);  // the basin is smaller than a cell and lands in one
  double raised = 0;
  for (const float z : ground.values) raised += z > 0 ? 1 : 0;
  CHECK(raised == 25);
}

TEST_CASE("resampling to a coarser grid keeps the mean, to a finer one interpolates") {
  CityTables t = test::tiny_tables();
  auto& e = t.terrain.elevation;
  for (int j = 0; j < e.spec.ny; ++j)
    for (int i = 0; i < e.spec.nx; ++i) e.at(i, j) = static_cast<float>(i);
  const Grid<float> coarse = resample_ground(t.terrain, {{0, 0}, 50, 6, 4});
  CHECK(coarse.at(0, 0) == doctest::Approx(2));  // mean of 0..4
  const Grid<float> fine = resample_ground(t.terrain, {{0, 0}, 5, 60, 40});
  CHECK(fine.at(2, 2) == doctest::Approx(0.75));  // 12.5 m: between 5 m (0) and 15 m (1)
}
