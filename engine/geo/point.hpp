// Points and boxes in the city frame: projected metres, x east, y north.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace citytwin {

struct Point2 {
  double x = 0, y = 0;
  bool operator==(const Point2&) const = default;
};

struct Point3 {
  double x = 0, y = 0, z = 0;
  bool operator==(const Point3&) const = default;
};

inline Point2 operator+(Point2 a, Point2 b) { return {a.x + b.x, a.y + b.y}; }
inline Point2 operator-(Point2 a, Point2 b) { return {a.x - b.x, a.y - b.y}; }
inline Point2 operator*(Point2 a, double s) { return {a.x * s, a.y * s}; }
inline double dot(Point2 a, Point2 b) { return a.x * b.x + a.y * b.y; }
inline double cross(Point2 a, Point2 b) { return a.x * b.y - a.y * b.x; }
inline double length(Point2 a) { return std::hypot(a.x, a.y); }
inline double distance(Point2 a, Point2 b) { return length(b - a); }

// Axis-aligned box; empty (min > max) until a point is added.
struct Box2 {
  Point2 min{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Point2 max{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  [[nodiscard]] bool empty() const { return !(min.x <= max.x && min.y <= max.y); }
  [[nodiscard]] double width() const { return empty() ? 0 : max.x - min.x; }
  [[nodiscard]] double height() const { return empty() ? 0 : max.y - min.y; }
  [[nodiscard]] double area() const { return width() * height(); }
  [[nodiscard]] Point2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  void add(Point2 p) {
    min = {std::min(min.x, p.x), std::min(min.y, p.y)};
    max = {std::max(max.x, p.x), std::max(max.y, p.y)};
  }
  void add(const Box2& other) {
    if (!other.empty()) {
      add(other.min);
      add(other.max);
    }
  }
  [[nodiscard]] bool contains(Point2 p) const {
    return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y;
  }
  [[nodiscard]] bool overlaps(const Box2& o) const {
    return !(o.min.x > max.x || o.max.x < min.x || o.min.y > max.y || o.max.y < min.y);
  }
  [[nodiscard]] Box2 intersection(const Box2& o) const {
    return {{std::max(min.x, o.min.x), std::max(min.y, o.min.y)},
            {std::min(max.x, o.max.x), std::min(max.y, o.max.y)}};
  }
  [[nodiscard]] Box2 grown(double by) const { return {{min.x - by, min.y - by}, {max.x + by, max.y + by}}; }
  bool operator==(const Box2&) const = default;
};

}  // namespace citytwin
