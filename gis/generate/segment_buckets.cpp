#include "gis/generate/segment_buckets.hpp"

namespace citytwin::gis::generate {

bool crossing_of(Point2 a, Point2 b, Point2 c, Point2 d, Crossing& out) {
  const Point2 u = b - a;
  const Point2 v = d - c;
  const double det = cross(u, v);
  if (std::abs(det) < 1e-9) return false;
  out.s = cross(c - a, v) / det;
  out.t = cross(c - a, u) / det;
  return out.s >= 0 && out.s <= 1 && out.t >= 0 && out.t <= 1;
}

SegmentBuckets::SegmentBuckets(const Box2& extent, double bucket_m) {
  grid_ = {extent.min, bucket_m, static_cast<int>(extent.width() / bucket_m) + 1,
           static_cast<int>(extent.height() / bucket_m) + 1};
  buckets_.resize(grid_.size());
}

void SegmentBuckets::add(const Segment& segment) {
  Box2 box;
  box.add(segment.a);
  box.add(segment.b);
  for (int j = row(box.min.y); j <= row(box.max.y); ++j)
    for (int i = column(box.min.x); i <= column(box.max.x); ++i)
      buckets_[grid_.index(i, j)].push_back(static_cast<std::uint32_t>(segments_.size()));
  segments_.push_back(segment);
}

}  // namespace citytwin::gis::generate
