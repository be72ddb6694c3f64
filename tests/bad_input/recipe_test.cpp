// Recipes and import options that cannot be used.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

const std::string kGood =
    "[[source]]\nkind = \"osm\"\nfile = \"town.osm\"\n[[source]]\nkind = \"dem\"\nfile = \"dem.tif\"\n";

BadCase recipe_case(const std::string& name, const std::string& code, const std::string& text) {
  return {"recipe: " + name,
          [=](const Path& folder) {
            put_osm(folder / "town.osm");
            put_dem(folder / "dem.tif");
            return import_recipe(folder, text);
          },
          code};
}

BadCase option_case(const std::string& name, const std::string& code, const Arguments& options) {
  return {"option: " + name,
          [=](const Path& folder) {
            put_osm(folder / "town.osm");
            put_dem(folder / "dem.tif");
            Arguments all{"--osm", "town.osm", "--dem", "dem.tif"};
            all.insert(all.end(), options.begin(), options.end());
            return import_of(all);
          },
          code};
}

}  // namespace

TEST_CASE("the good recipe imports") { check_accepted(recipe_case("good", "", kGood)); }

TEST_CASE("recipes that are wrong are refused with key and line") {
  check_refused({
      recipe_case("TOML syntax", "toml.syntax", "[[source]\nkind = osm"),
      recipe_case("unknown key", "toml.unknown_key", "manegement_cell_m = 100\n" + kGood),
      recipe_case("unknown key of a source", "toml.unknown_key", kGood + "csr = \"EPSG:4326\"\n"),
      recipe_case("number as text", "toml.wrong_type", "management_cell_m = \"wide\"\n" + kGood),
      recipe_case("out of range", "toml.out_of_range", "management_cell_m = -5\n" + kGood),
      recipe_case("no sources", "recipe.no_sources", "name = \"Nowhere\"\n"),
      recipe_case("unknown kind of source", "recipe.unknown_kind",
                  "[[source]]\nkind = \"cheese\"\nfile = \"town.osm\"\n"),
      recipe_case("source without file", "recipe.missing_key", "[[source]]\nkind = \"osm\"\n"),
      recipe_case("source without kind", "recipe.missing_key", "[[source]]\nfile = \"town.osm\"\n"),
      recipe_case("two sources of one key", "recipe.duplicate_key",
                  "[[source]]\nkind = \"dem\"\nkey = \"a\"\nfile = \"dem.tif\"\n[[source]]\nkind = "
                  "\"dem\"\nkey = \"a\"\nfile = \"dem.tif\"\n"),
      recipe_case("sewers of no kind", "toml.bad_choice", "sewers = \"invent\"\n" + kGood),
      recipe_case("unknown key of the sewers' design", "toml.unknown_key",
                  kGood + "[sewer_design]\nreturn_period_yaers = 2\n"),
      recipe_case("a design storm that never comes", "toml.out_of_range",
                  kGood + "[sewer_design]\nreturn_period_years = 1e9\n"),
      recipe_case("two sources of sewers", "import.several_sewers",
                  kGood + "[[source]]\nkind = \"sewers\"\nfile = \"town.osm\"\n[[source]]\nkind = "
                          "\"sewers\"\nfile = \"town.osm\"\n"),
      recipe_case("CRS in degrees", "crs.frame_geographic", "crs = \"EPSG:4326\"\n" + kGood),
      recipe_case("CRS that is no CRS", "crs.not_understood", "crs = \"/etc/passwd\"\n" + kGood),
      option_case("Web Mercator", "crs.frame_web_mercator", {"--crs", "EPSG:3857"}),
      option_case("feet", "crs.frame_not_metres", {"--crs", "EPSG:2263"}),
      option_case("local frame for placed sources", "crs.local_mixed", {"--crs", "local"}),
  });
}

}  // namespace citytwin::bad_input
