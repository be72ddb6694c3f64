#include "gis/build/extent.hpp"

#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

std::string area_error(const std::string& area,
                       std::vector<SourceExtent> sources = {{"osm", {{9, 45}, {9.1, 45.1}}}}) {
  ImportRecipe recipe;
  recipe.area = area;
  const auto chosen = choose_area(recipe, sources, RunContext{});
  return chosen.ok() ? std::string{} : chosen.diagnostics().items().front().code;
}

OsmText two_buildings() {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  for (const auto& [first, x] : {std::pair{10L, 2.0}, {20L, 8.0}})
    osm.node(first, x, 2).node(first + 1, x + 0.2, 2).node(first + 2, x + 0.2, 2.2).node(first + 3, x, 2.2);
  osm.way(1, {10, 11, 12, 13, 10}, {{"building", "house"}})
      .way(2, {20, 21, 22, 23, 20}, {{"building", "yes"}});
  osm.node(30, -50, -50);
  return osm;
}

}  // namespace

TEST_CASE("areas as given") {
  CHECK(area_error("9.0,45.0,9.05,45.05").empty());
  CHECK(area_error(" 9.0, 45.0 ,9.05,45.05 ").empty());
  CHECK(area_error("9.0,45.0,9.05") == "area.bad");
  CHECK(area_error("9.05,45.0,9.0,45.05") == "area.bad");
  CHECK(area_error("9.0,45.0,500,45.05") == "area.bad");
  CHECK(area_error("9.0,45.0,9.05,45.05,7") == "area.bad");
  CHECK(area_error("10.0,45.0,10.05,45.05") == "area.outside_sources");
  CHECK(area_error("", {{"osm", {{9, 45}, {9.1, 45.1}}}, {"dem", {{20, 45}, {21, 46}}}}) ==
        "extent.no_overlap");
  CHECK(area_error("", {}) == "extent.none");
}

TEST_CASE("without an area the city is what all sources cover") {
  ImportRecipe recipe;
  const auto area = choose_area(recipe, {{"osm", {{9, 45}, {9.1, 45.1}}}, {"dem", {{9.02, 44}, {10, 45.08}}}},
                                RunContext{});
  REQUIRE(area.ok());
  const Box2 box = bounds(area->outer);
  CHECK(box.min.x == doctest::Approx(9.02));
  CHECK(box.max.x == doctest::Approx(9.1));
  CHECK(box.max.y == doctest::Approx(45.08));
}

TEST_CASE("the header box counts, not the nodes; the frame is UTM with a whole-kilometre origin") {
  const CityModel city = import_text(two_buildings());
  const CityFrame& frame = city.info().frame;
  CHECK(frame.crs == "EPSG:32632");
  CHECK(frame.extent.width() == doctest::Approx(788).epsilon(0.02));  // 0.01 degree at 45 N
  CHECK(frame.extent.height() == doctest::Approx(1111).epsilon(0.02));
  CHECK(frame.origin_x == std::floor(frame.origin_x / 1000) * 1000);
  CHECK(city.buildings().size() == 2);
  for (std::size_t b = 0; b < 2; ++b)
    for (const Point2 p : city.buildings().footprint.outer(b)) CHECK(p == snap(p));
  check_books(city);
}

TEST_CASE("a smaller area clips, and the books say so") {
  const CityModel city = import_text(two_buildings(), "9.0,45.0,9.005,45.005");
  CHECK(city.buildings().size() == 1);
  CHECK(dropped_for(count_of(city, "building ways"), "dropped.outside_extent") == 1);
  CHECK(city.buildings().use[0] == BuildingUse::residential);
  check_books(city);
}

TEST_CASE("frames that are no frames are refused") {
  const TempFile file("frames.osm", two_buildings().xml());
  for (const char* crs : {"EPSG:4326", "EPSG:3857", "local", "EPSG:999999", "not a crs"}) {
    CAPTURE(crs);
    ImportRecipe recipe = recipe_of(file.path());
    recipe.crs = crs;
    CHECK(!import_city(recipe, RunContext{}).ok());
  }
  ImportRecipe recipe = recipe_of(file.path());
  recipe.crs = "EPSG:3035";
  const auto city = import_city(recipe, RunContext{});
  REQUIRE(city.ok());
  CHECK(city->info().frame.crs == "EPSG:3035");
}

TEST_CASE("an area too large for its management cells is refused before they are made") {
  OsmText osm;
  osm.at(1, 5, 40).at(2, 13, 49).way(1, {1, 2}, {{"highway", "primary"}});
  const TempFile file("wide.osm", osm.xml());
  ImportRecipe recipe = recipe_of(file.path());
  const auto city = import_city(recipe, RunContext{});
  REQUIRE(!city.ok());
  CHECK(city.diagnostics().has("memory.too_large"));
  recipe.management_cell_m = 5000;
  CHECK(import_city(recipe, RunContext{}).ok());
}

TEST_CASE("a source in the city's CRS gives its own box, not the one around its box in degrees") {
  const Box2 own{{714743, 5187312}, {736823, 5217463}};
  const auto utm = Crs::parse("EPSG:32611");
  REQUIRE(utm.ok());
  const auto degrees = to_lon_lat(own, *utm);
  REQUIRE(degrees.ok());
  ImportRecipe recipe;
  recipe.crs = "EPSG:32611";
  std::vector<SourceExtent> sources{{"dem", *degrees, "EPSG:32611", own}};
  const auto area = choose_area(recipe, sources, RunContext{});
  REQUIRE(area.ok());
  const auto exact = make_extent(*area, false, recipe, sources, "");
  REQUIRE(exact.ok());
  CHECK(exact->frame.extent.width() == doctest::Approx(own.width()));
  CHECK(exact->frame.extent.height() == doctest::Approx(own.height()));
  sources.front().crs.clear();  // tiles in several CRSs: only the box in degrees is common to them
  const auto around = make_extent(*area, false, recipe, sources, "");
  REQUIRE(around.ok());
  CHECK(around->frame.extent.width() > 1.05 * own.width());
}
