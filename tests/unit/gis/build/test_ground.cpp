// The city's ground: how much of it an elevation file must cover, what is clipped to it, what is missing.
#include <cmath>
#include <limits>

#include "gis/build/check.hpp"
#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

// Ten houses in a row, one per step from column 0.5 to 9.5.
OsmText row_of_houses() {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  for (long h = 0; h < 10; ++h) {
    const double x = 0.4 + static_cast<double>(h);
    const long n = 10 * (h + 1);
    osm.node(n, x, 5).node(n + 1, x + 0.2, 5).node(n + 2, x + 0.2, 5.2).node(n + 3, x, 5.2);
    osm.way(h + 1, {n, n + 1, n + 2, n + 3, n}, {{"building", "house"}});
  }
  return osm;
}

// An ASCII grid of 10 m over the columns [from, to) of the map; every cell rises to the east.
std::string ground(double from, double to, const std::string& value = {}) {
  const int nx = static_cast<int>(std::lround((to - from) * 10));
  constexpr int kRows = 120;
  std::string text = "ncols " + std::to_string(nx) + "\nnrows " + std::to_string(kRows) + "\nxllcorner " +
                     std::to_string(9 + 0.001 * from) +
                     "\nyllcorner 44.999\ncellsize 0.0001\nNODATA_value -9999\n";
  for (int j = 0; j < kRows; ++j) {
    for (int i = 0; i < nx; ++i) text += (value.empty() ? std::to_string(i) : value) + " ";
    text += "\n";
  }
  return text;
}

Result<CityModel> import_on(const std::string& dem, const std::string& area = {}) {
  const TempFile osm("houses.osm", row_of_houses().xml());
  const TempFile file("ground.asc", dem);
  ImportRecipe recipe = recipe_of(osm.path());
  recipe.area = area;
  RecipeSource source;
  source.kind = "dem";
  source.file = file.path();
  source.crs = "EPSG:4326";
  recipe.sources.push_back(source);
  return import_city(recipe, RunContext{});
}

}  // namespace

TEST_CASE("an elevation file under all of it") {
  const auto city = import_on(ground(-1, 11));
  REQUIRE(city.ok());
  CHECK(city->buildings().size() == 10);
  CHECK(!city.diagnostics().has("import.no_terrain"));
  CHECK(city->terrain().true_resolution_m == doctest::Approx(11.1).epsilon(0.02));
  CHECK(std::isfinite(sample_nearest(city->terrain().elevation, city->info().frame.extent.centre())));
  check_books(*city);
}

TEST_CASE("where it covers eight of ten houses the city ends with it, and the books say so") {
  const auto city = import_on(ground(-1, 8));
  REQUIRE(city.ok());
  CHECK(city->buildings().size() == 8);
  CHECK(dropped_for(count_of(*city, "building ways"), "dropped.outside_extent") == 2);
  check_books(*city);
}

TEST_CASE("less than half is refused, with or without an area") {
  const auto third = import_on(ground(-1, 3));
  REQUIRE(!third.ok());
  CHECK(third.diagnostics().has("dem.covers_too_little"));
  CHECK(!import_on(ground(-1, 3), "9.0,45.0,9.01,45.01").ok());
  // What counts is the part of the city that was asked for.
  const auto part = import_on(ground(-1, 3), "9.0,45.0,9.0029,45.01");
  REQUIRE(part.ok());
  CHECK(part->buildings().size() == 3);
}

TEST_CASE("an elevation file without a coordinate system, or without a value, is refused") {
  const TempFile osm("houses.osm", row_of_houses().xml());
  const TempFile file("nowhere.asc", ground(-1, 11));
  ImportRecipe recipe = recipe_of(osm.path());
  RecipeSource source;
  source.kind = "dem";
  source.file = file.path();
  recipe.sources.push_back(source);
  CHECK(import_city(recipe, RunContext{}).diagnostics().has("raster.no_crs"));
  CHECK(!import_on(ground(-1, 11, "-9999")).ok());
}

TEST_CASE("conditioning can be left out") {
  const TempFile osm("houses.osm", row_of_houses().xml());
  const TempFile file("ground.asc", ground(-1, 11));
  ImportRecipe recipe = recipe_of(osm.path());
  RecipeSource source;
  source.kind = "dem";
  source.file = file.path();
  source.crs = "EPSG:4326";
  recipe.sources.push_back(source);
  recipe.conditioning = false;
  const auto city = import_city(recipe, RunContext{});
  REQUIRE(city.ok());
  for (const TerrainChange& change : city->import_log().terrain_changes) CHECK(change.kind == "void");
}
