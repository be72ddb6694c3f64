// Sources beside OSM, buildings and elevation: land cover, water, facilities and population from the user's
// own files.
#pragma once

#include "engine/base/result.hpp"
#include "gis/build/import_sources.hpp"

namespace citytwin::gis {

// Land cover polygons: column "class" (names of LandCoverClass). Water: column "kind" (WaterKind, default
// lake) and "name". Facilities: columns "kind" (FacilityKind), "name", "capacity". All renamed by the
// recipe's columns; a value that is no such name is an error that lists the names. Rasters of land cover go
// to LandCover::raster.
Result<Done> add_layer(CityTables& tables, const OpenSource& source, const ClipArea& area,
                       const RunContext& context);

// Spreads the source over management cells and buildings. Warns of people outside the extent.
Result<Done> add_population(CityTables& tables, const OpenSource& source, const RunContext& context);

}  // namespace citytwin::gis
