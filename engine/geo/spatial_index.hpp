// A bucket grid over boxes: which items may touch this box? Built once, never changed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/geo/grid.hpp"

namespace citytwin {

class SpatialIndex {
 public:
  SpatialIndex() = default;
  // One box per item; empty boxes are never returned.
  explicit SpatialIndex(std::span<const Box2> boxes);

  // Items whose box overlaps `query`, ascending, each once.
  [[nodiscard]] std::vector<std::uint32_t> overlapping(const Box2& query) const;

 private:
  GridSpec buckets_;
  std::vector<Box2> boxes_;
  std::vector<std::uint32_t> offsets_, items_;
};

// Nearest of a set of points, ties to the lowest index.
class NearestPoint {
 public:
  NearestPoint() = default;
  explicit NearestPoint(std::span<const Point2> points);

  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  // Index of the nearest point within `radius` [m], or kNone.
  [[nodiscard]] std::uint32_t nearest(Point2 p,
                                      double radius = std::numeric_limits<double>::infinity()) const;

 private:
  GridSpec buckets_;
  std::vector<Point2> points_;
  std::vector<std::uint32_t> offsets_, items_;
};

}  // namespace citytwin
