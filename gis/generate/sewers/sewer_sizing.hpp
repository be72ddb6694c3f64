// How deep and how wide each pipe is: from the top of each tree down to its outfall.
#pragma once

#include "gis/generate/sewers/catchments.hpp"
#include "gis/generate/sewers/sewer_forest.hpp"

namespace citytwin::gis {

// The pipe (or pump) out of a node.
struct SizedPipe {
  bool pump = false;
  double diameter = 0, barrels = 1;       // [m]
  double length = 0;                      // [m]
  double from_invert = 0, to_invert = 0;  // levels of the pipe's own ends [m]
  double flow = 0;                        // design [m3/s]
};

// Per node of the graph; nodes that do not drain keep what they have.
struct SewerSizes {
  std::vector<SizedPipe> pipe;
  std::vector<double> invert;                          // of the manhole [m]
  std::vector<double> outfall_invert, outfall_ground;  // per site
};

// The rational method: flow = rain(time of concentration) x runoff x impervious area above, and Manning's
// equation for the full pipe, in sizes that are made. A pipe falls at least so much that it reaches the least
// velocity and at most the greatest, lies below its cover, never rises and is never smaller than one above
// it; crowns are level where sizes change, and a manhole has a drop where the ground is steeper than the pipe
// may be. Where a pipe would be deeper than design.max_depth, or the water it runs to stands nearly as high
// as the street, a pump lifts what comes.
[[nodiscard]] SewerSizes size_sewers(const SewerGraph& graph, const SewerForest& forest,
                                     const std::vector<OutfallSite>& sites, const Catchments& catchments,
                                     const CityTables& city, const SewerDesign& design);

}  // namespace citytwin::gis
