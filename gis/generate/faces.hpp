// Faces of a planar street graph: the blocks between streets.
#pragma once

#include <vector>

#include "gis/generate/street_graph.hpp"

namespace citytwin::gis::generate {

struct StreetFace {
  Polygon polygon;                       // bounded by street centre lines
  std::vector<std::uint32_t> edges;      // around it, ascending, each once
  std::vector<std::uint32_t> corners;    // edges that only touch its corners, ascending, each once
  std::vector<std::uint32_t> dead_ends;  // edges that run into it and back, ascending, each once
};

// Half-edge walk with the face on the left (de Berg et al., Computational Geometry, ch. 2.2). Bounded faces
// only, in order of their lowest half-edge.
[[nodiscard]] std::vector<StreetFace> find_faces(const StreetGraph& graph, const RunContext& context);

}  // namespace citytwin::gis::generate
