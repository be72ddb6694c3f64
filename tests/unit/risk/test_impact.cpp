#include <doctest/doctest.h>

#include "engine/risk/exposure.hpp"
#include "engine/risk/impact.hpp"
#include "small_city.hpp"

using namespace citytwin;
using doctest::Approx;

namespace {

const float n = kNoData;

// House cell (1,1) 1.25 m, tower cell (3,1) 0.5 m with 1.0 m north of it, shop cell (6,1) 0.4 m; the lake 5
// m.
RunRecord storm() {
  return small_city::record({{n, n, n, 1.0F, n, 0.05F, n, n, n, 5},
                             {n, 1.25F, n, 0.5F, n, 0.2F, 0.4F, n, n, 5},
                             {n, n, n, n, n, n, n, n, 0, 5}});
}

risk::Vulnerability vulnerability() {
  risk::Vulnerability v;
  v.depth_damage[BuildingUse::residential] = {{0, 1, 6}, {0, 0.4, 1}};
  v.depth_damage[BuildingUse::unknown] = {{0, 1}, {0, 1}};
  v.value_per_m2[BuildingUse::residential] = 1000;
  v.value_per_m2[BuildingUse::unknown] = 10;
  return v;
}

CityModel build(CityTables tables) {
  auto model = build_city(std::move(tables));
  REQUIRE(model.ok());
  return *std::move(model);
}

}  // namespace

TEST_CASE("depth at a building is the highest over the cells its outline touches, permanent water left out") {
  const CityModel model = build(small_city::tables());
  const RunRecord record = storm();
  const Grid<float>& depth = record.grids[0].grid;
  const auto water = risk::permanent_water(model, record, depth.spec);
  CHECK(water.at(9, 0) == 1);
  CHECK(water.at(8, 0) == 0);
  const auto at = risk::water_at_buildings(model, depth, water, 0.3).depth;
  CHECK(at[0] == 1.25F);
  CHECK(at[1] == 0.5F);
  CHECK(at[2] == 0.4F);
  CHECK(at[3] == 0);  // the pier reaches into the lake
  RunRecord with_pond = record;
  with_pond.grids.push_back({"surface_water.permanent_water", "1", Grid<float>(depth.spec, 0.0F)});
  with_pond.grids[1].grid.at(2, 0) = 1;
  CHECK(risk::permanent_water(model, with_pond, depth.spec).at(2, 0) == 1);
  CHECK(risk::permanent_water(model, with_pond, depth.spec).at(9, 0) == 1);
  CityTables longer = small_city::tables();
  longer.buildings.footprint = {};
  for (const auto& f : {small_city::box(11, 11, 19, 19), small_city::box(31, 11, 39, 21),
                        small_city::box(61, 11, 69, 19), small_city::box(82, 11, 98, 19)})
    longer.buildings.footprint.push_back(f);
  CHECK(risk::water_at_buildings(build(longer), depth, water, 0.3).depth[1] == 1.0F);
  CHECK(risk::water_at_buildings(build(longer), depth, water, 0.6).share_deep[1] == 0.5F);
}

TEST_CASE("damage counts above the floor, floodproofing holds, and tall buildings risk two storeys") {
  const CityModel model = build(small_city::tables());
  const auto impact = risk::assess(model, storm(), vulnerability(), {});
  CHECK(impact.buildings.damage[0] == Approx(0.4));  // 1.25 m - 0.25 m floor = 1 m
  CHECK(impact.buildings.loss[0] == Approx(0.4 * 100'000));
  CHECK(impact.buildings.loss[1] == Approx(0.2 * 2 / 8 * 1'000'000));
  CHECK(impact.buildings.loss[2] == 0);  // 0.4 m < 0.5 m floodproofed
  CHECK(impact.buildings.value[2] == 300'000);
  CHECK(impact.buildings.value[3] == 500);  // the use has no row: unknown
  CHECK(impact.totals.buildings_flooded == 2);
  CHECK(impact.totals.loss == Approx(90'000));
  CHECK(impact.totals.exposed_value == Approx(1'100'000));

  CityTables unproofed = small_city::tables();
  unproofed.buildings.floodproof_depth[2] = 0.3;  // overtopped
  const auto worse = risk::assess(build(unproofed), storm(), vulnerability(), {});
  CHECK(worse.buildings.loss[2] == Approx(0.4 * 300'000));
  CHECK(worse.totals.buildings_flooded == 3);
}

TEST_CASE("a film of rain on every cell floods no building") {
  const std::vector<float> film(10, 0.06F);
  const auto impact =
      risk::assess(build(small_city::tables()), small_city::record({film, film, film}), vulnerability(), {});
  CHECK(impact.buildings.depth[1] == 0.06F);
  CHECK(impact.totals.buildings_flooded == 0);
  CHECK(impact.totals.loss == 0);
  CHECK(impact.totals.flooded_area_m2 == 0);
}

TEST_CASE("a retired building loses nothing") {
  CityTables t = small_city::tables();
  t.buildings.floor_area[0] = t.buildings.people[0] = t.buildings.value[0] = 0;
  const auto impact = risk::assess(build(t), storm(), vulnerability(), {});
  CHECK(impact.buildings.flooded[0] == 0);
  CHECK(impact.totals.buildings_flooded == 1);
}

TEST_CASE("people count by the depth at their building, the rest of a cell by its flooded land") {
  const CityModel model = build(small_city::tables());
  const auto impact = risk::assess(model, storm(), vulnerability(), {});
  // Cell A: 4 + 16 residents in water deeper than 0.3 m; 20 more people over 15 land cells, 3 of them deeper.
  CHECK(impact.cells.people_affected[0] == Approx(20 + 20 * 3.0 / 15));
  // Cell B: nobody housed; 20 people over 12 land cells (3 are lake), one deeper than 0.3 m.
  CHECK(impact.cells.people_affected[1] == Approx(20.0 / 12));
  CHECK(impact.cells.max_depth[1] == Approx(0.4));
  CHECK(impact.cells.buildings_flooded[0] == 2);
  CHECK(impact.cells.loss[0] == Approx(90'000));
  CHECK(impact.totals.people_affected == Approx(24 + 20.0 / 12));
  CHECK(impact.totals.people_total == 60);
}

TEST_CASE("totals of ground, roads and facilities") {
  RunRecord record = storm();
  record.series.push_back({"links.closed_km", "km", "", {0, 60}, {0, 0.05}});
  const auto impact = risk::assess(build(small_city::tables()), record, vulnerability(), {});
  CHECK(impact.totals.flooded_area_m2 ==
        Approx(500));  // 1.0, 1.25, 0.5, 0.2 and 0.4 m; not 0.05, not the lake
  CHECK(impact.totals.max_depth_m == Approx(1.25));
  CHECK(impact.totals.roads_total_km == Approx(0.09));  // the footpath is no road
  CHECK(impact.totals.roads_closed_km == Approx(0.05));
  CHECK(impact.totals.facilities_total == 1);  // the entry is no facility
  CHECK(impact.totals.facilities_failed == 1);
  CHECK(impact.closed_road_km == std::vector<double>{0, 0.05});
}

TEST_CASE("without surface water, or without any table, nothing is hurt and nothing breaks") {
  const auto dry = risk::assess(build(small_city::tables()), RunRecord{}, vulnerability(), {});
  CHECK(dry.totals.loss == 0);
  CHECK(dry.totals.people_affected == 0);
  CHECK(dry.totals.people_total == 60);
  const auto empty = risk::assess(build(CityTables{}), storm(), vulnerability(), {});
  CHECK(empty.totals.loss == 0);
  CHECK(empty.totals.flooded_area_m2 == Approx(800));
}

TEST_CASE("cars slow down in shallow water and stop at 0.3 m (Pregnolato et al. 2017)") {
  CHECK(risk::driving_speed_m_per_s(0, 13.9) == 13.9);
  CHECK(risk::driving_speed_m_per_s(0.1, 33.3) == Approx((9 - 55.29 + 86.9448) / 3.6));
  CHECK(risk::driving_speed_m_per_s(0.1, 10) == 10);
  CHECK(risk::driving_speed_m_per_s(0.3, 13.9) == 0);
  CHECK(risk::driving_speed_m_per_s(2, 13.9) == 0);
  for (double d = 0.01; d < 0.31; d += 0.01)
    CHECK(risk::driving_speed_m_per_s(d, 40) <= risk::driving_speed_m_per_s(d - 0.01, 40));
}
