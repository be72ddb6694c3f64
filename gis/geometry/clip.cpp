#include "gis/geometry/clip.hpp"

#include <algorithm>

#include "gis/geometry/overlay.hpp"

namespace citytwin::gis {

namespace {

Polygon polygon_of(const Box2& box) {
  return {{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}}, {}};
}

bool inside(const Box2& outer, const Box2& inner) {
  return outer.contains(inner.min) && outer.contains(inner.max);
}

// The part of segment a-b inside the box as parameters t0 <= t1 (Liang and Barsky 1984); false = none.
bool segment_in_box(Point2 a, Point2 b, const Box2& box, double& t0, double& t1) {
  t0 = 0;
  t1 = 1;
  const Point2 d = b - a;
  const double p[] = {-d.x, d.x, -d.y, d.y};
  const double q[] = {a.x - box.min.x, box.max.x - a.x, a.y - box.min.y, box.max.y - a.y};
  for (int k = 0; k < 4; ++k) {
    if (p[k] == 0) {
      if (q[k] < 0) return false;
      continue;
    }
    const double t = q[k] / p[k];
    if (p[k] < 0)
      t0 = std::max(t0, t);
    else
      t1 = std::min(t1, t);
  }
  return t0 <= t1;
}

// Collects kept stretches of a line, joining those that follow each other.
class Pieces {
 public:
  void add(Point2 from, Point2 to) {
    if (from == to) return;
    if (pieces_.empty() || pieces_.back().back() != from) pieces_.push_back({from});
    pieces_.back().push_back(to);
  }
  std::vector<Polyline> take() { return std::move(pieces_); }

 private:
  std::vector<Polyline> pieces_;
};

void add_crossings(Point2 a, Point2 b, const Ring& ring, std::vector<double>& at) {
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point2 c = ring[k];
    const Point2 d = ring[(k + 1) % ring.size()];
    const double denominator = cross(b - a, d - c);
    if (denominator == 0) continue;
    const double t = cross(c - a, d - c) / denominator;
    const double u = cross(c - a, b - a) / denominator;
    if (t > 0 && t < 1 && u >= 0 && u <= 1) at.push_back(t);
  }
}

}  // namespace

std::vector<Polygon> clip_polygon(const Polygon& polygon, const Box2& box, double min_area) {
  const Box2 extent = bounds(polygon.outer);
  if (inside(box, extent)) return {polygon};
  if (!box.overlaps(extent)) return {};
  return overlay::intersection(polygon, polygon_of(box), min_area);
}

std::vector<Polygon> clip_polygon(const Polygon& polygon, const Polygon& area, double min_area) {
  if (!bounds(area.outer).overlaps(bounds(polygon.outer))) return {};
  return overlay::intersection(polygon, area, min_area);
}

std::vector<Polygon> subtract(const Polygon& polygon, std::span<const Polygon> holes, double min_area) {
  const Box2 extent = bounds(polygon.outer);
  const bool touched = std::any_of(holes.begin(), holes.end(),
                                   [&](const Polygon& hole) { return extent.overlaps(bounds(hole.outer)); });
  if (!touched) return {polygon};
  return overlay::difference(polygon, holes, min_area);
}

std::vector<Polyline> clip_polyline(std::span<const Point2> line, const Box2& box) {
  if (line.size() < 2) return {};
  if (inside(box, bounds(line))) return {Polyline(line.begin(), line.end())};
  Pieces pieces;
  for (std::size_t k = 1; k < line.size(); ++k) {
    const Point2 a = line[k - 1];
    const Point2 b = line[k];
    double t0 = 0;
    double t1 = 0;
    if (!segment_in_box(a, b, box, t0, t1)) continue;
    pieces.add(t0 == 0 ? a : a + (b - a) * t0, t1 == 1 ? b : a + (b - a) * t1);
  }
  return pieces.take();
}

std::vector<Polyline> clip_polyline(std::span<const Point2> line, const Polygon& area) {
  if (line.size() < 2 || !bounds(area.outer).overlaps(bounds(line))) return {};
  Pieces pieces;
  std::vector<double> at;
  for (std::size_t k = 1; k < line.size(); ++k) {
    const Point2 a = line[k - 1];
    const Point2 b = line[k];
    at.assign({0.0, 1.0});
    add_crossings(a, b, area.outer, at);
    for (const Ring& hole : area.holes) add_crossings(a, b, hole, at);
    std::sort(at.begin(), at.end());
    for (std::size_t i = 1; i < at.size(); ++i) {
      const double middle = (at[i - 1] + at[i]) / 2;
      if (!contains(area, a + (b - a) * middle)) continue;
      pieces.add(at[i - 1] == 0 ? a : a + (b - a) * at[i - 1], at[i] == 1 ? b : a + (b - a) * at[i]);
    }
  }
  return pieces.take();
}

}  // namespace citytwin::gis
