// The area a city covers, in the city frame: everything outside is clipped. Most features lie well inside and
// take a fast path that leaves them untouched.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::gis {

class ClipArea {
 public:
  explicit ClipArea(const Box2& box);
  explicit ClipArea(Polygon polygon);  // valid and normalised

  [[nodiscard]] const Box2& box() const { return box_; }
  [[nodiscard]] const Polygon& polygon() const { return polygon_; }
  [[nodiscard]] bool contains(Point2 p) const;
  // Pieces inside; points snapped to 2^-10 m; empty = outside.
  [[nodiscard]] std::vector<Polygon> clip(const Polygon& polygon) const;
  [[nodiscard]] std::vector<Polyline> clip(std::span<const Point2> line) const;
  // To the nearest edge of the area, from either side [m].
  [[nodiscard]] double distance_to_edge(Point2 p) const;

 private:
  Polygon polygon_;
  Box2 box_;    // around the polygon
  Box2 inner_;  // some box inside the polygon; empty if none was found
};

// Snaps all points; drops rings that collapse. False if the outer ring did.
bool snap_polygon(Polygon& polygon);

[[nodiscard]] double distance_to_ring(Point2 p, const Ring& ring);

}  // namespace citytwin::gis
