// Polygons with holes and the plane geometry the engine needs. Rings are open (first point not repeated);
// outer ring counter-clockwise, holes clockwise, after normalise().
#pragma once

#include <span>
#include <vector>

#include "engine/geo/point.hpp"
#include "engine/geo/ragged.hpp"

namespace citytwin {

using Polyline = std::vector<Point2>;
using Ring = std::vector<Point2>;

struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
  bool operator==(const Polygon&) const = default;
};

// Shoelace; positive if counter-clockwise [m2].
[[nodiscard]] double signed_area(std::span<const Point2> ring);
[[nodiscard]] double area(const Polygon& polygon);
[[nodiscard]] Point2 centroid(const Polygon& polygon);  // of the outer ring, area weighted
[[nodiscard]] Box2 bounds(std::span<const Point2> points);
[[nodiscard]] double length(std::span<const Point2> line);
// Even-odd rule; points on the boundary belong to one side only, so that neighbours never both claim one.
[[nodiscard]] bool contains(std::span<const Point2> ring, Point2 p);
[[nodiscard]] bool contains(const Polygon& polygon, Point2 p);
// The point at distance s from the start; clamped to the ends.
[[nodiscard]] Point2 point_along(std::span<const Point2> line, double s);
[[nodiscard]] double distance_to_segment(Point2 p, Point2 a, Point2 b);
[[nodiscard]] double distance_to_line(Point2 p, std::span<const Point2> line);
void normalise(Polygon& polygon);

// A column of polygons: ring 0 of a row is the outer ring, further rings are holes. A multipolygon of a
// source becomes several rows with keys suffixed "#1", "#2".
class PolygonColumn {
 public:
  [[nodiscard]] std::size_t size() const { return rings_of_row_.size() - 1; }
  void push_back(const Polygon& polygon);
  [[nodiscard]] Polygon operator[](std::size_t row) const;
  [[nodiscard]] std::span<const Point2> outer(std::size_t row) const { return rings_[rings_of_row_[row]]; }
  [[nodiscard]] std::size_t ring_count(std::size_t row) const {
    return rings_of_row_[row + 1] - rings_of_row_[row];
  }
  [[nodiscard]] std::span<const Point2> ring(std::size_t row, std::size_t i) const {
    return rings_[rings_of_row_[row] + i];
  }
  [[nodiscard]] bool contains(std::size_t row, Point2 p) const;
  [[nodiscard]] double area(std::size_t row) const;
  [[nodiscard]] const std::vector<std::uint32_t>& rings_of_row() const { return rings_of_row_; }
  [[nodiscard]] const Ragged<Point2>& rings() const { return rings_; }
  bool operator==(const PolygonColumn&) const = default;

 private:
  std::vector<std::uint32_t> rings_of_row_{0};
  Ragged<Point2> rings_;
};

}  // namespace citytwin
