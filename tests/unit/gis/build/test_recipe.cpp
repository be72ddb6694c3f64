#include <doctest/doctest.h>

#include "gis/build/import.hpp"
#include "tests/unit/gis/readers_osm/osm_text.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

Result<ImportRecipe> read(const std::string& text) {
  const test::TempFile file("recipe.toml", text);
  return read_recipe(file.path());
}

const Diagnostic& first(const Result<ImportRecipe>& recipe) {
  REQUIRE(!recipe.ok());
  return recipe.diagnostics().items().front();
}

std::string arg(const Diagnostic& d, const std::string& name) {
  for (const auto& [key, value] : d.args)
    if (key == name) return value;
  return {};
}

const std::string kSource = "[[source]]\nkind = \"osm\"\nfile = \"a.osm\"\n";

}  // namespace

TEST_CASE("a recipe with everything in it") {
  const auto recipe = read(R"(name = "Town"
crs = "EPSG:32632"
area = "9,45,9.1,45.1"
conditioning = false
management_cell_m = 250
currency = "CHF"
price_year = 2022
utc_offset = "+01:00"

[[source]]
kind = "osm"
file = "town.osm.pbf"

[[source]]
kind = "population"
key = "census"
file = "people.gpkg"
layer = "blocks"
licence = "CC-BY-4.0"
[source.columns]
population = "pop_2020"

[needs]
hospital.power.backup_h = 48
"way/12.access" = "none"
)");
  REQUIRE(recipe.ok());
  CHECK(recipe->name == "Town");
  CHECK(!recipe->conditioning);
  CHECK(recipe->management_cell_m == 250);
  CHECK(recipe->price_year == 2022);
  REQUIRE(recipe->sources.size() == 2);
  CHECK(recipe->sources[1].layer == "blocks");
  CHECK(recipe->sources[1].line == 14);
  REQUIRE(recipe->sources[1].columns.size() == 1);
  CHECK(recipe->sources[1].columns[0].second == "pop_2020");
  REQUIRE(recipe->needs.size() == 2);
  CHECK(recipe->needs[0] == std::pair<std::string, std::string>{"hospital.power.backup_h", "48"});
  CHECK(recipe->needs[1] == std::pair<std::string, std::string>{"way/12.access", "none"});
  CHECK(recipe->base_folder == std::filesystem::temp_directory_path());
}

TEST_CASE("the shipped example reads") {
  const auto recipe = read_recipe(CITYTWIN_SOURCE_DIR "/data/cases/recipe.toml");
  REQUIRE(recipe.ok());
  CHECK(recipe->sources.size() == 6);
  CHECK(recipe->needs.size() == 3);
}

TEST_CASE("unknown keys name the nearest known one, with file and line") {
  const auto recipe = read("name = \"x\"\nconditionning = true\n" + kSource);
  const Diagnostic& d = first(recipe);
  CHECK(d.code == "toml.unknown_key");
  CHECK(arg(d, "nearest") == "conditioning");
  CHECK(d.where.line == 2);
  CHECK(d.where.file.find("recipe.toml") != std::string::npos);

  const auto source = read(kSource + "fil = \"b\"\n");
  CHECK(arg(first(source), "nearest") == "file");
  CHECK(first(source).where.key == "source.1.fil");
  CHECK(first(source).where.line == 4);
  CHECK(first(read("[[sources]]\nkind = \"osm\"\n")).code == "toml.unknown_key");
  CHECK(first(read(kSource + "zzzzzzzzzz = 1\n")).code == "toml.unknown_key_list");
}

TEST_CASE("wrong types, values out of range, missing keys, broken syntax") {
  CHECK(first(read("management_cell_m = \"wide\"\n" + kSource)).code == "toml.wrong_type");
  CHECK(arg(first(read("management_cell_m = \"wide\"\n" + kSource)), "found") == "text");
  CHECK(arg(first(read("name = 2026-01-01\n" + kSource)), "found") == "date_time");
  CHECK(first(read("management_cell_m = 0\n" + kSource)).code == "toml.out_of_range");
  CHECK(first(read("management_cell_m = nan\n" + kSource)).code == "toml.out_of_range");
  CHECK(first(read("price_year = 20200\n" + kSource)).code == "toml.out_of_range");
  CHECK(first(read("utc_offset = \"CET\"\n" + kSource)).code == "recipe.bad_utc_offset");
  CHECK(first(read("[[source]]\nkind = \"osm\"\n")).code == "recipe.missing_key");
  CHECK(first(read("source = 3\n")).code == "toml.wrong_type");
  CHECK(first(read("name = \"x\"\n")).code == "recipe.no_sources");
  const auto broken = read("name = \"x\"\n[[source\n");
  CHECK(first(broken).code == "toml.syntax");
  CHECK(first(broken).where.line == 2);
}

TEST_CASE("all errors of a recipe are told at once") {
  const auto recipe = read("conditionning = true\nprice_year = 1\n[[source]]\nkind = \"osm\"\n");
  REQUIRE(!recipe.ok());
  CHECK(recipe.diagnostics().items().size() == 3);
}

TEST_CASE("names in a recipe stay below its folder") {
  for (const char* name :
       {"../etc/passwd", "/vsicurl/http://127.0.0.1/x.osm", "http://127.0.0.1/x.osm", "absent.osm"}) {
    CAPTURE(name);
    const auto recipe = read(std::string("[[source]]\nkind = \"osm\"\nfile = \"") + name + "\"\n");
    REQUIRE(recipe.ok());
    const auto city = import_city(*recipe, RunContext{});
    REQUIRE(!city.ok());
    CHECK(city.diagnostics().items().front().code.starts_with("path."));
  }
}
