#include "engine/geo/polygon.hpp"

#include <algorithm>
#include <numeric>

namespace citytwin {

double signed_area(std::span<const Point2> ring) {
  if (ring.size() < 3) return 0;
  double twice = 0;
  const Point2 origin = ring.front();  // relative to the first point: keeps bits for far-away rings
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) twice += cross(ring[i] - origin, ring[i + 1] - origin);
  return twice / 2;
}

double area(const Polygon& polygon) {
  double total = std::abs(signed_area(polygon.outer));
  for (const Ring& hole : polygon.holes) total -= std::abs(signed_area(hole));
  return std::max(total, 0.0);
}

Point2 centroid(const Polygon& polygon) {
  const Ring& ring = polygon.outer;
  if (ring.empty()) return {};
  const Point2 origin = ring.front();
  double twice = 0;
  Point2 sum{};
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const Point2 a = ring[i] - origin;
    const Point2 b = ring[i + 1] - origin;
    const double w = cross(a, b);
    twice += w;
    sum = sum + (a + b) * (w / 3);
  }
  if (std::abs(twice) < 1e-12) {
    return std::accumulate(ring.begin(), ring.end(), Point2{}) * (1.0 / static_cast<double>(ring.size()));
  }
  return origin + sum * (1.0 / twice);
}

Box2 bounds(std::span<const Point2> points) {
  Box2 box;
  for (Point2 p : points) box.add(p);
  return box;
}

double length(std::span<const Point2> line) {
  double total = 0;
  for (std::size_t i = 1; i < line.size(); ++i) total += distance(line[i - 1], line[i]);
  return total;
}

bool contains(std::span<const Point2> ring, Point2 p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Point2 a = ring[i];
    const Point2 b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

bool contains(const Polygon& polygon, Point2 p) {
  if (!contains(polygon.outer, p)) return false;
  return std::none_of(polygon.holes.begin(), polygon.holes.end(),
                      [&](const Ring& hole) { return contains(hole, p); });
}

Point2 point_along(std::span<const Point2> line, double s) {
  if (line.empty()) return {};
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = distance(line[i - 1], line[i]);
    if (s <= step && step > 0) return line[i - 1] + (line[i] - line[i - 1]) * (std::max(s, 0.0) / step);
    s -= step;
  }
  return line.back();
}

double distance_to_segment(Point2 p, Point2 a, Point2 b) {
  const Point2 ab = b - a;
  const double squared = dot(ab, ab);
  const double t = squared > 0 ? std::clamp(dot(p - a, ab) / squared, 0.0, 1.0) : 0.0;
  return distance(p, a + ab * t);
}

double distance_to_line(Point2 p, std::span<const Point2> line) {
  double best = line.size() == 1 ? distance(p, line[0]) : std::numeric_limits<double>::infinity();
  for (std::size_t k = 1; k < line.size(); ++k)
    best = std::min(best, distance_to_segment(p, line[k - 1], line[k]));
  return best;
}

void normalise(Polygon& polygon) {
  const auto open = [](Ring& ring) {
    while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  };
  open(polygon.outer);
  if (signed_area(polygon.outer) < 0) std::reverse(polygon.outer.begin(), polygon.outer.end());
  for (Ring& hole : polygon.holes) {
    open(hole);
    if (signed_area(hole) > 0) std::reverse(hole.begin(), hole.end());
  }
}

void PolygonColumn::push_back(const Polygon& polygon) {
  rings_.push_back(polygon.outer);
  for (const Ring& hole : polygon.holes) rings_.push_back(hole);
  rings_of_row_.push_back(static_cast<std::uint32_t>(rings_.size()));
}

Polygon PolygonColumn::operator[](std::size_t row) const {
  Polygon polygon;
  const auto first = outer(row);
  polygon.outer.assign(first.begin(), first.end());
  for (std::size_t i = 1; i < ring_count(row); ++i) {
    const auto hole = ring(row, i);
    polygon.holes.emplace_back(hole.begin(), hole.end());
  }
  return polygon;
}

bool PolygonColumn::contains(std::size_t row, Point2 p) const {
  bool inside = citytwin::contains(outer(row), p);
  for (std::size_t i = 1; inside && i < ring_count(row); ++i)
    if (citytwin::contains(ring(row, i), p)) inside = false;
  return inside;
}

double PolygonColumn::area(std::size_t row) const {
  double total = std::abs(signed_area(outer(row)));
  for (std::size_t i = 1; i < ring_count(row); ++i) total -= std::abs(signed_area(ring(row, i)));
  return std::max(total, 0.0);
}

}  // namespace citytwin
