// The whole way from real extracts to cities; each skipped where the shared data is not at hand.
#include <ctime>
#include <set>

#include "gis/build/check.hpp"
#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

const std::filesystem::path kShared = CITYTWIN_SOURCE_DIR "/../shared/data";

struct Real {
  const char* name;
  const char* osm;
  const char* dem;  // nullptr: none
  const char* crs;
  std::uint64_t building_ways, building_relations;
};

// building ways as in the data's README; relations besides.
constexpr Real kCities[] = {
    {"Monaco", "city_monaco/monaco_riviera_2016.osm.pbf", "city_monaco/N43E007.hgt.zip", "EPSG:32632", 23370,
     3},
    {"Kampen", "city_kampen/kampen.osm.pbf", nullptr, "EPSG:32631", 29673, 18},
    {"Porto Alegre", "city_portoalegre/poa_osm.pbf", "city_portoalegre/poa_elevation.tif", "EPSG:32722", 12,
     7},
    {"Andorra", "city_andorra/andorra_2013.osm.pbf", "city_andorra/N42E001.hgt.zip", "EPSG:32631", 294, 0},
};

std::uint64_t read_of(const CityModel& city, const std::string& kind) {
  for (const ImportCount& count : city.import_log().counts)
    if (count.kind == kind) return count.read;
  return 0;
}

void check_city_of(const Real& real, const CityModel& city) {
  CHECK(read_of(city, "building ways") == real.building_ways);
  CHECK(read_of(city, "building relations") == real.building_relations);
  CHECK(city.info().frame.crs == real.crs);
  check_books(city);
  CHECK(check_city(city).books_close);
  const Links& links = city.streets().links;
  for (std::size_t l = 0; l < links.size(); ++l) {
    CHECK(length(links.geometry[l]) > 0);
    CHECK(links.lanes_forward[l] + links.lanes_backward[l] > 0);
    CHECK(links.speed[l] > 0);
  }
  double people = 0, in_cells = 0;
  for (const double p : city.buildings().people) people += p;
  for (const double p : city.management_cells().population) in_cells += p;
  CHECK(people > 0);
  CHECK(in_cells == doctest::Approx(people));
}

}  // namespace

TEST_CASE("real cities: every building way is accounted for and the books close") {
  for (const Real& real : kCities) {
    if (!std::filesystem::exists(kShared / real.osm)) {
      MESSAGE("skipped " << real.name << ": no shared data");
      continue;
    }
    CAPTURE(real.name);
    ImportRecipe recipe = recipe_of(kShared / real.osm);
    if (real.dem != nullptr) {
      RecipeSource dem;
      dem.kind = "dem";
      dem.file = kShared / real.dem;
      recipe.sources.push_back(dem);
    }
    const std::clock_t start = std::clock();
    const auto city = import_city(recipe, RunContext{});
    CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 5);
    for (const auto& d : city.diagnostics().items())
      if (d.severity == Severity::error) FAIL_CHECK(d.code);
    REQUIRE(city.ok());
    CHECK(city.diagnostics().has("import.no_terrain") == (real.dem == nullptr));
    check_city_of(real, *city);
    // Porto Alegre lies on lake Guaiba, of which the extract has no outline; the others' waters have theirs.
    CHECK(city.diagnostics().has("check.level_areas") == (std::string(real.name) == "Porto Alegre"));
  }
}

TEST_CASE("the same import twice is the same city") {
  const auto file = kShared / "city_monaco/monaco_2021.osm.pbf";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  const auto a = import_city(recipe_of(file), RunContext{});
  const auto b = import_city(recipe_of(file), RunContext{});
  REQUIRE(a.ok());
  REQUIRE(b.ok());
  CHECK(content_hash(*a) == content_hash(*b));
}

TEST_CASE("an elevation file that covers little of the city is refused") {
  const auto osm = kShared / "city_monaco/monaco_riviera_2016.osm.pbf";
  const auto other = kShared / "city_andorra/N42E001.hgt.zip";
  if (!std::filesystem::exists(osm) || !std::filesystem::exists(other)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  ImportRecipe recipe = recipe_of(osm);
  RecipeSource dem;
  dem.kind = "dem";
  dem.file = other;
  recipe.sources.push_back(dem);
  const auto city = import_city(recipe, RunContext{});
  REQUIRE(!city.ok());
  CHECK(city.diagnostics().has("extent.no_overlap"));
}
