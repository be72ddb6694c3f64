#include "gis/generate/lots.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace citytwin::gis::generate {

namespace {

struct Vertex {
  Point2 p;
  std::uint8_t street;
  std::int32_t crossing;  // number of the crossing here, or -1
};

void halve(Lot lot, double target, const Random& random, std::uint32_t id, std::uint32_t node,
           std::vector<Lot>& out) {
  const double size = signed_area(lot.ring);
  const OrientedBox box = oriented_box(lot.ring);
  if (size < 1.5 * target || node > 0x3FFFFFFFU || box.length < 12) {
    out.push_back(std::move(lot));
    return;
  }
  const double share = 0.42 + 0.16 * random.uniform(id, node, 1);
  const Point2 across{-box.along.y, box.along.x};
  std::vector<Lot> parts = split(lot, box.centre + box.along * ((share - 0.5) * box.length), across);
  const auto all_have_street = [](const std::vector<Lot>& lots) {
    return std::all_of(lots.begin(), lots.end(), [](const Lot& l) { return l.has_street(); });
  };
  if (!all_have_street(parts) && box.width > 24) {
    auto other = split(lot, box.centre + across * ((share - 0.5) * box.width), box.along);
    if (all_have_street(other)) parts = std::move(other);
  }
  if (parts.size() < 2) {
    out.push_back(std::move(lot));
    return;
  }
  for (std::uint32_t k = 0; k < parts.size(); ++k)
    halve(std::move(parts[k]), target, random, id, 2 * node + 1 + std::min(k, 1U), out);
}

}  // namespace

bool Lot::has_street() const {
  return std::any_of(street.begin(), street.end(), [](std::uint8_t s) { return s != 0; });
}

OrientedBox oriented_box(const Ring& ring) {
  OrientedBox best;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point2 edge = ring[(k + 1) % ring.size()] - ring[k];
    if (length(edge) < 1e-6) continue;
    const Point2 u = edge * (1 / length(edge));
    const Point2 v{-u.y, u.x};
    double u0 = 1e300, u1 = -1e300, v0 = 1e300, v1 = -1e300;
    for (Point2 p : ring) {
      const Point2 q = p - ring[0];
      u0 = std::min(u0, dot(q, u));
      u1 = std::max(u1, dot(q, u));
      v0 = std::min(v0, dot(q, v));
      v1 = std::max(v1, dot(q, v));
    }
    if ((u1 - u0) * (v1 - v0) >= least) continue;
    least = (u1 - u0) * (v1 - v0);
    best.centre = ring[0] + u * ((u0 + u1) / 2) + v * ((v0 + v1) / 2);
    const bool longer = u1 - u0 >= v1 - v0;
    best.along = longer ? u : v;
    best.length = longer ? u1 - u0 : v1 - v0;
    best.width = longer ? v1 - v0 : u1 - u0;
  }
  return best;
}

std::vector<Lot> split(const Lot& lot, Point2 at, Point2 direction) {
  const std::size_t n = lot.ring.size();
  const Point2 normal{-direction.y, direction.x};
  std::vector<double> side(n);
  for (int shift = 0; shift < 8; ++shift) {  // no vertex may lie on the line
    bool clear = true;
    for (std::size_t k = 0; k < n; ++k) {
      side[k] = dot(lot.ring[k] - at, normal);
      clear = clear && std::abs(side[k]) > 1e-3;
    }
    if (clear) break;
    at = at + normal * 0.0137;
  }
  std::vector<Vertex> ring;
  std::vector<std::pair<double, std::size_t>> crossings;  // (position along the line, index in `ring`)
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t next = (k + 1) % n;
    ring.push_back({lot.ring[k], lot.street[k], -1});
    if ((side[k] > 0) == (side[next] > 0)) continue;
    const Point2 p = lot.ring[k] + (lot.ring[next] - lot.ring[k]) * (side[k] / (side[k] - side[next]));
    crossings.emplace_back(dot(p - at, direction), ring.size());
    ring.push_back({p, lot.street[k], 0});
  }
  if (crossings.empty() || crossings.size() % 2 != 0) return {lot};
  std::sort(crossings.begin(), crossings.end());
  for (std::size_t c = 0; c < crossings.size(); ++c)
    ring[crossings[c].second].crossing = static_cast<std::int32_t>(c);
  // Inside a ring the line runs between crossings 2m and 2m + 1: each part turns onto it at one and
  // leaves it at the other.
  std::vector<std::uint8_t> used(ring.size(), 0);
  std::vector<Lot> parts;
  for (std::size_t start = 0; start < ring.size(); ++start) {
    if (used[start] != 0 || ring[start].crossing >= 0) continue;
    Lot part;
    std::size_t k = start;
    do {
      used[k] = 1;
      if (ring[k].crossing >= 0) {
        part.ring.push_back(ring[k].p);
        part.street.push_back(0);
        k = crossings[static_cast<std::size_t>(ring[k].crossing ^ 1)].second;
      }
      part.ring.push_back(ring[k].p);
      part.street.push_back(ring[k].street);
      k = (k + 1) % ring.size();
    } while (k != start && part.ring.size() < 2 * ring.size());
    if (signed_area(part.ring) > 1) parts.push_back(std::move(part));
  }
  return parts;
}

Ring clip(const Ring& convex, Point2 at, Point2 inward) {
  Ring out;
  for (std::size_t k = 0; k < convex.size(); ++k) {
    const Point2 a = convex[k];
    const Point2 b = convex[(k + 1) % convex.size()];
    const double da = dot(a - at, inward);
    const double db = dot(b - at, inward);
    if (da >= 0) out.push_back(a);
    if ((da >= 0) != (db >= 0)) out.push_back(a + (b - a) * (da / (da - db)));
  }
  return out;
}

std::vector<Lot> subdivide(const Lot& block, double target, const Random& random, std::uint32_t id) {
  std::vector<Lot> out;
  halve(block, target, random, id, 0, out);
  return out;
}

}  // namespace citytwin::gis::generate
