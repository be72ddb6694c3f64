// Imports of small OSM texts.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "gis/build/import.hpp"
#include "tests/unit/gis/readers_osm/osm_text.hpp"

namespace citytwin::test {

inline gis::ImportRecipe recipe_of(const std::filesystem::path& osm) {
  gis::ImportRecipe recipe;
  recipe.name = "small";
  gis::RecipeSource source;
  source.kind = "osm";
  source.file = osm;
  recipe.sources.push_back(source);
  recipe.data_folder = CITYTWIN_SOURCE_DIR "/data";
  return recipe;
}

inline CityModel import_text(const OsmText& osm, const std::string& area = {}) {
  const TempFile file("small.osm", osm.xml());
  gis::ImportRecipe recipe = recipe_of(file.path());
  recipe.area = area;
  auto city = gis::import_city(recipe, RunContext{});
  for (const auto& d : city.diagnostics().items())
    if (d.severity == Severity::error) FAIL_CHECK(d.code << " " << d.where.feature << " " << d.where.key);
  REQUIRE(city.ok());
  return std::move(*city);
}

inline const ImportCount& count_of(const CityModel& city, const std::string& kind) {
  for (const ImportCount& count : city.import_log().counts)
    if (count.kind == kind) return count;
  FAIL("no books of " << kind);
  return city.import_log().counts.front();
}

inline std::uint64_t dropped_for(const ImportCount& count, const std::string& reason) {
  for (const auto& d : count.dropped)
    if (d.reason == reason) return d.count;
  return 0;
}

inline std::size_t row_of(const std::vector<std::string>& keys, const std::string& key) {
  const auto it = std::find(keys.begin(), keys.end(), key);
  REQUIRE_MESSAGE(it != keys.end(), "no row " << key);
  return static_cast<std::size_t>(it - keys.begin());
}

inline bool has_row(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

inline void check_books(const CityModel& city) {
  for (const ImportCount& count : city.import_log().counts) {
    CAPTURE(count.kind);
    CHECK(count.closes());
  }
}

}  // namespace citytwin::test
