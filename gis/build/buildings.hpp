// Building rows from every source: placed, given heights and storeys, and the people who live in them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "gis/build/clip_area.hpp"
#include "gis/build/place_features.hpp"
#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

// One source's buildings, already in the city frame and snapped; pieces of one feature follow each other and
// share the stem of their keys.
struct BuildingBatch {
  std::string source_key;
  SourceId source;
  std::vector<BuildingFragment> rows;
  std::vector<std::string> kinds;  // of the books, one per row
  bool counted = false;            // the reader has counted the rows as kept
  bool yields = false;             // to batches that do not: OSM gives way to a building file the user named
};

// Appends to tables.buildings and building_surfaces; closes the books of the batches' kinds.
void add_buildings(CityTables& tables, const std::vector<BuildingBatch>& batches, const ClipArea& area);

inline constexpr double kStoreyHeight = 3.0;  // [m] floor to floor, the usual value for heights from storeys

// Storeys where a source gives neither height nor storeys: by use and footprint. A rule of thumb without a
// source, hence Provenance::estimated: sheds and garages 1, halls 1 of 6 m or more, houses 2, blocks 3 to 4.
struct HeightEstimate {
  double height = 0;  // [m]
  int levels = 1;
};
[[nodiscard]] HeightEstimate estimate_height(BuildingUse use, double footprint_m2);

}  // namespace citytwin::gis
