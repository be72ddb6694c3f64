// Cutting geometry to an extent. Everything fully inside takes the fast path and comes back unchanged.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::gis {

// Pieces of the polygon inside the box (or area), normalised, largest first; empty = outside. The input must
// be valid (repair_polygon). Pieces smaller than `min_area` are left out.
[[nodiscard]] std::vector<Polygon> clip_polygon(const Polygon& polygon, const Box2& box,
                                                double min_area = 1e-16);
[[nodiscard]] std::vector<Polygon> clip_polygon(const Polygon& polygon, const Polygon& area,
                                                double min_area = 1e-16);
[[nodiscard]] std::vector<Polygon> subtract(const Polygon& polygon, std::span<const Polygon> holes,
                                            double min_area = 1e-16);

// Pieces of the line inside the box (or area), in order along the line and in its direction.
[[nodiscard]] std::vector<Polyline> clip_polyline(std::span<const Point2> line, const Box2& box);
[[nodiscard]] std::vector<Polyline> clip_polyline(std::span<const Point2> line, const Polygon& area);

}  // namespace citytwin::gis
