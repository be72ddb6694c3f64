#include "engine/geo/spatial_index.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/polygon.hpp"

namespace citytwin {

namespace {

GridSpec bucket_grid(const Box2& box, std::size_t items) {
  GridSpec grid;
  if (box.empty()) return grid;
  const double target =
      std::sqrt(std::max(box.area(), 1e-6) / std::max<double>(1.0, static_cast<double>(items)));
  const double longest = std::max({box.width(), box.height(), 1e-6});
  grid.cell_m = std::max({target, longest / 2000.0, 1e-6});
  grid.origin = box.min;
  grid.nx = static_cast<int>(box.width() / grid.cell_m) + 1;
  grid.ny = static_cast<int>(box.height() / grid.cell_m) + 1;
  return grid;
}

template <class VisitBuckets>
void fill_buckets(std::size_t items, std::size_t buckets, std::vector<std::uint32_t>& offsets,
                  std::vector<std::uint32_t>& entries, VisitBuckets&& buckets_of) {
  offsets.assign(buckets + 1, 0);
  for (std::size_t k = 0; k < items; ++k) buckets_of(k, [&](std::size_t b) { ++offsets[b + 1]; });
  for (std::size_t b = 0; b < buckets; ++b) offsets[b + 1] += offsets[b];
  entries.resize(offsets[buckets]);
  std::vector<std::uint32_t> next(offsets.begin(), offsets.end() - 1);
  for (std::size_t k = 0; k < items; ++k)
    buckets_of(k, [&](std::size_t b) { entries[next[b]++] = static_cast<std::uint32_t>(k); });
}

}  // namespace

SpatialIndex::SpatialIndex(std::span<const Box2> boxes) : boxes_(boxes.begin(), boxes.end()) {
  Box2 all;
  for (const Box2& box : boxes_) all.add(box);
  buckets_ = bucket_grid(all, boxes_.size());
  fill_buckets(boxes_.size(), buckets_.size(), offsets_, items_, [&](std::size_t k, auto&& put) {
    const Box2& box = boxes_[k];
    if (box.empty()) return;
    for (int j = buckets_.row(box.min.y); j <= buckets_.row(box.max.y); ++j)
      for (int i = buckets_.column(box.min.x); i <= buckets_.column(box.max.x); ++i)
        if (buckets_.inside(i, j)) put(buckets_.index(i, j));
  });
}

std::vector<std::uint32_t> SpatialIndex::overlapping(const Box2& query) const {
  std::vector<std::uint32_t> found;
  if (buckets_.size() == 0 || query.empty()) return found;
  const Box2 part = query.intersection(buckets_.bounds());
  if (part.empty()) return found;
  const int i0 = std::clamp(buckets_.column(part.min.x), 0, buckets_.nx - 1);
  const int i1 = std::clamp(buckets_.column(part.max.x), 0, buckets_.nx - 1);
  const int j0 = std::clamp(buckets_.row(part.min.y), 0, buckets_.ny - 1);
  const int j1 = std::clamp(buckets_.row(part.max.y), 0, buckets_.ny - 1);
  for (int j = j0; j <= j1; ++j)
    for (int i = i0; i <= i1; ++i) {
      const std::size_t b = buckets_.index(i, j);
      for (std::uint32_t e = offsets_[b]; e < offsets_[b + 1]; ++e)
        if (boxes_[items_[e]].overlaps(query)) found.push_back(items_[e]);
    }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

NearestPoint::NearestPoint(std::span<const Point2> points) : points_(points.begin(), points.end()) {
  buckets_ = bucket_grid(bounds(points), points.size());
  fill_buckets(points_.size(), buckets_.size(), offsets_, items_, [&](std::size_t k, auto&& put) {
    put(buckets_.index(buckets_.column(points_[k].x), buckets_.row(points_[k].y)));
  });
}

std::uint32_t NearestPoint::nearest(Point2 p, double radius) const {
  std::uint32_t best = kNone;
  if (points_.empty()) return best;
  double best_distance = radius;
  const int ci = std::clamp(buckets_.column(std::clamp(p.x, buckets_.origin.x, buckets_.bounds().max.x)), 0,
                            buckets_.nx - 1);
  const int cj = std::clamp(buckets_.row(std::clamp(p.y, buckets_.origin.y, buckets_.bounds().max.y)), 0,
                            buckets_.ny - 1);
  const auto look = [&](int i, int j) {
    if (!buckets_.inside(i, j)) return;
    const std::size_t b = buckets_.index(i, j);
    for (std::uint32_t e = offsets_[b]; e < offsets_[b + 1]; ++e) {
      const double d = distance(points_[items_[e]], p);
      if (d < best_distance || (d == best_distance && items_[e] < best)) {
        best_distance = d;
        best = items_[e];
      }
    }
  };
  const int rings = std::max(buckets_.nx, buckets_.ny);
  for (int r = 0; r <= rings; ++r) {
    // Every bucket of ring r is at least (r - 1) cells away from p's clamped bucket edge.
    if (best != kNone && (r - 1) * buckets_.cell_m > best_distance) break;
    if (best == kNone && (r - 1) * buckets_.cell_m > radius) break;
    for (int i = ci - r; i <= ci + r; ++i) {
      look(i, cj - r);
      if (r > 0) look(i, cj + r);
    }
    for (int j = cj - r + 1; j <= cj + r - 1; ++j) {
      look(ci - r, j);
      if (r > 0) look(ci + r, j);
    }
  }
  return best;
}

}  // namespace citytwin
