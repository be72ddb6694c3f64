// The user's own files beside OpenStreetMap: areas, buildings, land cover, water, facilities, people.
#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

// A house of OSM at (2, 2), a shed at (8, 8), a street; steps as in OsmText.
OsmText village() {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  for (const auto& [first, at] : {std::pair{10L, 2.0}, {20L, 8.0}})
    osm.node(first, at, at)
        .node(first + 1, at + 0.2, at)
        .node(first + 2, at + 0.2, at + 0.2)
        .node(first + 3, at, at + 0.2);
  osm.way(1, {10, 11, 12, 13, 10}, {{"building", "house"}})
      .way(2, {20, 21, 22, 23, 20}, {{"building", "house"}});
  osm.node(31, 1, 5).node(32, 9, 5).way(3, {31, 32}, {{"highway", "residential"}});
  return osm;
}

std::string square(double column, double row, double side) {
  const auto at = [](double c, double r) {
    return "[" + std::to_string(9 + 0.001 * c) + "," + std::to_string(45 + 0.001 * r) + "]";
  };
  return "{\"type\":\"Polygon\",\"coordinates\":[[" + at(column, row) + "," + at(column + side, row) + "," +
         at(column + side, row + side) + "," + at(column, row + side) + "," + at(column, row) + "]]}";
}

std::string point(double column, double row) {
  return "{\"type\":\"Point\",\"coordinates\":[" + std::to_string(9 + 0.001 * column) + "," +
         std::to_string(45 + 0.001 * row) + "]}";
}

struct Feature {
  std::string geometry, properties;
};

std::string collection(const std::vector<Feature>& features) {
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[";
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (i > 0) text += ",";
    text += "{\"type\":\"Feature\",\"properties\":{" + features[i].properties +
            "},\"geometry\":" + features[i].geometry + "}";
  }
  return text + "]}";
}

struct Layer {
  std::string kind;
  std::vector<Feature> features;
  std::vector<std::pair<std::string, std::string>> columns = {};
};

Result<CityModel> import_with(const Layer& layer) {
  const TempFile osm("village.osm", village().xml());
  const TempFile file(layer.kind + ".geojson", collection(layer.features));
  ImportRecipe recipe = recipe_of(osm.path());
  RecipeSource source;
  source.kind = layer.kind;
  source.file = file.path();
  source.columns = layer.columns;
  recipe.sources.push_back(source);
  return import_city(recipe, RunContext{});
}

CityModel good(const Layer& layer) {
  auto city = import_with(layer);
  for (const auto& d : city.diagnostics().items())
    if (d.severity == Severity::error) FAIL_CHECK(d.code << " " << d.where.key << " " << d.where.feature);
  REQUIRE(city.ok());
  check_books(*city);
  return std::move(*city);
}

std::string error_of(const Layer& layer) {
  const auto city = import_with(layer);
  for (const auto& d : city.diagnostics().items())
    if (d.severity == Severity::error) return d.code;
  return {};
}

}  // namespace

TEST_CASE("a building file takes the place of OSM's buildings where both have one") {
  const CityModel city =
      good({"buildings", {{square(2, 2, 0.2), "\"height\":12"}, {square(9, 9, 0.3), "\"height\":4"}}});
  CHECK(city.buildings().size() == 3);
  const ImportCount& ways = count_of(city, "building ways");
  CHECK(ways.merged == 1);
  CHECK(ways.kept == 1);
  CHECK(count_of(city, "buildings").kept == 2);
  std::size_t tall = 0;
  for (const double height : city.buildings().height)
    if (height == 12) ++tall;
  CHECK(tall == 1);
}

TEST_CASE("the extent is where both sources are; a building file's losses are booked") {
  // The building file ends at column 6, so the shed of OSM at (8, 8) lies outside.
  const CityModel city = good({"buildings", {{square(2, 2, 0.2), ""}, {square(5.8, 5.8, 0.2), ""}}});
  CHECK(dropped_for(count_of(city, "building ways"), "dropped.outside_extent") == 1);
}

TEST_CASE("land cover polygons by name of class") {
  const CityModel city = good(
      {"landcover", {{square(1, 1, 3), "\"class\":\"forest\""}, {square(8, 8, 9), "\"class\":\"park\""}}});
  REQUIRE(city.land_cover().size() == 2);
  CHECK(city.land_cover().cover[0] == LandCoverClass::forest);
  CHECK(city.land_cover().area.area(1) < 60'000);  // cut at the extent: 2 x 2 of 9 x 9 steps
  CHECK(error_of({"landcover", {{square(1, 1, 3), "\"class\":\"jungle\""}}}) == "layer.unknown_word");
  const CityModel renamed = good({"landcover", {{square(1, 1, 3), "\"typ\":\"grass\""}}, {{"class", "typ"}}});
  CHECK(renamed.land_cover().cover[0] == LandCoverClass::grass);
  CHECK(error_of({"landcover", {{square(1, 1, 3), "\"typ\":\"grass\""}}}) == "vector.no_column");
}

TEST_CASE("water bodies, their level given or not") {
  const CityModel city = good({"water",
                               {{square(1, 1, 1), "\"kind\":\"pond\",\"level\":\"3.5\""},
                                {square(4, 4, 1), "\"kind\":null,\"level\":null"}}});
  REQUIRE(city.water_bodies().size() == 2);
  CHECK(city.water_bodies().kind[0] == WaterKind::pond);
  CHECK(city.water_bodies().level[0] == 3.5);
  CHECK(city.water_bodies().level_provenance[0] == Provenance::given);
  CHECK(city.water_bodies().kind[1] == WaterKind::lake);
  CHECK(good({"water", {{square(1, 1, 1), "\"x\":1"}}}).water_bodies().size() == 1);
}

TEST_CASE("facilities from the user, with their needs") {
  const CityModel city =
      good({"facilities",
            {{point(2.1, 2.1), "\"kind\":\"pump_station\",\"name\":\"P1\",\"floor_height\":\"1.2\""},
             {point(50, 50), "\"kind\":\"hospital\""}}});
  REQUIRE(city.facilities().size() == 1);
  CHECK(city.facilities().name[0] == "P1");
  CHECK(city.facilities().floor_height[0] == doctest::Approx(1.2));
  REQUIRE(!city.facilities().building[0].is_none());
  CHECK(city.buildings().origin.key[city.facilities().building[0].row()] == "way/1");
  CHECK(city.needs().size() == 2);
  CHECK(dropped_for(count_of(city, "facility rows"), "dropped.outside_extent") == 1);
}

TEST_CASE("people from points and polygons") {
  const CityModel city = good({"population",
                               {{square(1, 1, 4), "\"population\":30"},
                                {point(8.5, 8.5), "\"population\":7"},
                                {point(80, 80), "\"population\":5"}}});
  double people = 0;
  for (const double p : city.management_cells().population) people += p;
  CHECK(people == doctest::Approx(37));
  CHECK(city.buildings().people[row_of(city.buildings().origin.key, "way/1")] == doctest::Approx(30));
  CHECK(city.management_cells().origin.provenance[0] == Provenance::given);
}

TEST_CASE("the area as a polygon file") {
  const TempFile osm("village.osm", village().xml());
  const TempFile area("area.geojson", collection({{square(1, 1, 4), ""}}));
  ImportRecipe recipe = recipe_of(osm.path());
  recipe.area = area.path().string();
  const auto city = import_city(recipe, RunContext{});
  REQUIRE(city.ok());
  CHECK(city->buildings().size() == 1);
  const TempFile two("two.geojson", collection({{square(1, 1, 1), ""}, {square(5, 5, 1), ""}}));
  recipe.area = two.path().string();
  CHECK(import_city(recipe, RunContext{}).diagnostics().has("area.not_one_polygon"));
}
