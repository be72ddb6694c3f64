// The files of a recipe, checked, opened and read as far as the extent needs; the rest of the import works on
// these.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gis/build/extent.hpp"
#include "gis/build/import.hpp"
#include "gis/readers/buildings_common.hpp"
#include "gis/readers/osm.hpp"
#include "gis/readers/raster.hpp"

namespace citytwin::gis {

// One source, opened. Exactly the member its kind needs is filled.
struct OpenSource {
  const RecipeSource* recipe = nullptr;
  std::string key;
  std::filesystem::path file;  // has passed safe_input()
  SourceId id;                 // row of Sources
  std::optional<OsmRead> osm;
  std::optional<BuildingsRead> buildings;
  std::optional<RasterSource> raster;  // dem, raster land cover, raster population
  Crs crs;
};

// Fills `sources` too. Unique keys are made from kind and position where the recipe gives none.
Result<std::vector<OpenSource>> open_sources(const ImportRecipe& recipe, Sources& sources,
                                             const RunContext& context);

// What each opened source covers, into the log; vector layers that are read later say it then.
void note_extents(const std::vector<OpenSource>& sources, ImportLog& log);

// What each kind of source covers (osm, buildings, dem), for the intersection; land cover and population do
// not limit the city.
Result<std::vector<SourceExtent>> extents_of(const std::vector<OpenSource>& sources);

}  // namespace citytwin::gis
