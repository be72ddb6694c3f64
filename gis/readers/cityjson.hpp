// CityJSON 1.1 and 2.0, plain or as the one .json member of a zip. One row per Building: its BuildingParts
// are merged into it (footprints united, surfaces kept, height from the lowest ground to the highest roof);
// a building whose united footprint has several pieces becomes rows "#1", "#2" ... TINRelief → terrain.
// Specification: https://www.cityjson.org/specs/2.0.0/ (1.1.3 for version 1.1).
#pragma once

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

Result<BuildingsRead> read_cityjson(const BuildingSource& source, const RunContext& context);

}  // namespace citytwin::gis
