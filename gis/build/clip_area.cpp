#include "gis/build/clip_area.hpp"

#include <algorithm>
#include <cmath>

#include "engine/model/city_model.hpp"
#include "gis/geometry/clip.hpp"

namespace citytwin::gis {

namespace {

Polygon rectangle(const Box2& b) { return {{b.min, {b.max.x, b.min.y}, b.max, {b.min.x, b.max.y}}, {}}; }

bool holds(const Box2& outer, const Box2& inner) {
  return !outer.empty() && outer.contains(inner.min) && outer.contains(inner.max);
}

// Each vertex inside the box pushes one side of it, the one that costs least; what edges still cut off is
// found by clipping and answered by shrinking.
Box2 box_inside(const Polygon& polygon, Box2 box) {
  for (Point2 p : polygon.outer) {
    if (box.empty()) return {};
    if (!(p.x > box.min.x && p.x < box.max.x && p.y > box.min.y && p.y < box.max.y)) continue;
    const double left = (p.x - box.min.x) * box.height();
    const double right = (box.max.x - p.x) * box.height();
    const double below = (p.y - box.min.y) * box.width();
    const double above = (box.max.y - p.y) * box.width();
    const double least = std::min({left, right, below, above});
    if (least == left)
      box.min.x = p.x;
    else if (least == right)
      box.max.x = p.x;
    else if (least == below)
      box.min.y = p.y;
    else
      box.max.y = p.y;
  }
  for (int attempt = 0; attempt < 20 && !box.empty() && box.area() > 0; ++attempt) {
    const auto pieces = clip_polygon(rectangle(box), polygon);
    const double inside = pieces.empty() ? 0 : area(pieces.front());
    if (std::abs(inside - box.area()) <= 1e-9 * box.area()) return box;
    box = box.grown(-0.03 * std::min(box.width(), box.height()));
  }
  return {};
}

bool snap_ring(Ring& ring) {
  for (Point2& p : ring) p = snap(p);
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring.size() >= 3 && signed_area(ring) != 0;
}

}  // namespace

bool snap_polygon(Polygon& polygon) {
  std::erase_if(polygon.holes, [](Ring& hole) { return !snap_ring(hole); });
  return snap_ring(polygon.outer);
}

ClipArea::ClipArea(const Box2& box) : polygon_(rectangle(box)), box_(box), inner_(box) {}

ClipArea::ClipArea(Polygon polygon)
    : polygon_(std::move(polygon)), box_(bounds(polygon_.outer)), inner_(box_inside(polygon_, box_)) {}

bool ClipArea::contains(Point2 p) const {
  if (!inner_.empty() && inner_.contains(p)) return true;
  return box_.contains(p) && citytwin::contains(polygon_, p);
}

std::vector<Polygon> ClipArea::clip(const Polygon& polygon) const {
  const Box2 around = bounds(polygon.outer);
  if (holds(inner_, around)) return {polygon};
  if (!box_.overlaps(around)) return {};
  std::vector<Polygon> pieces = clip_polygon(polygon, polygon_);
  std::erase_if(pieces, [](Polygon& piece) { return !snap_polygon(piece); });
  return pieces;
}

std::vector<Polyline> ClipArea::clip(std::span<const Point2> line) const {
  const Box2 around = bounds(line);
  if (holds(inner_, around)) return {Polyline(line.begin(), line.end())};
  if (!box_.overlaps(around)) return {};
  std::vector<Polyline> pieces = clip_polyline(line, polygon_);
  for (Polyline& piece : pieces) {
    for (Point2& p : piece) p = snap(p);
    piece.erase(std::unique(piece.begin(), piece.end()), piece.end());
  }
  std::erase_if(pieces, [](const Polyline& piece) { return piece.size() < 2; });
  return pieces;
}

double ClipArea::distance_to_edge(Point2 p) const { return distance_to_ring(p, polygon_.outer); }

double distance_to_ring(Point2 p, const Ring& ring) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
    nearest = std::min(nearest, distance_to_segment(p, ring[j], ring[i]));
  return nearest;
}

}  // namespace citytwin::gis
