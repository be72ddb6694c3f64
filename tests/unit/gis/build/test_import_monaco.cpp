// The whole way from a real extract to a city; skipped where the shared data is not at hand.
#include <doctest/doctest.h>

#include <filesystem>

#include "gis/build/import.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

const std::filesystem::path kShared = CITYTWIN_SOURCE_DIR "/../shared/data";

const ImportCount* count_of(const CityModel& city, const std::string& kind) {
  for (const auto& count : city.import_log().counts)
    if (count.kind == kind) return &count;
  return nullptr;
}

ImportRecipe osm_only(const std::filesystem::path& file) {
  ImportRecipe recipe;
  recipe.name = "test";
  RecipeSource osm;
  osm.kind = "osm";
  osm.file = file;
  recipe.sources.push_back(osm);
  recipe.data_folder = CITYTWIN_SOURCE_DIR "/data";
  return recipe;
}

}  // namespace

TEST_CASE("Monaco from OSM alone: books close, every building way is accounted for") {
  const auto file = kShared / "city_monaco/monaco_riviera_2016.osm.pbf";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: no shared data at " << file.string());
    return;
  }
  const auto city = import_city(osm_only(file), RunContext{});
  for (const auto& d : city.diagnostics().items()) MESSAGE(d.code << " " << d.where.file << " " << d.where.feature);
  REQUIRE(city.ok());

  const ImportCount* ways = count_of(*city, "building ways");
  REQUIRE(ways != nullptr);
  CHECK(ways->read == 23370);
  CHECK(count_of(*city, "building relations")->read == 3);
  std::uint64_t rows = 0;
  for (const auto& count : city->import_log().counts) {
    CAPTURE(count.kind);
    CHECK(count.closes());
    if (count.kind.starts_with("building ")) rows += count.kept + count.added_by_splitting;
  }
  CHECK(rows == city->buildings().size());
  const ImportCount* highways = count_of(*city, "highway ways");
  CHECK(highways->kept + highways->added_by_splitting == city->streets().links.size());
  CHECK(city->info().frame.crs == "EPSG:32632");

  double people = 0, in_cells = 0;
  for (double p : city->buildings().people) people += p;
  for (double p : city->management_cells().population) in_cells += p;
  CHECK(people > 10'000);
  CHECK(in_cells == doctest::Approx(people));
}
