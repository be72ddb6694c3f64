// Land cover, water bodies and waterways from an OSM file into their tables.
#pragma once

#include "engine/model/city_model.hpp"
#include "gis/build/clip_area.hpp"
#include "gis/readers/osm.hpp"

namespace citytwin::gis {

// `osm` is in the city frame, snapped. Cut at the extent; the books of these kinds are closed.
void add_osm_areas(CityTables& tables, const OsmRead& osm, const ClipArea& area,
                   const std::string& source_key, SourceId source);

// Width of a watercourse that has none mapped [m]: order of magnitude by kind, marked estimated.
[[nodiscard]] double usual_width(WaterwayKind kind);

}  // namespace citytwin::gis
