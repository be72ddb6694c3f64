// Segments in square buckets, for crossing tests that stay linear in the number of streets.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/geo/grid.hpp"

namespace citytwin::gis::generate {

struct Segment {
  Point2 a, b;
  std::uint32_t line = 0, index = 0;  // position of the segment in its line
};

// Where segments a-b and c-d cross: parameters along each, or false. Parallel segments never cross.
struct Crossing {
  double s = 0, t = 0;
};
[[nodiscard]] bool crossing_of(Point2 a, Point2 b, Point2 c, Point2 d, Crossing& out);

class SegmentBuckets {
 public:
  SegmentBuckets(const Box2& extent, double bucket_m);
  void add(const Segment& segment);
  // Calls visit(segment) for every segment whose buckets touch `box`; a segment may be visited repeatedly.
  template <class Visit>
  void near(const Box2& box, Visit&& visit) const {
    for (int j = row(box.min.y); j <= row(box.max.y); ++j)
      for (int i = column(box.min.x); i <= column(box.max.x); ++i)
        for (std::uint32_t k : buckets_[grid_.index(i, j)]) visit(segments_[k]);
  }
  // Calls visit(first, second, crossing) once for each pair of segments that cross.
  template <class Visit>
  void crossings(Visit&& visit) const {
    for (std::size_t b = 0; b < buckets_.size(); ++b)
      for (std::size_t m = 0; m < buckets_[b].size(); ++m)
        for (std::size_t n = m + 1; n < buckets_[b].size(); ++n) {
          const Segment& p = segments_[buckets_[b][m]];
          const Segment& q = segments_[buckets_[b][n]];
          Crossing x;
          if (!crossing_of(p.a, p.b, q.a, q.b, x)) continue;
          const Point2 at = p.a + (p.b - p.a) * x.s;
          if (grid_.index(column(at.x), row(at.y)) == b) visit(p, q, x);
        }
  }

 private:
  [[nodiscard]] int column(double x) const { return std::clamp(grid_.column(x), 0, grid_.nx - 1); }
  [[nodiscard]] int row(double y) const { return std::clamp(grid_.row(y), 0, grid_.ny - 1); }
  GridSpec grid_;
  std::vector<Segment> segments_;
  std::vector<std::vector<std::uint32_t>> buckets_;
};

}  // namespace citytwin::gis::generate
