// What readers deliver, moved in place from a source's coordinates to the city frame and snapped.
#pragma once

#include "gis/crs/crs.hpp"
#include "gis/readers/buildings_common.hpp"
#include "gis/readers/osm.hpp"

namespace citytwin::gis {

void move_to_frame(OsmRead& osm, const FrameTransform& transform);
// Heights (z) stay: their datum is a matter of the source.
void move_to_frame(BuildingsRead& buildings, const FrameTransform& transform);
void move_to_frame(ImportLog& log, const FrameTransform& transform);

}  // namespace citytwin::gis
