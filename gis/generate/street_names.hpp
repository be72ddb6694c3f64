// Names of streets: one for each stroke, the run of links a driver would call one street.
#pragma once

#include <string>
#include <vector>

#include "gis/generate/street_graph.hpp"

namespace citytwin::gis::generate {

// Stroke number of each edge: at a junction an edge goes on in the one of its class that turns least, by at
// most 35 degrees (Thomson and Richardson 1999). Numbered by their lowest edge.
[[nodiscard]] std::vector<std::uint32_t> find_strokes(const StreetGraph& graph);

// A name per edge, the same along a stroke and unlike that of any other stroke.
[[nodiscard]] std::vector<std::string> name_streets(std::uint64_t seed, const StreetGraph& graph);

}  // namespace citytwin::gis::generate
