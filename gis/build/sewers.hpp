// A modeller's sewers (EPA SWMM .inp) as those of a city.
#pragma once

#include <filesystem>
#include <string>

#include "engine/model/city_model.hpp"
#include "engine/model/drainage/network.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

// Puts the network into city.sewers, its map moved from `crs` into the city's frame; levels stay as they are.
// A manhole is given one cover of 0.6 m as its inlet, for the file does not say how the street drains into
// it, and sewers.one_cover warns of that. Errors: sewers.no_coordinates, sewers.outside, those of
// FrameTransform::make. Warnings: sewers.levels_differ where covers stand off the terrain by more than 2 m in
// the median.
Result<Done> add_swmm_sewers(CityTables& city, drainage::Network network, const Crs& crs, SourceId source);

// The row of `sources` for sewers that replace all the city has: that of the sewers before, emptied but for
// key and kind, so that no map credits what is gone; else a new one.
[[nodiscard]] SourceId source_of_new_sewers(CityTables& city);

// Reads the file as well, and adds its row of `sources`. `crs`: "EPSG:n" or "local".
Result<Done> import_swmm_sewers(CityTables& city, const std::filesystem::path& file, const std::string& crs);

}  // namespace citytwin::gis
