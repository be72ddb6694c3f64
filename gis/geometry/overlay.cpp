#include "gis/geometry/overlay.hpp"

#include <geos_c.h>

#include <algorithm>
#include <memory>

namespace citytwin::gis::overlay {

namespace {

// One GEOS context per thread. GEOS reports trouble by returning null; its messages are not ours to print.
GEOSContextHandle_t handle() {
  struct Context {
    GEOSContextHandle_t h = GEOS_init_r();
    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { GEOS_finish_r(h); }
  };
  thread_local const Context context;
  return context.h;
}

struct Deleter {
  void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(handle(), g); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Deleter>;

GEOSCoordSequence* sequence_of(std::span<const Point2> points, bool close) {
  const bool repeat_first = close && (points.empty() || points.front() != points.back());
  const auto n = static_cast<unsigned>(points.size() + (repeat_first ? 1 : 0));
  GEOSCoordSequence* s = GEOSCoordSeq_create_r(handle(), n, 2);
  for (unsigned k = 0; k < n; ++k) {
    const Point2 p = points[k < points.size() ? k : 0];
    GEOSCoordSeq_setXY_r(handle(), s, k, p.x, p.y);
  }
  return s;
}

Geometry to_geos(const Polygon& polygon) {
  GEOSGeometry* shell = GEOSGeom_createLinearRing_r(handle(), sequence_of(polygon.outer, true));
  if (shell == nullptr) return nullptr;
  std::vector<GEOSGeometry*> holes;
  for (const Ring& hole : polygon.holes) {
    if (hole.size() < 3) continue;
    if (GEOSGeometry* ring = GEOSGeom_createLinearRing_r(handle(), sequence_of(hole, true)))
      holes.push_back(ring);
  }
  return Geometry(
      GEOSGeom_createPolygon_r(handle(), shell, holes.data(), static_cast<unsigned>(holes.size())));
}

Geometry to_geos(std::span<const Polygon> polygons) {
  std::vector<GEOSGeometry*> parts;
  for (const Polygon& polygon : polygons)
    if (Geometry part = to_geos(polygon)) parts.push_back(part.release());
  return Geometry(GEOSGeom_createCollection_r(handle(), GEOS_MULTIPOLYGON, parts.data(),
                                              static_cast<unsigned>(parts.size())));
}

Ring to_ring(const GEOSGeometry* ring) {
  Ring out;
  const GEOSCoordSequence* s = GEOSGeom_getCoordSeq_r(handle(), ring);
  unsigned n = 0;
  GEOSCoordSeq_getSize_r(handle(), s, &n);
  for (unsigned k = 0; k + 1 < n; ++k) {
    Point2 p;
    GEOSCoordSeq_getXY_r(handle(), s, k, &p.x, &p.y);
    if (out.empty() || out.back() != p) out.push_back(p);
  }
  return out;
}

// Polygons of a geometry of any type; points and lines that an overlay leaves behind are not areas.
void collect(const GEOSGeometry* g, double min_area, std::vector<Polygon>& out) {
  if (g == nullptr || GEOSisEmpty_r(handle(), g) != 0) return;
  if (GEOSGeomTypeId_r(handle(), g) != GEOS_POLYGON) {
    const int n = GEOSGetNumGeometries_r(handle(), g);
    if (n == 1 && GEOSGetGeometryN_r(handle(), g, 0) == g) return;
    for (int k = 0; k < n; ++k) collect(GEOSGetGeometryN_r(handle(), g, k), min_area, out);
    return;
  }
  Polygon polygon;
  polygon.outer = to_ring(GEOSGetExteriorRing_r(handle(), g));
  const int holes = GEOSGetNumInteriorRings_r(handle(), g);
  for (int k = 0; k < holes; ++k) {
    Ring hole = to_ring(GEOSGetInteriorRingN_r(handle(), g, k));
    if (std::abs(signed_area(hole)) >= min_area) polygon.holes.push_back(std::move(hole));
  }
  normalise(polygon);
  if (polygon.outer.size() >= 3 && area(polygon) >= min_area && area(polygon) > 0)
    out.push_back(std::move(polygon));
}

void largest_first(std::vector<Polygon>& out) {
  std::stable_sort(out.begin(), out.end(), [](const Polygon& a, const Polygon& b) {
    const double area_a = area(a);
    const double area_b = area(b);
    if (area_a != area_b) return area_a > area_b;
    const Point2 pa = bounds(a.outer).min;
    const Point2 pb = bounds(b.outer).min;
    return pa.x != pb.x ? pa.x < pb.x : pa.y < pb.y;
  });
}

std::vector<Polygon> polygons_of(const Geometry& g, double min_area) {
  std::vector<Polygon> out;
  collect(g.get(), min_area, out);
  largest_first(out);
  return out;
}

// Everything a ring encloses, loops of a self-crossing ring included.
Geometry valid_ring(const Ring& ring) {
  const Geometry g = to_geos(Polygon{ring, {}});
  if (!g) return nullptr;
  GEOSMakeValidParams* params = GEOSMakeValidParams_create_r(handle());
  GEOSMakeValidParams_setMethod_r(handle(), params, GEOS_MAKE_VALID_STRUCTURE);
  GEOSMakeValidParams_setKeepCollapsed_r(handle(), params, 0);
  Geometry fixed(GEOSMakeValidWithParams_r(handle(), g.get(), params));
  GEOSMakeValidParams_destroy_r(handle(), params);
  return fixed;
}

}  // namespace

bool valid(const Polygon& polygon) {
  if (polygon.outer.size() < 3) return false;
  const Geometry g = to_geos(polygon);
  return g && GEOSisValid_r(handle(), g.get()) == 1;
}

std::vector<Polygon> made_valid(const Polygon& polygon, double min_area) {
  const Geometry shell = valid_ring(polygon.outer);
  if (polygon.holes.empty() || !shell) return polygons_of(shell, min_area);
  // GEOS turns a hole outside its shell into ground; here a hole only ever takes away.
  std::vector<Polygon> holes;
  for (const Ring& hole : polygon.holes)
    for (Polygon& piece : polygons_of(valid_ring(hole), min_area)) holes.push_back(std::move(piece));
  std::vector<Polygon> out;
  for (const Polygon& piece : polygons_of(shell, min_area))
    for (Polygon& rest : difference(piece, holes, min_area)) out.push_back(std::move(rest));
  largest_first(out);
  return out;
}

std::vector<Polygon> intersection(const Polygon& a, const Polygon& b, double min_area) {
  const Geometry ga = to_geos(a);
  const Geometry gb = to_geos(b);
  if (!ga || !gb) return {};
  return polygons_of(Geometry(GEOSIntersection_r(handle(), ga.get(), gb.get())), min_area);
}

std::vector<Polygon> difference(const Polygon& a, std::span<const Polygon> b, double min_area) {
  const Geometry ga = to_geos(a);
  const Geometry gb = to_geos(b);
  if (!ga || !gb) return {};
  const Geometry holes(GEOSUnaryUnion_r(handle(), gb.get()));
  if (!holes) return {};
  return polygons_of(Geometry(GEOSDifference_r(handle(), ga.get(), holes.get())), min_area);
}

std::vector<Polygon> united(std::span<const Polygon> polygons, double min_area) {
  const Geometry g = to_geos(polygons);
  if (!g) return {};
  return polygons_of(Geometry(GEOSUnaryUnion_r(handle(), g.get())), min_area);
}

std::vector<Polygon> offset(std::span<const Polygon> polygons, double distance, double min_area) {
  const Geometry g = to_geos(polygons);
  if (!g) return {};
  constexpr int kQuadrantSegments = 4;
  constexpr double kMitreLimit = 5;
  return polygons_of(Geometry(GEOSBufferWithStyle_r(handle(), g.get(), distance, kQuadrantSegments,
                                                    GEOSBUF_CAP_FLAT, GEOSBUF_JOIN_MITRE, kMitreLimit)),
                     min_area);
}

std::vector<Polygon> faces(std::span<const Polyline> lines, double min_area) {
  std::vector<GEOSGeometry*> parts;
  for (const Polyline& line : lines)
    if (line.size() >= 2) parts.push_back(GEOSGeom_createLineString_r(handle(), sequence_of(line, false)));
  const Geometry all(GEOSGeom_createCollection_r(handle(), GEOS_MULTILINESTRING, parts.data(),
                                                 static_cast<unsigned>(parts.size())));
  if (!all) return {};
  const Geometry noded(GEOSUnaryUnion_r(handle(), all.get()));
  if (!noded) return {};
  const GEOSGeometry* one = noded.get();
  return polygons_of(Geometry(GEOSPolygonize_r(handle(), &one, 1)), min_area);
}

}  // namespace citytwin::gis::overlay
