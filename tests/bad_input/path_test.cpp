// File names that must not be opened, in a recipe and on the command line.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

// A recipe with a good street map and an elevation file of that name.
BadCase recipe_names(
    const std::string& name, const std::string& file, const std::string& code,
    const std::function<void(const Path&)>& more = [](const Path&) {}) {
  return {"recipe: " + name,
          [=](const Path& folder) {
            put_osm(folder / "project/town.osm");
            put_dem(folder / "secret.tif");
            more(folder);
            put(folder / "project/recipe.toml",
                "[[source]]\nkind = \"osm\"\nfile = \"town.osm\"\n[[source]]\nkind = \"dem\"\nfile = '" +
                    file + "'\n");
            return Arguments{"import", "project/recipe.toml", "-o", "city.gpkg"};
          },
          code};
}

BadCase option_names(const std::string& name, const std::string& file, const std::string& code) {
  return {"option: " + name,
          [=](const Path& folder) {
            put_osm(folder / "town.osm");
            return import_of({"--osm", "town.osm", "--dem", file});
          },
          code};
}

}  // namespace

TEST_CASE("names that leave the project, the disk or the file formats are refused") {
  check_refused({
      recipe_names("no such file", "dem.tif", "path.not_found"),
      recipe_names("parent folder", "../secret.tif", "path.parent"),
      recipe_names("parent folder, hidden", "a/../../secret.tif", "path.parent"),
      recipe_names("absolute", "/etc/passwd", "path.outside_base"),
      recipe_names("link to the outside", "link.tif", "path.outside_base",
                   [](const Path& folder) {
                     std::filesystem::create_symlink("../secret.tif", folder / "project/link.tif");
                   }),
      recipe_names(
          "a folder", "folder.tif", "path.not_a_file",
          [](const Path& folder) { std::filesystem::create_directory(folder / "project/folder.tif"); }),
      recipe_names("an empty file", "empty.tif", "path.empty_file",
                   [](const Path& folder) { put(folder / "project/empty.tif", ""); }),
      recipe_names("network through /vsicurl", "/vsicurl/http://127.0.0.1:9/dem.tif", "path.virtual"),
      recipe_names("archive through /vsizip", "/vsizip/dem.zip/dem.tif", "path.virtual"),
      recipe_names("process memory", "MEM:::DATAPOINTER=4096,PIXELS=9,LINES=9", "path.driver_prefix"),
      recipe_names("driver prefix", "GTIFF_DIR:1:dem.tif", "path.driver_prefix"),
      recipe_names("inline VRT", "<VRTDataset rasterXSize=\"9\" rasterYSize=\"9\"></VRTDataset>",
                   "path.inline"),
      option_names("network through /vsicurl", "/vsicurl/http://127.0.0.1:9/dem.tif", "path.virtual"),
      option_names("plain address", "http://127.0.0.1:9/dem.tif", "path.url"),
      option_names("device", "/dev/zero", "path.not_a_file"),
  });
}

}  // namespace citytwin::bad_input
