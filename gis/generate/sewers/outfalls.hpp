// Where sewers may end: at water, or at a low place where there is none.
#pragma once

#include "gis/generate/sewers/sewer_design.hpp"
#include "gis/generate/sewers/sewer_graph.hpp"

namespace citytwin::gis {

struct OutfallSite {
  std::uint32_t node = 0;  // of the graph: the last manhole
  Point2 position;         // of the outfall
  double distance = 0;     // between them [m]
  WaterBodyId water;       // none: a waterway, or no water at all
  bool at_water = false;
};

// Nodes within design.outfall_reach of the sea, a lake (not a pond), a river or another open waterway, and
// nodes at the edge of the city that lie lower than their neighbours; of those nearer to each other than
// design.outfall_spacing only the lowest. Each connected part of the graph without such a node, if it is more
// than a yard, gets one at its lowest node. In order of choice.
[[nodiscard]] std::vector<OutfallSite> outfall_sites(const SewerGraph& graph, const CityTables& city,
                                                     const SewerDesign& design, const RunContext& context);

}  // namespace citytwin::gis
