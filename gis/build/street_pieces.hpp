// Ways cut at the extent: what is left of each, as vertices that still know their nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "gis/build/clip_area.hpp"
#include "gis/readers/osm.hpp"

namespace citytwin::gis {

struct StreetVertex {
  static constexpr std::uint32_t kCut = 0xFFFFFFFFU;  // a point on the edge of the extent
  Point2 position;
  std::uint32_t node = kCut;  // row of OsmRead::nodes
};

struct StreetPiece {
  std::size_t road = 0;                // row of OsmRead::roads
  std::vector<StreetVertex> vertices;  // at least two, neighbours at different places
};

// In order of roads. Neighbouring nodes at one place (after snapping) become one node.
[[nodiscard]] std::vector<StreetPiece> cut_into_pieces(const OsmRead& osm, const ClipArea& area);

}  // namespace citytwin::gis
