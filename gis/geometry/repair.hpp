// Dirty rings made valid (GEOS). What was done is told in codes for ImportFinding; nothing is silent.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::gis {

struct RepairResult {
  std::vector<Polygon> polygons;  // valid, normalised, largest first; empty = nothing usable was left
  // In the order found: "repaired.unclosed_ring" | "repaired.duplicate_points" |
  // "repaired.self_crossing_ring" | "repaired.hole_outside" on success; "dropped.not_finite" |
  // "dropped.no_area" when polygons is empty.
  std::vector<std::string> codes;
};

// Rings may be open or closed (last point = first), in any direction. With `expect_closed` an open ring is
// reported as repaired. Pieces smaller than `min_area` (coordinate units squared; the default is far below a
// square millimetre in metres and in degrees) are left out.
[[nodiscard]] RepairResult repair_polygon(const Polygon& polygon, bool expect_closed = false,
                                          double min_area = 1e-16);

// The union of polygons (cascaded), normalised, largest first. Inputs need not be valid. Gaps and slivers
// narrower than `snap_gap` are closed (0 = exact union).
[[nodiscard]] std::vector<Polygon> unite(std::span<const Polygon> polygons, double snap_gap = 0);

[[nodiscard]] bool is_valid(const Polygon& polygon);

}  // namespace citytwin::gis
