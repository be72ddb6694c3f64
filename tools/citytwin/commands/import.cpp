#include <memory>
#include <string>
#include <vector>

#include "gis/build/import.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/city_output.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

struct ImportArguments {
  std::string recipe, out, osm, landcover, population, area, crs, name, sewers, sewers_crs;
  std::vector<std::string> dem, buildings;
  bool no_conditioning = false;
};

// Options are the short form of a recipe: each file becomes a source.
Result<gis::ImportRecipe> recipe_from(const ImportArguments& a) {
  gis::ImportRecipe recipe;
  if (!a.recipe.empty()) {
    auto read = gis::read_recipe(a.recipe);
    if (!read.ok()) return read;
    recipe = std::move(*read);
  }
  const auto add = [&](const char* kind, const std::string& file) {
    gis::RecipeSource source;
    source.kind = kind;
    source.file = file;
    recipe.sources.push_back(std::move(source));
  };
  if (!a.osm.empty()) add("osm", a.osm);
  for (const auto& file : a.dem) add("dem", file);
  for (const auto& file : a.buildings) add("buildings", file);
  if (!a.landcover.empty()) add("landcover", a.landcover);
  if (!a.population.empty()) add("population", a.population);
  if (a.sewers == "none" || a.sewers == "synthesise") {
    recipe.sewers = a.sewers;
  } else if (!a.sewers.empty()) {
    add("sewers", a.sewers);
    recipe.sources.back().crs = a.sewers_crs;
  }
  if (!a.area.empty()) recipe.area = a.area;
  if (!a.crs.empty()) recipe.crs = a.crs;
  if (!a.name.empty()) recipe.name = a.name;
  if (a.no_conditioning) recipe.conditioning = false;
  if (recipe.data_folder.empty()) recipe.data_folder = scenarios::data_folder();
  if (recipe.sources.empty()) return Result<gis::ImportRecipe>::failure("import.no_sources");
  return Result<gis::ImportRecipe>(std::move(recipe));
}

}  // namespace

void add_import(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("import", "Build a city from files (a recipe, or options)");
  auto a = std::make_shared<ImportArguments>();
  command->add_option("recipe", a->recipe, "recipe (TOML) naming the sources");
  command->add_option("--osm", a->osm, "OpenStreetMap .osm, .osm.gz or .osm.pbf");
  command->add_option("--dem", a->dem,
                      "elevation: GeoTIFF, ASCII grid, .hgt, .hgt.zip (several are mosaicked)");
  command->add_option("--buildings", a->buildings,
                      "buildings: GeoPackage, GeoJSON, Shapefile, FlatGeobuf, CityGML, CityJSON");
  command->add_option("--landcover", a->landcover, "land cover: raster or polygons");
  command->add_option("--population", a->population, "population raster, CSV or vector file");
  command->add_option("--sewers", a->sewers,
                      "sewers: synthesise, none (default), or an EPA SWMM 5 project (.inp)");
  command->add_option("--sewers-crs", a->sewers_crs,
                      "reference system of the project's map: EPSG:n, or local");
  command->add_option("--area", a->area, "extent: W,S,E,N in degrees, or a polygon file");
  command->add_option("--crs", a->crs, "metric CRS of the city, EPSG:n (default: UTM of the centroid)");
  command->add_option("--name", a->name, "name of the city");
  command->add_flag("--no-conditioning", a->no_conditioning, "leave the terrain as the source has it");
  command->add_option("-o,--out", a->out, "city file to write (GeoPackage)")->required();
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      const RunContext context = terminal_context(globals.memory_gb);
      const auto recipe = recipe_from(*a);
      print_diagnostics(recipe.diagnostics());
      if (!recipe.ok()) return kExitBadInput;
      const auto target = gis::check_city_target(a->out);
      print_diagnostics(target.diagnostics());
      if (!target.ok()) return kExitBadInput;
      const auto city = gis::import_city(*recipe, context);
      print_diagnostics(city.diagnostics());
      if (!city.ok()) return kExitBadInput;
      return write_and_tell(*city, a->out, context);
    };
  });
}

}  // namespace citytwin::tools
