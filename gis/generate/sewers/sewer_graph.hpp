// The streets as places for manholes and the stretches of trench between them.
#pragma once

#include <string>
#include <vector>

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct Trench {
  std::uint32_t a = 0, b = 0;  // nodes
  Polyline line;               // from a to b
  double length = 0;           // [m]
  bool spare = false;          // no street: a path, stairs or across country, only to lead water away
};

struct SewerGraph {
  // Per node:
  std::vector<std::string> key;  // of the junction, or "<link>/<n>" along a link
  std::vector<Point2> position;
  std::vector<double> ground;  // [m]
  std::vector<char> street;    // 1: at a street that carries a sewer, not only at spare trenches
  std::vector<Trench> trenches;
  // Trenches of node n: touching[first[n]] .. touching[first[n + 1]).
  std::vector<std::uint32_t> first, touching;

  [[nodiscard]] std::size_t nodes() const { return key.size(); }
};

// Streets at ground level that cars use, and pedestrian streets, without motorways, service roads and tracks.
[[nodiscard]] bool carries_sewer(const Links& links, std::size_t row);
// Paths, stairs and service roads at ground level: a pipe may lie there where it is the way down.
[[nodiscard]] bool may_carry_sewer(const Links& links, std::size_t row);
// Carriageway and footways [m].
[[nodiscard]] double street_width(const Links& links, std::size_t row);

// A node at each junction and, where a link is longer than `spacing`, at equal distances along it. Junctions
// that a very short link joins share a node, so that no pipe is a few metres long. Nodes where the terrain
// has no height are left out.
[[nodiscard]] SewerGraph sewer_graph(const Streets& streets, const Terrain& terrain, double spacing,
                                     const RunContext& context);

// Fills `first` and `touching`.
void index_trenches(SewerGraph& graph);

}  // namespace citytwin::gis
