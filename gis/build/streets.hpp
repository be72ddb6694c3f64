// Streets from ways: cut at the extent, split at shared nodes into links between junctions.
#pragma once

#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "gis/build/clip_area.hpp"
#include "gis/readers/osm.hpp"

namespace citytwin::gis {

// Where traffic comes in from outside: an end of a street of class tertiary or higher at the extent.
struct StreetEntry {
  JunctionId junction;
  std::string name;  // of the street
};

struct StreetsBuilt {
  Streets streets;
  std::vector<StreetEntry> entries;  // in order of junction
};

// `osm` is in the city frame, snapped. Books of "highway ways", "junction control nodes" and "turn
// restrictions" are closed in `log`.
// Keys: junctions "node/1" or, at the extent, "way/1@cut1"; links "way/1", or "way/1#1", "way/1#2" ... along
// the way where it was split.
[[nodiscard]] StreetsBuilt build_streets(const OsmRead& osm, const ClipArea& area,
                                         const std::string& source_key, SourceId source, ImportLog& log);

}  // namespace citytwin::gis
