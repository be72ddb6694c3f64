#include "gis/build/level_areas.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "gis/build/check.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

// A slope of 3 km with a level square of `side` m in it, 0.04 m higher along one edge of the square.
CityTables slope_with_level(double side) {
  CityTables tables;
  tables.info.name = "slope";
  tables.info.frame = {.crs = "local", .vertical_datum = "local", .extent = {{0, 0}, {3000, 3000}}};
  tables.sources.key = {"dem"};
  for (auto* column : {&tables.sources.kind, &tables.sources.file_name, &tables.sources.content_hash,
                       &tables.sources.licence, &tables.sources.attribution, &tables.sources.date,
                       &tables.sources.crs, &tables.sources.vertical_datum})
    column->assign(1, "");
  const GridSpec spec{{0, 0}, 20, 150, 150};
  tables.terrain.elevation = Grid<float>(spec, 0.0F);
  tables.terrain.true_resolution_m = 20;
  tables.terrain.source = SourceId(std::size_t{0});
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const Point2 p = spec.centre(i, j);
      const bool level = p.x > 500 && p.x < 500 + side && p.y > 500 && p.y < 500 + side;
      tables.terrain.elevation.at(i, j) = level ? (p.x < 520 ? 2.04F : 2.0F) : static_cast<float>(10 + i);
    }
  return tables;
}

void add_lake(CityTables& tables, double side) {
  tables.water_bodies.origin.push_back("lake", Provenance::given, SourceId(std::size_t{0}));
  tables.water_bodies.area.push_back(
      Polygon{{{500, 500}, {500 + side, 500}, {500 + side, 500 + side}, {500, 500 + side}}, {}});
  tables.water_bodies.kind.push_back(WaterKind::lake);
  tables.water_bodies.level.push_back(2);
  tables.water_bodies.level_provenance.push_back(Provenance::given);
  tables.water_bodies.name.emplace_back();
}

std::vector<LevelArea> areas_of(CityTables tables) {
  const auto city = build_city(std::move(tables));
  REQUIRE(city.ok());
  return level_areas(*city);
}

}  // namespace

TEST_CASE("level ground of more than a square kilometre is found, with its size, height and place") {
  const auto areas = areas_of(slope_with_level(1200));
  REQUIRE(areas.size() == 1);
  CHECK(areas[0].km2 == doctest::Approx(1.44));
  CHECK(areas[0].height == doctest::Approx(2.0).epsilon(0.03));
  CHECK(std::abs(areas[0].place.x - 1100) <= 20);
  CHECK(std::abs(areas[0].place.y - 1100) <= 20);
  const auto words = words_of(areas, {.crs = "local"});
  CHECK(words[1] == std::pair<std::string, std::string>("km2", "1.4"));
  CHECK(words[4].second.starts_with("x 1"));
  const auto city = build_city(slope_with_level(1200));
  REQUIRE(city.ok());
  const auto findings = check_city(*city).findings;
  CHECK(std::any_of(findings.begin(), findings.end(),
                    [](const CheckFinding& f) { return f.code == "check.level_areas"; }));
}

TEST_CASE("small level ground, a slope and a lake with its outline are none") {
  CHECK(areas_of(slope_with_level(980)).empty());
  CHECK(areas_of(slope_with_level(0)).empty());
  CityTables lake = slope_with_level(1200);
  add_lake(lake, 1200);
  CHECK(areas_of(std::move(lake)).empty());
  CityTables pond = slope_with_level(1200);  // covers less than what leaves a square kilometre
  add_lake(pond, 300);
  CHECK(areas_of(std::move(pond)).size() == 1);
}
