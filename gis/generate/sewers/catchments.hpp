// What drains to each manhole: streets, roofs and other ground nearest to it.
#pragma once

#include "gis/generate/sewers/sewer_design.hpp"
#include "gis/generate/sewers/sewer_graph.hpp"

namespace citytwin::gis {

// Per node [m2].
struct Catchments {
  std::vector<double> area, impervious, roofs, street;
  std::vector<double> built;  // roofs, and ground that is lived or worked on
};

// Ground within 120 m of a node belongs to the nearest one, in cells of about 10 m: roofs as far as they are
// connected, streets with their width, and of the rest the share that its land cover seals. Only nodes with
// drains[n] != 0 take part.
[[nodiscard]] Catchments sewer_catchments(const SewerGraph& graph, const std::vector<char>& drains,
                                          const CityTables& city, const SewerDesign& design,
                                          const RunContext& context);

}  // namespace citytwin::gis
