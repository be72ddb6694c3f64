// The few GEOS operations the readers need, in the engine's own types; GEOS itself lives in overlay.cpp.
// All results are valid polygons, normalised, largest first (ties by south-west corner), pieces smaller than
// `min_area` left out. Thread-safe: each thread has its own GEOS handle.
#pragma once

#include <span>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::gis::overlay {

[[nodiscard]] bool valid(const Polygon& polygon);

// Keeps the ground covered by the outer ring and takes away what the holes cover (structure rule).
[[nodiscard]] std::vector<Polygon> made_valid(const Polygon& polygon, double min_area);

// Inputs must be valid.
[[nodiscard]] std::vector<Polygon> intersection(const Polygon& a, const Polygon& b, double min_area);
[[nodiscard]] std::vector<Polygon> difference(const Polygon& a, std::span<const Polygon> b, double min_area);
[[nodiscard]] std::vector<Polygon> united(std::span<const Polygon> polygons, double min_area);

// Mitred offset of the outline, outwards if positive.
[[nodiscard]] std::vector<Polygon> offset(std::span<const Polygon> polygons, double distance,
                                          double min_area);

// Faces enclosed by lines that are noded where they cross; dangling ends are ignored.
[[nodiscard]] std::vector<Polygon> faces(std::span<const Polyline> lines, double min_area);

}  // namespace citytwin::gis::overlay
