#include "gis/geometry/repair.hpp"

#include <algorithm>

#include "gis/geometry/overlay.hpp"

namespace citytwin::gis {

namespace {

constexpr double kTiny = 1e-16;  // far below a square millimetre, in metres and in degrees

bool finite(const Ring& ring) {
  return std::all_of(ring.begin(), ring.end(),
                     [](Point2 p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

double orientation(Point2 a, Point2 b, Point2 c) { return cross(b - a, c - a); }

// True if segments ab and cd share a point or come so close that only GEOS should judge.
bool may_touch(Point2 a, Point2 b, Point2 c, Point2 d) {
  if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return false;
  if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
  const double o1 = orientation(a, b, c);
  const double o2 = orientation(a, b, d);
  const double o3 = orientation(c, d, a);
  const double o4 = orientation(c, d, b);
  const double tiny = 1e-9 * (std::abs(o1) + std::abs(o2) + std::abs(o3) + std::abs(o4));
  const bool apart = (o1 > tiny && o2 > tiny) || (o1 < -tiny && o2 < -tiny) || (o3 > tiny && o4 > tiny) ||
                     (o3 < -tiny && o4 < -tiny);
  return !apart;
}

// Proves most small rings simple without building a GEOS geometry (footprints: nearly all). False = unknown.
bool surely_simple(const Ring& ring) {
  constexpr std::size_t kPairwiseLimit = 40;
  const std::size_t n = ring.size();
  if (n < 3 || n > kPairwiseLimit) return false;
  for (std::size_t i = 0; i < n; ++i) {
    const Point2 a = ring[i];
    const Point2 b = ring[(i + 1) % n];
    const Point2 next = ring[(i + 2) % n];
    const double turn = orientation(a, b, next);
    if (std::abs(turn) < 1e-12 * dot(b - a, b - a) && dot(b - a, next - b) <= 0) return false;  // spike
    for (std::size_t k = i + 2; k < n; ++k) {
      if (i == 0 && k == n - 1) continue;  // neighbours around the seam
      if (may_touch(a, b, ring[k], ring[(k + 1) % n])) return false;
    }
  }
  return true;
}

void note(RepairResult& result, const char* code) {
  if (std::find(result.codes.begin(), result.codes.end(), code) == result.codes.end())
    result.codes.emplace_back(code);
}

// Opens the ring and takes out repeated points.
Ring cleaned(const Ring& ring, bool expect_closed, RepairResult& result) {
  Ring out;
  out.reserve(ring.size());
  const bool closed = ring.size() > 1 && ring.front() == ring.back();
  if (expect_closed && !closed && ring.size() >= 3) note(result, "repaired.unclosed_ring");
  const std::size_t n = closed ? ring.size() - 1 : ring.size();
  for (std::size_t k = 0; k < n; ++k) {
    if (out.empty() || out.back() != ring[k])
      out.push_back(ring[k]);
    else
      note(result, "repaired.duplicate_points");
  }
  while (out.size() > 1 && out.front() == out.back()) {
    out.pop_back();
    note(result, "repaired.duplicate_points");
  }
  return out;
}

RepairResult dropped(const char* code) { return {{}, {code}}; }

}  // namespace

bool is_valid(const Polygon& polygon) {
  if (!finite(polygon.outer) || !std::all_of(polygon.holes.begin(), polygon.holes.end(), finite))
    return false;
  if (polygon.holes.empty() && surely_simple(polygon.outer)) return true;
  return overlay::valid(polygon);
}

RepairResult repair_polygon(const Polygon& polygon, bool expect_closed, double min_area) {
  RepairResult result;
  if (!finite(polygon.outer) || !std::all_of(polygon.holes.begin(), polygon.holes.end(), finite))
    return dropped("dropped.not_finite");
  Polygon clean;
  clean.outer = cleaned(polygon.outer, expect_closed, result);
  if (clean.outer.size() < 3) return dropped("dropped.no_area");
  for (const Ring& hole : polygon.holes) {
    Ring ring = cleaned(hole, expect_closed, result);
    if (ring.size() >= 3) clean.holes.push_back(std::move(ring));
  }
  if (is_valid(clean)) {
    normalise(clean);
    if (!(area(clean) >= min_area)) return dropped("dropped.no_area");
    result.polygons.push_back(std::move(clean));
    return result;
  }
  note(result, overlay::valid({clean.outer, {}}) ? "repaired.hole_outside" : "repaired.self_crossing_ring");
  result.polygons = overlay::made_valid(clean, min_area);
  return result.polygons.empty() ? dropped("dropped.no_area") : result;
}

std::vector<Polygon> unite(std::span<const Polygon> polygons, double snap_gap) {
  std::vector<Polygon> valid;
  for (const Polygon& polygon : polygons)
    for (Polygon& piece : repair_polygon(polygon).polygons) valid.push_back(std::move(piece));
  if (snap_gap <= 0 && valid.size() <= 1) return valid;
  if (snap_gap <= 0) return overlay::united(valid, kTiny);
  // Closing: out and in again by half the gap joins what is nearer than the gap and fills slivers.
  const std::vector<Polygon> grown = overlay::offset(valid, snap_gap / 2, kTiny);
  return overlay::offset(grown, -snap_gap / 2, kTiny);
}

}  // namespace citytwin::gis
