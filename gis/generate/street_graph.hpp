// From traced lines to a planar street graph: loose ends joined, crossings cut, near nodes merged, slivers
// and stubs removed, one connected piece.
#pragma once

#include <functional>
#include <vector>

#include "engine/model/city_model.hpp"
#include "gis/generate/streamlines.hpp"

namespace citytwin::gis::generate {

struct StreetEdge {
  std::uint32_t from = 0, to = 0;
  Polyline points;  // both ends included
  RoadClass road_class = RoadClass::residential;
  bool bridge = false;
};

struct StreetGraph {
  std::vector<Point2> nodes;
  std::vector<StreetEdge> edges;
};

// `dry` says where a street may be lengthened to. Needs at least one line.
[[nodiscard]] StreetGraph build_street_graph(std::vector<StreetLine> lines, const Box2& extent,
                                             const std::function<bool(Point2)>& dry,
                                             const RunContext& context);

// The two steps of it. node_lines cuts lines into edges; tidy removes what a surveyor would not draw.
[[nodiscard]] StreetGraph node_lines(const std::vector<StreetLine>& lines, const Box2& extent,
                                     const RunContext& context);
void tidy(StreetGraph& graph, const Box2& extent, const RunContext& context);

// Half of the carriageway with footways [m].
[[nodiscard]] double half_width(RoadClass road_class);

}  // namespace citytwin::gis::generate
