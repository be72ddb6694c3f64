// The sea as polygons, from coastline ways that only say where land meets water.
#pragma once

#include <vector>

#include "engine/geo/polygon.hpp"
#include "engine/model/import_log.hpp"

namespace citytwin::gis {

struct SeaAssembly {
  std::vector<Polygon> water;           // inside the extent, islands as holes, largest first
  std::vector<ImportFinding> findings;  // "repaired.coastline_gap", "repaired.coastline_end",
                                        // "repaired.coastline_direction"; source and feature left empty
};

// Coastlines in the city frame, water on the right of the direction of travel (OSM natural=coastline). Ways
// are cut at the extent and joined end to start; the extent's border closes them. Ends that lie inside the
// extent (an extract cut in the middle of a coast) are joined to another end within 50 m, else led to the
// nearest border. Each face between coast and border is water or land by the side the longer part of its
// coast shows it. No coastline inside the extent gives no sea: whether all is land or all is water cannot be
// known.
[[nodiscard]] SeaAssembly assemble_sea(const std::vector<Polyline>& coastlines, const Box2& extent);

}  // namespace citytwin::gis
