#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/geo/csr_graph.hpp"
#include "gis/generate/faces.hpp"
#include "gis/generate/segment_buckets.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kSharpest = 25 * std::numbers::pi / 180;  // narrower forks are one street [rad]
constexpr double kShortestStub = 65;                       // dead ends shorter than this go [m]
constexpr double kLongestStub = 170;                       // and those longer than this [m]

// The edge that yields: lower class, then shorter, then later. Bridges never yield to streets.
bool yields(const StreetGraph& g, std::uint32_t a, std::uint32_t b) {
  const StreetEdge& x = g.edges[a];
  const StreetEdge& y = g.edges[b];
  if (x.bridge != y.bridge) return y.bridge;
  if (x.road_class != y.road_class) return x.road_class > y.road_class;
  const double lx = length(x.points);
  const double ly = length(y.points);
  if (lx != ly) return lx < ly;
  return a > b;
}

using Dead = std::vector<std::uint8_t>;

void compact(StreetGraph& g, const Dead& dead) {
  std::size_t kept = 0;
  for (std::size_t e = 0; e < g.edges.size(); ++e) {
    if (dead[e] != 0) continue;
    if (kept != e) g.edges[kept] = std::move(g.edges[e]);
    ++kept;
  }
  g.edges.resize(kept);
}

std::vector<std::vector<std::uint32_t>> edges_at_nodes(const StreetGraph& g) {
  std::vector<std::vector<std::uint32_t>> at(g.nodes.size());
  for (std::uint32_t e = 0; e < g.edges.size(); ++e) {
    at[g.edges[e].from].push_back(e);
    at[g.edges[e].to].push_back(e);
  }
  return at;
}

void drop_twins(StreetGraph& g) {
  Dead dead(g.edges.size(), 0);
  const auto at = edges_at_nodes(g);
  for (const auto& edges : at)
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (std::size_t j = i + 1; j < edges.size(); ++j) {
        const StreetEdge& a = g.edges[edges[i]];
        const StreetEdge& b = g.edges[edges[j]];
        if (edges[i] == edges[j] || dead[edges[i]] != 0 || dead[edges[j]] != 0) continue;
        const bool same = (a.from == b.from && a.to == b.to) || (a.from == b.to && a.to == b.from);
        if (same) dead[yields(g, edges[i], edges[j]) ? edges[i] : edges[j]] = 1;
      }
  for (std::size_t e = 0; e < g.edges.size(); ++e)
    if (g.edges[e].from == g.edges[e].to) dead[e] = 1;
  compact(g, dead);
}

Point2 departure(const StreetEdge& edge, bool from_start) {
  const double s = std::min(18.0, length(edge.points) / 2);
  if (from_start) return point_along(edge.points, s) - edge.points.front();
  return point_along(edge.points, length(edge.points) - s) - edge.points.back();
}

bool drop_sharp_forks(StreetGraph& g) {
  Dead dead(g.edges.size(), 0);
  bool any = false;
  const auto at = edges_at_nodes(g);
  for (std::uint32_t n = 0; n < at.size(); ++n)
    for (std::size_t i = 0; i < at[n].size(); ++i)
      for (std::size_t j = i + 1; j < at[n].size(); ++j) {
        const std::uint32_t a = at[n][i];
        const std::uint32_t b = at[n][j];
        if (a == b || dead[a] != 0 || dead[b] != 0) continue;
        const Point2 u = departure(g.edges[a], g.edges[a].from == n);
        const Point2 v = departure(g.edges[b], g.edges[b].from == n);
        if (std::abs(std::atan2(cross(u, v), dot(u, v))) > kSharpest) continue;
        dead[yields(g, a, b) ? a : b] = 1;
        any = true;
      }
  compact(g, dead);
  return any;
}

// Moving nodes together can make edges cross: the lesser goes, so that the graph is planar in the end.
bool drop_crossings(StreetGraph& g, const Box2& extent, const RunContext& context) {
  context.check_stop();
  SegmentBuckets buckets(extent, 50);
  for (std::uint32_t e = 0; e < g.edges.size(); ++e)
    for (std::uint32_t k = 0; k + 1 < g.edges[e].points.size(); ++k)
      buckets.add({g.edges[e].points[k], g.edges[e].points[k + 1], e, k});
  Dead dead(g.edges.size(), 0);
  bool any = false;
  buckets.crossings([&](const Segment& p, const Segment& q, const Crossing& x) {
    context.check_stop();
    if (dead[p.line] != 0 || dead[q.line] != 0) return;
    if (p.line == q.line && (p.index > q.index ? p.index - q.index : q.index - p.index) < 2) return;
    const Point2 at = p.a + (p.b - p.a) * x.s;
    const StreetEdge& a = g.edges[p.line];
    const StreetEdge& b = g.edges[q.line];
    for (const Point2 end : {a.points.front(), a.points.back()})
      if (distance(at, end) < 1e-3 && (end == b.points.front() || end == b.points.back())) return;
    dead[yields(g, p.line, q.line) ? p.line : q.line] = 1;
    any = true;
  });
  compact(g, dead);
  return any;
}

bool drop_stubs(StreetGraph& g, const Box2& extent, const RunContext& context) {
  bool any = false;
  const Box2 inner = extent.grown(-20);
  for (bool again = true; again;) {
    context.check_stop();
    again = false;
    const auto at = edges_at_nodes(g);
    Dead dead(g.edges.size(), 0);
    for (std::uint32_t n = 0; n < at.size(); ++n) {
      if (at[n].size() != 1 || !inner.contains(g.nodes[n])) continue;
      const StreetEdge& edge = g.edges[at[n][0]];
      const double l = length(edge.points);
      if (l > kShortestStub && l < kLongestStub && !edge.bridge) continue;
      dead[at[n][0]] = 1;
      again = any = true;
    }
    compact(g, dead);
  }
  return any;
}

// Faces too thin to hold a house: their least edge goes.
bool drop_slivers(StreetGraph& g, const RunContext& context) {
  Dead dead(g.edges.size(), 0);
  bool any = false;
  for (const StreetFace& face : find_faces(g, context)) {
    double around = 0;
    double streets = 0;
    for (std::uint32_t e : face.edges) {
      around += length(g.edges[e].points);
      streets += length(g.edges[e].points) * half_width(g.edges[e].road_class);
    }
    if (area(face.polygon) > 1.25 * streets && area(face.polygon) / around > 9) continue;
    std::uint32_t least = face.edges.front();
    bool touched = false;
    for (std::uint32_t e : face.edges) {
      touched = touched || dead[e] != 0;
      if (g.edges[e].road_class > g.edges[least].road_class ||
          (g.edges[e].road_class == g.edges[least].road_class &&
           length(g.edges[e].points) > length(g.edges[least].points)))
        least = e;
    }
    if (touched || g.edges[least].bridge) continue;
    dead[least] = 1;
    any = true;
  }
  compact(g, dead);
  return any;
}

void keep_largest_piece(StreetGraph& g) {
  std::vector<Arc> arcs;
  for (std::uint32_t e = 0; e < g.edges.size(); ++e) arcs.push_back({g.edges[e].from, g.edges[e].to, e});
  const auto piece = weak_components(g.nodes.size(), arcs);
  std::vector<std::size_t> size(g.nodes.size(), 0);
  for (const StreetEdge& edge : g.edges) ++size[piece[edge.from]];
  const auto largest = static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
  Dead dead(g.edges.size(), 0);
  for (std::size_t e = 0; e < g.edges.size(); ++e) dead[e] = piece[g.edges[e].from] != largest ? 1 : 0;
  compact(g, dead);
}

// A main street that ends at lesser ones is not a main street on its last stretch: it takes the class of
// the best street it meets there.
void demote_loose_ends(StreetGraph& g, const Box2& extent, const RunContext& context) {
  const Box2 inner = extent.grown(-20);
  for (bool again = true; again;) {
    context.check_stop();
    again = false;
    const auto at = edges_at_nodes(g);
    for (std::uint32_t n = 0; n < at.size(); ++n) {
      if (at[n].empty() || !inner.contains(g.nodes[n])) continue;
      std::uint32_t first = at[n][0];
      for (std::uint32_t e : at[n])
        if (g.edges[e].road_class < g.edges[first].road_class) first = e;
      const RoadClass own = g.edges[first].road_class;
      if (own > RoadClass::secondary) continue;
      RoadClass next = RoadClass::residential;
      for (std::uint32_t e : at[n])
        if (e != first) next = std::min(next, g.edges[e].road_class);
      // A street may end at one of the next class down, not lower.
      const RoadClass lowest = own == RoadClass::primary ? RoadClass::secondary : RoadClass::tertiary;
      if (next <= lowest) continue;
      const RoadClass least = g.edges[first].bridge ? RoadClass::tertiary : RoadClass::residential;
      g.edges[first].road_class = own == RoadClass::primary ? RoadClass::secondary : least;
      again = true;
    }
  }
}

// Joins the two edges of a node where nothing meets, when they are the same kind of street.
void join_through_nodes(StreetGraph& g) {
  auto at = edges_at_nodes(g);
  Dead dead(g.edges.size(), 0);
  for (std::uint32_t n = 0; n < at.size(); ++n) {
    if (at[n].size() != 2 || at[n][0] == at[n][1]) continue;
    const std::uint32_t keep = std::min(at[n][0], at[n][1]);
    const std::uint32_t gone = std::max(at[n][0], at[n][1]);
    StreetEdge& a = g.edges[keep];
    StreetEdge b = g.edges[gone];
    if (a.road_class != b.road_class || a.bridge != b.bridge) continue;
    const std::uint32_t start = a.from == n ? a.to : a.from;
    const std::uint32_t end = b.from == n ? b.to : b.from;
    if (start == end) continue;
    if (a.to != n) std::reverse(a.points.begin(), a.points.end());
    if (b.from != n) std::reverse(b.points.begin(), b.points.end());
    a.points.insert(a.points.end(), b.points.begin() + 1, b.points.end());
    a.from = start;
    a.to = end;
    std::replace(at[end].begin(), at[end].end(), gone, keep);
    at[n].clear();
    dead[gone] = 1;
  }
  compact(g, dead);
}

void drop_unused_nodes(StreetGraph& g) {
  constexpr std::uint32_t kUnused = 0xFFFFFFFFU;
  std::vector<std::uint32_t> renamed(g.nodes.size(), kUnused);
  for (const StreetEdge& edge : g.edges) renamed[edge.from] = renamed[edge.to] = 0;
  std::vector<Point2> nodes;
  for (std::size_t n = 0; n < g.nodes.size(); ++n) {
    if (renamed[n] == kUnused) continue;
    renamed[n] = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back(g.nodes[n]);
  }
  for (StreetEdge& edge : g.edges) {
    edge.from = renamed[edge.from];
    edge.to = renamed[edge.to];
  }
  g.nodes = std::move(nodes);
}

}  // namespace

void tidy(StreetGraph& graph, const Box2& extent, const RunContext& context) {
  for (int round = 0; round < 12; ++round) {
    context.check_stop();
    drop_twins(graph);
    bool changed = drop_sharp_forks(graph);
    changed = drop_crossings(graph, extent, context) || changed;
    changed = drop_stubs(graph, extent, context) || changed;
    join_through_nodes(graph);
    changed = drop_slivers(graph, context) || changed;
    if (!changed) break;
  }
  while (drop_crossings(graph, extent, context)) {
  }
  drop_stubs(graph, extent, context);
  keep_largest_piece(graph);
  demote_loose_ends(graph, extent, context);
  join_through_nodes(graph);
  drop_twins(graph);
  keep_largest_piece(graph);
  drop_unused_nodes(graph);
}

}  // namespace citytwin::gis::generate
