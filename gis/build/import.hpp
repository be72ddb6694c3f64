// From files to a city: recipe → readers → extent → conditioning → CityModel.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::gis {

// One source of a city. `kind`: osm | dem | buildings | landcover | population | water | facilities |
// sewers (a SWMM .inp).
struct RecipeSource {
  std::string kind;
  std::filesystem::path file;
  std::string key;             // unique; default from kind and position
  std::string layer;           // for files with several layers; empty = the only one
  std::string crs;             // overrides a missing CRS, "EPSG:n" or "local"
  std::string vertical_datum;  // as stated by the user; empty = from the file, else unknown
  std::string licence, attribution, date;
  std::vector<std::pair<std::string, std::string>> columns;  // our column → the file's column
  long line = 0;                                             // in the recipe
};

struct ImportRecipe {
  std::string name;
  std::filesystem::path base_folder;  // relative file names start here, and may not leave it by ".."
  std::vector<RecipeSource> sources;
  std::string crs;   // metric CRS of the city frame; empty = UTM of the centroid
  std::string area;  // "W,S,E,N" lon/lat, or a polygon file; empty = from the sources
  bool conditioning = true;
  double management_cell_m = 100;
  std::string sewers = "none";   // none | synthesise; a source of kind sewers goes before
  ParameterValues sewer_design;  // keys of sewer_design_table(); the rest are defaults
  std::string currency = "EUR";
  int price_year = 2020;
  std::string utc_offset = "+00:00";
  // Overrides of facility needs: "<kind or key>.<need>.<column>" → value, column one of provider,
  // threshold_depth_m, backup_h; or "<kind or key>.<need>" → "none".
  std::vector<std::pair<std::string, std::string>> needs;
  std::filesystem::path data_folder;  // with tables/facility_needs.csv; empty = no needs, and a warning
  std::string file_name;              // of the recipe, for messages and as the source of overrides
};

// Parses a recipe file; unknown keys are errors that name the nearest known one.
Result<ImportRecipe> read_recipe(const std::filesystem::path& path);

Result<CityModel> import_city(const ImportRecipe& recipe, const RunContext& context);

}  // namespace citytwin::gis
