#include "gis/build/recipe_tables.hpp"

#include <algorithm>

#include "gis/build/import.hpp"

namespace citytwin::gis {
namespace {

using enum ParameterKind;

// Defaults are those of the recipe's own struct, which imports by options use too.
ParameterTable make_recipe_table() {
  const ImportRecipe defaults;
  return {
      {.key = "name",
       .kind = text,
       .text = "Name of the city; the file's name if not given",
       .optional = true},
      {.key = "crs",
       .kind = text,
       .text = "Metric frame of the city, \"EPSG:25832\"; the UTM zone of its centre if not given",
       .optional = true},
      {.key = "area",
       .kind = text,
       .text = "Extent: \"west,south,east,north\" in degrees or a polygon file; where all sources overlap if "
               "not given",
       .optional = true},
      {.key = "conditioning",
       .kind = boolean,
       .text = "Open waterways, culverts, bridges and underpasses through the terrain",
       .default_value = defaults.conditioning},
      {.key = "management_cell_m",
       .unit = "m",
       .text = "Side of the cells that hold the population",
       .default_value = defaults.management_cell_m,
       .min = 10,
       .max = 10'000},
      {.key = "sewers",
       .kind = choice,
       .text = "Sewers where no source has them: synthesised for a design storm ([sewer_design]), or none",
       .default_value = defaults.sewers,
       .choices = {"none", "synthesise"}},
      {.key = "currency",
       .kind = text,
       .text = "Currency of the city's values",
       .default_value = defaults.currency},
      {.key = "price_year",
       .kind = integer,
       .text = "Price year of the city's values",
       .default_value = std::int64_t{defaults.price_year},
       .min = 1900,
       .max = 2100},
      {.key = "utc_offset",
       .kind = text,
       .text = "Local time, \"+01:00\"",
       .default_value = defaults.utc_offset},
  };
}

ParameterTable make_source_table() {
  return {
      {.key = "kind", .kind = choice, .text = "What the file tells of", .choices = source_kinds()},
      {.key = "file", .kind = file, .text = "The file, in or below the folder of the recipe"},
      {.key = "key",
       .kind = text,
       .text = "Unique name of the source; its kind and number if not given",
       .optional = true},
      {.key = "layer", .kind = text, .text = "Layer of a file that has several", .optional = true},
      {.key = "crs",
       .kind = text,
       .text = "Reference system where the file does not say it: \"EPSG:4326\" or \"local\"",
       .optional = true},
      {.key = "vertical_datum",
       .kind = text,
       .text = "What heights are measured from, where the file does not say it",
       .optional = true},
      {.key = "licence", .kind = text, .text = "Licence, shown in the report", .optional = true},
      {.key = "attribution", .kind = text, .text = "Who is to be named in the report", .optional = true},
      {.key = "date", .kind = text, .text = "Date of the data, \"2019-06-01\"", .optional = true},
  };
}

}  // namespace

const ParameterTable& recipe_table() {
  static const ParameterTable table = make_recipe_table();
  return table;
}

const ParameterTable& recipe_source_table() {
  static const ParameterTable table = make_source_table();
  return table;
}

const ParameterTable& recipe_need_table() {
  static const ParameterTable table = {
      {.key = "provider",
       .kind = text,
       .text = "Who gives it: \"grid\", a key or kind of facility, or \"nearest:<kind>\"",
       .optional = true},
      {.key = "threshold_depth_m",
       .unit = "m",
       .text = "Works up to this depth of water above its floor",
       .min = 0,
       .optional = true},
      {.key = "backup_h", .unit = "h", .text = "Hours it goes on without", .min = 0, .optional = true},
  };
  return table;
}

const std::vector<std::string>& source_kinds() {
  static const std::vector<std::string> kinds = {"osm",        "dem",   "buildings",  "landcover",
                                                 "population", "water", "facilities", "sewers"};
  return kinds;
}

const Parameter* find_parameter(const ParameterTable& table, std::string_view key) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Parameter& p) { return p.key == key; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace citytwin::gis
