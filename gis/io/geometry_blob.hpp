// Geometry as GeoPackage stores it: the "GP" header with envelope (OGC 12-128r18, clause 2.1.3), then ISO
// WKB, little endian. Coordinates in the blob are projected; `origin` of the city frame is added and taken
// off.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::gis {

class GeometryWriter {
 public:
  GeometryWriter(std::int32_t srs_id, Point2 origin) : srs_id_(srs_id), origin_(origin) {}

  // The blob stays valid until the next call. Every box is added to extent().
  std::span<const unsigned char> point(Point2 p);
  std::span<const unsigned char> line(std::span<const Point2> points);
  // Rings come open and are closed here; ring 0 is the outer ring.
  template <class RingOf>
  std::span<const unsigned char> polygon(std::size_t rings, const RingOf& ring_of) {
    Box2 box = bounds(ring_of(0));
    header(box);
    put(std::uint8_t{1});
    put(kPolygon);
    put(static_cast<std::uint32_t>(rings));
    for (std::size_t k = 0; k < rings; ++k) closed_ring(ring_of(k));
    return bytes_;
  }
  std::span<const unsigned char> surface(const std::vector<std::span<const Point3>>& rings);

  // Of the blobs made since the last call, projected: with one blob a row, the row's box.
  Box2 take_box() { return std::exchange(box_, Box2{}); }
  [[nodiscard]] const Box2& extent() const { return extent_; }  // projected

 private:
  static constexpr std::uint32_t kPoint = 1, kLine = 2, kPolygon = 3, kPolygonZ = 1003;

  template <class T>
  void put(T value) {
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof value);
    std::memcpy(bytes_.data() + at, &value, sizeof value);
  }
  void header(Box2 box, bool with_envelope = true);
  void put_point(Point2 p) {
    put(p.x + origin_.x);
    put(p.y + origin_.y);
  }
  void closed_ring(std::span<const Point2> ring);

  std::int32_t srs_id_;
  Point2 origin_;
  Box2 box_, extent_;
  std::vector<unsigned char> bytes_;
};

// Parsing is total: false for anything that is not the wanted geometry, complete, finite and little endian.
class GeometryReader {
 public:
  explicit GeometryReader(Point2 origin) : origin_(origin) {}

  bool point(std::span<const unsigned char> blob, Point2& out) const;
  bool line(std::span<const unsigned char> blob, std::vector<Point2>& out) const;
  bool polygon(std::span<const unsigned char> blob, Polygon& out) const;
  bool surface(std::span<const unsigned char> blob, std::vector<std::vector<Point3>>& out) const;

 private:
  Point2 origin_;
};

}  // namespace citytwin::gis
