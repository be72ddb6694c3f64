// Cutting blocks into parcels: recursive halving across the longer side of the oriented bounding box
// (Vanegas et al. 2012, "Procedural generation of parcels in urban modeling").
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/geo/polygon.hpp"

namespace citytwin::gis::generate {

struct Lot {
  Ring ring;                         // counter-clockwise
  std::vector<std::uint8_t> street;  // per edge from vertex i: 1 = lies on the street side of the block
  [[nodiscard]] bool has_street() const;
};

struct OrientedBox {
  Point2 centre, along;          // unit direction of the longer side
  double length = 0, width = 0;  // [m]
};
// Of least area among those with a side along an edge of the ring.
[[nodiscard]] OrientedBox oriented_box(const Ring& ring);

// Parts of a lot on the two sides of the line through `at` along `direction`; the lot itself if they do
// not meet. Works for any simple ring.
[[nodiscard]] std::vector<Lot> split(const Lot& lot, Point2 at, Point2 direction);

// The part of a convex ring where dot(p - at, inward) >= 0.
[[nodiscard]] Ring clip(const Ring& convex, Point2 at, Point2 inward);

// Parcels of about `target` m2 (none above 1.5 times it while it can be halved well); draws are keyed by
// (block, node of the recursion).
[[nodiscard]] std::vector<Lot> subdivide(const Lot& block, double target, const Random& random,
                                         std::uint32_t id);

}  // namespace citytwin::gis::generate
