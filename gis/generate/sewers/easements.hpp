// Ways down that no street takes.
#pragma once

#include "gis/generate/sewers/sewer_graph.hpp"

namespace citytwin::gis {

// A street that falls to its dead end, or into a hollow, has no street to drain along: its lowest node gets
// spare trenches to the nearest lower nodes within 150 m, as sewers lie in easements over private ground.
// None crosses water. Indexes the trenches again.
void add_easements(SewerGraph& graph, const CityTables& city, const RunContext& context);

}  // namespace citytwin::gis
