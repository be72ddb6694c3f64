#include "gis/generate/block_area.hpp"

#include <geos_c.h>

#include <algorithm>

namespace citytwin::gis::generate {

namespace {
constexpr double kSmallest = 60;   // [m2]
constexpr double kBankStrip = 13;  // left free along water [m]
constexpr int kMitre = 2, kFlat = 2, kRound = 1;
}  // namespace

struct AreaCutter::Geos {
  struct Delete {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context, g); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Delete>;

  GEOSContextHandle_t context = GEOS_init_r();
  Geos() = default;
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  ~Geos() { GEOS_finish_r(context); }

  [[nodiscard]] Geometry own(GEOSGeometry* g) const { return Geometry(g, Delete{context}); }
  [[nodiscard]] GEOSCoordSequence* sequence(std::span<const Point2> points, bool close) const {
    const std::size_t n = points.size() + (close ? 1 : 0);
    GEOSCoordSequence* out = GEOSCoordSeq_create_r(context, static_cast<unsigned>(n), 2);
    for (std::size_t k = 0; k < n; ++k)
      GEOSCoordSeq_setXY_r(context, out, static_cast<unsigned>(k), points[k % points.size()].x,
                           points[k % points.size()].y);
    return out;
  }
  [[nodiscard]] Geometry line(std::span<const Point2> points) const {
    return own(GEOSGeom_createLineString_r(context, sequence(points, false)));
  }
  [[nodiscard]] Geometry polygon(const Polygon& p) const {
    std::vector<GEOSGeometry*> holes;
    for (const Ring& hole : p.holes)
      holes.push_back(GEOSGeom_createLinearRing_r(context, sequence(hole, true)));
    return own(GEOSGeom_createPolygon_r(context,
                                        GEOSGeom_createLinearRing_r(context, sequence(p.outer, true)),
                                        holes.data(), static_cast<unsigned>(holes.size())));
  }
  [[nodiscard]] Geometry buffer(const Geometry& g, double by, int cap, int join) const {
    return own(g ? GEOSBufferWithStyle_r(context, g.get(), by, 3, cap, join, 3.0) : nullptr);
  }
  [[nodiscard]] Geometry minus(const Geometry& a, const Geometry& b) const {
    return own(a && b ? GEOSDifference_r(context, a.get(), b.get()) : nullptr);
  }
  [[nodiscard]] Ring ring(const GEOSGeometry* g) const {
    const GEOSCoordSequence* s = GEOSGeom_getCoordSeq_r(context, g);
    unsigned n = 0;
    GEOSCoordSeq_getSize_r(context, s, &n);
    Ring out;
    for (unsigned k = 0; k + 1 < n; ++k) {
      Point2 p;
      GEOSCoordSeq_getXY_r(context, s, k, &p.x, &p.y);
      p = snap(p);
      if (out.empty() || distance(out.back(), p) > 0.05) out.push_back(p);
    }
    while (out.size() > 1 && distance(out.front(), out.back()) < 0.05) out.pop_back();
    return out;
  }
  [[nodiscard]] std::vector<Polygon> polygons(const Geometry& g) const {
    std::vector<Polygon> out;
    const int parts = g ? GEOSGetNumGeometries_r(context, g.get()) : 0;
    for (int k = 0; k < parts; ++k) {
      const GEOSGeometry* part = GEOSGetGeometryN_r(context, g.get(), k);
      if (GEOSGeomTypeId_r(context, part) != GEOS_POLYGON || GEOSisEmpty_r(context, part) != 0) continue;
      Polygon polygon;
      polygon.outer = ring(GEOSGetExteriorRing_r(context, part));
      for (int h = 0; h < GEOSGetNumInteriorRings_r(context, part); ++h)
        polygon.holes.push_back(ring(GEOSGetInteriorRingN_r(context, part, h)));
      std::erase_if(polygon.holes, [](const Ring& r) { return r.size() < 3; });
      if (polygon.outer.size() < 3 || area(polygon) < kSmallest) continue;
      normalise(polygon);
      out.push_back(std::move(polygon));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Polygon& a, const Polygon& b) { return area(a) > area(b); });
    return out;
  }
};

namespace {

// The stretch of the water line that can matter near `box`; empty if none.
Polyline line_near(const Polyline& line, const Box2& box) {
  std::size_t first = line.size();
  std::size_t last = 0;
  for (std::size_t k = 0; k < line.size(); ++k)
    if (box.contains(line[k])) {
      first = std::min(first, k);
      last = k;
    }
  Polyline out;
  if (first >= line.size()) return out;
  first -= std::min<std::size_t>(first, 20);
  last = std::min(last + 20, line.size() - 1);
  for (std::size_t k = first; k < last; k += 3) out.push_back(line[k]);
  out.push_back(line[last]);
  return out;
}

}  // namespace

AreaCutter::AreaCutter(const StreetGraph& graph, const Landscape& land)
    : geos_(std::make_unique<Geos>()), graph_(graph), land_(land) {}
AreaCutter::~AreaCutter() = default;

bool AreaCutter::may_touch_water(const StreetFace& face) const {
  // Between vertices of a large face the water may hide.
  if (area(face.polygon) > 150'000) return true;
  return std::any_of(face.polygon.outer.begin(), face.polygon.outer.end(),
                     [&](Point2 p) { return land_.water_distance_at(p) < 250; });
}

std::vector<Polygon> AreaCutter::land_of(const StreetFace& face) {
  double narrowest = 1e9;
  for (std::uint32_t e : face.edges) narrowest = std::min(narrowest, half_width(graph_.edges[e].road_class));
  auto left = geos_->buffer(geos_->polygon(face.polygon), -narrowest, kRound, kMitre);
  const auto cut_street = [&](std::uint32_t e) {
    const StreetEdge& edge = graph_.edges[e];
    left = geos_->minus(left,
                        geos_->buffer(geos_->line(edge.points), half_width(edge.road_class), kRound, kRound));
  };
  for (std::uint32_t e : face.edges)
    if (half_width(graph_.edges[e].road_class) > narrowest) cut_street(e);
  for (std::uint32_t e : face.corners)
    if (half_width(graph_.edges[e].road_class) > narrowest) cut_street(e);
  for (std::uint32_t e : face.dead_ends) cut_street(e);
  if (!may_touch_water(face)) return geos_->polygons(left);
  const Box2 box = bounds(face.polygon.outer);
  const double reach = land_.river_width / 2 + kBankStrip;
  const Polyline water = line_near(land_.water_line, box.grown(reach + (land_.river_width > 0 ? 0 : 3000)));
  if (water.size() > 1) {
    if (land_.water == WaterSide::river) {
      left = geos_->minus(left, geos_->buffer(geos_->line(water), reach, kFlat, kRound));
    } else {
      Polygon sea{water, {}};
      sea.outer.push_back(water.back() + land_.seaward * 20'000);
      sea.outer.push_back(water.front() + land_.seaward * 20'000);
      left = geos_->minus(left, geos_->buffer(geos_->polygon(sea), reach, kFlat, kMitre));
    }
  }
  return geos_->polygons(left);
}

std::vector<Polygon> AreaCutter::within_extent(const Polygon& polygon) {
  const Box2& b = land_.extent;
  const auto box = geos_->polygon({{b.min, {b.max.x, b.min.y}, b.max, {b.min.x, b.max.y}}, {}});
  const auto shape = geos_->polygon(polygon);
  return geos_->polygons(geos_->own(GEOSIntersection_r(geos_->context, box.get(), shape.get())));
}

std::vector<Polygon> AreaCutter::sea() {
  if (land_.water != WaterSide::coast) return {};
  Polygon sea;
  for (std::size_t k = 0; k < land_.water_line.size(); k += 3) sea.outer.push_back(land_.water_line[k]);
  sea.outer.push_back(sea.outer.back() + land_.seaward * (2 * land_.extent.width()));
  sea.outer.push_back(sea.outer.front() + land_.seaward * (2 * land_.extent.width()));
  return within_extent(sea);
}

}  // namespace citytwin::gis::generate
