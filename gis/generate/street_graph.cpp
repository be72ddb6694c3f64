#include "gis/generate/street_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gis/generate/segment_buckets.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kBucket = 50;     // [m]
constexpr double kMerge = 17;      // nodes nearer than this become one [m]
constexpr double kSimplify = 1.5;  // tolerance of street geometry [m]

// Douglas and Peucker 1973 between kept vertices.
void mark_kept(const Polyline& points, std::size_t first, std::size_t last, std::vector<std::uint8_t>& keep) {
  double worst = kSimplify;
  std::size_t at = first;
  for (std::size_t k = first + 1; k < last; ++k) {
    const double d = distance_to_segment(points[k], points[first], points[last]);
    if (d > worst) {
      worst = d;
      at = k;
    }
  }
  if (at == first) return;
  keep[at] = 1;
  mark_kept(points, first, at, keep);
  mark_kept(points, at, last, keep);
}

void simplify(StreetLine& line) {
  const std::size_t n = line.points.size();
  std::vector<std::uint8_t> keep(n, 0);
  keep[0] = keep[n - 1] = keep[n / 2] = 1;  // the middle one keeps closed rings open
  for (std::size_t k = 0; k + 1 < n; ++k)
    if (line.bridge[k] != 0) keep[k] = keep[k + 1] = 1;
  std::size_t previous = 0;
  std::vector<std::size_t> fixed;
  for (std::size_t k = 0; k < n; ++k)
    if (keep[k] != 0) fixed.push_back(k);
  for (std::size_t k : fixed) {
    if (k > previous) mark_kept(line.points, previous, k, keep);
    previous = k;
  }
  StreetLine out;
  out.road_class = line.road_class;
  out.family = line.family;
  for (std::size_t k = 0; k < n; ++k) {
    if (keep[k] == 0) continue;
    if (!out.points.empty()) out.bridge.push_back(line.bridge[k - 1]);
    out.points.push_back(line.points[k]);
  }
  line = std::move(out);
}

double reach_of(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::primary:
      return 700;
    case RoadClass::secondary:
      return 330;
    default:
      return 120;
  }
}

SegmentBuckets index_lines(const std::vector<StreetLine>& lines, const Box2& extent) {
  SegmentBuckets buckets(extent, kBucket);
  for (std::size_t l = 0; l < lines.size(); ++l)
    for (std::size_t k = 0; k + 1 < lines[l].points.size(); ++k)
      buckets.add({lines[l].points[k], lines[l].points[k + 1], static_cast<std::uint32_t>(l),
                   static_cast<std::uint32_t>(k)});
  return buckets;
}

// Where the end of a line meets another street: straight ahead, or else beside it. NaN = nowhere.
Point2 meeting_point(const SegmentBuckets& buckets, const StreetLine& line, std::uint32_t number, bool at_end,
                     const std::function<bool(Point2)>& dry) {
  const auto& pts = line.points;
  const Point2 end = at_end ? pts.back() : pts.front();
  const Point2 before = at_end ? pts[pts.size() - 2] : pts[1];
  const Point2 heading = (end - before) * (1 / distance(end, before));
  const double reach = reach_of(line.road_class);
  const auto own_end = [&](const Segment& s) {
    return s.line == number && (at_end ? s.index + 3 > pts.size() - 2 : s.index < 2);
  };
  const auto dry_to = [&](Point2 target) {
    const double whole = distance(end, target);
    for (double s = 6; s < whole; s += 8)
      if (!dry(end + (target - end) * (s / whole))) return false;
    return true;
  };
  double best = 2;
  Box2 box;
  box.add(end);
  box.add(end + heading * reach);
  buckets.near(box, [&](const Segment& s) {
    Crossing x;
    if (own_end(s) || !crossing_of(end, end + heading * reach, s.a, s.b, x)) return;
    best = std::min(best, x.s);
  });
  const Point2 ahead = end + heading * (reach * best + 1);
  if (best <= 1 && dry_to(ahead)) return ahead;
  double nearest = reach * 0.6;
  Point2 foot{std::numeric_limits<double>::quiet_NaN(), 0};
  Box2 around;
  around.add(end);
  buckets.near(around.grown(nearest), [&](const Segment& s) {
    if (own_end(s)) return;
    const Point2 ab = s.b - s.a;
    const double t = std::clamp(dot(end - s.a, ab) / std::max(dot(ab, ab), 1e-9), 0.0, 1.0);
    const Point2 q = s.a + ab * t;
    if (distance(q, end) >= nearest || dot(q - end, heading) < -0.3 * distance(q, end)) return;
    nearest = distance(q, end);
    foot = q;
  });
  if (std::isnan(foot.x) || nearest < 1e-6 || !dry_to(foot))
    return {std::numeric_limits<double>::quiet_NaN(), 0};
  return foot + (foot - end) * (1 / nearest);
}

void join_loose_ends(std::vector<StreetLine>& lines, const Box2& extent,
                     const std::function<bool(Point2)>& dry, const RunContext& context) {
  const SegmentBuckets buckets = index_lines(lines, extent);
  const Box2 inner = extent.grown(-1);
  std::vector<std::array<Point2, 2>> joins(lines.size());
  for (std::size_t l = 0; l < lines.size(); ++l)
    for (const bool at_end : {false, true}) {
      context.check_stop();
      const Point2 end = at_end ? lines[l].points.back() : lines[l].points.front();
      Point2& join = joins[l][at_end ? 1 : 0];
      join.x = std::numeric_limits<double>::quiet_NaN();
      if (lines[l].points.front() == lines[l].points.back() || !inner.contains(end)) continue;
      join = meeting_point(buckets, lines[l], static_cast<std::uint32_t>(l), at_end, dry);
    }
  for (std::size_t l = 0; l < lines.size(); ++l) {
    if (!std::isnan(joins[l][0].x)) {
      lines[l].points.insert(lines[l].points.begin(), joins[l][0]);
      lines[l].bridge.insert(lines[l].bridge.begin(), 0);
    }
    if (!std::isnan(joins[l][1].x)) {
      lines[l].points.push_back(joins[l][1]);
      lines[l].bridge.push_back(0);
    }
  }
}

// Gives each point the first earlier point within kMerge, or itself.
class NodeMerger {
 public:
  explicit NodeMerger(const Box2& extent)
      : grid_{extent.min, kMerge, static_cast<int>(extent.width() / kMerge) + 1,
              static_cast<int>(extent.height() / kMerge) + 1},
        buckets_(grid_.size()) {}

  std::uint32_t node_at(Point2 p) {
    const int i = std::clamp(grid_.column(p.x), 0, grid_.nx - 1);
    const int j = std::clamp(grid_.row(p.y), 0, grid_.ny - 1);
    double best = kMerge;
    std::uint32_t found = 0xFFFFFFFFU;
    for (int dj = -1; dj <= 1; ++dj)
      for (int di = -1; di <= 1; ++di) {
        if (!grid_.inside(i + di, j + dj)) continue;
        for (std::uint32_t n : buckets_[grid_.index(i + di, j + dj)])
          if (distance(nodes[n], p) < best) {
            best = distance(nodes[n], p);
            found = n;
          }
      }
    if (found != 0xFFFFFFFFU) return found;
    buckets_[grid_.index(i, j)].push_back(static_cast<std::uint32_t>(nodes.size()));
    nodes.push_back(snap(p));
    return static_cast<std::uint32_t>(nodes.size() - 1);
  }
  std::vector<Point2> nodes;

 private:
  GridSpec grid_;
  std::vector<std::vector<std::uint32_t>> buckets_;
};

struct Cut {
  double at;  // segment index + share of the segment
  Point2 point;
  std::uint32_t node = 0;
};

void append_edges(const StreetLine& line, const std::vector<Cut>& cuts, const std::vector<Point2>& nodes,
                  std::vector<StreetEdge>& edges) {
  for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
    StreetEdge edge;
    edge.from = cuts[c].node;
    edge.to = cuts[c + 1].node;
    edge.road_class = line.road_class;
    const double middle = (cuts[c].at + cuts[c + 1].at) / 2;
    edge.bridge = line.bridge[std::min(static_cast<std::size_t>(middle), line.bridge.size() - 1)] != 0;
    edge.points.push_back(nodes[edge.from]);
    for (auto k = static_cast<std::size_t>(std::floor(cuts[c].at)) + 1;
         static_cast<double>(k) < cuts[c + 1].at; ++k) {
      const Point2 p = snap(line.points[k]);
      if (distance(p, nodes[edge.from]) > 14 && distance(p, nodes[edge.to]) > 14) edge.points.push_back(p);
    }
    edge.points.push_back(nodes[edge.to]);
    if (edge.from == edge.to && length(edge.points) < 150) continue;
    edges.push_back(std::move(edge));
  }
}

}  // namespace

double half_width(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::primary:
      return 13;
    case RoadClass::secondary:
      return 10;
    case RoadClass::tertiary:
      return 8.5;
    default:
      return 6.5;
  }
}

StreetGraph node_lines(const std::vector<StreetLine>& lines, const Box2& extent, const RunContext& context) {
  std::vector<std::vector<Cut>> cuts(lines.size());
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const StreetLine& line = lines[l];
    cuts[l].push_back({0, line.points.front()});
    cuts[l].push_back({static_cast<double>(line.points.size() - 1), line.points.back()});
    for (std::size_t k = 1; k < line.bridge.size(); ++k)
      if (line.bridge[k] != line.bridge[k - 1]) cuts[l].push_back({static_cast<double>(k), line.points[k]});
  }
  index_lines(lines, extent).crossings([&](const Segment& p, const Segment& q, const Crossing& x) {
    context.check_stop();
    if (p.line == q.line && (p.index > q.index ? p.index - q.index : q.index - p.index) < 2) return;
    const Point2 at = p.a + (p.b - p.a) * x.s;
    cuts[p.line].push_back({p.index + x.s, at});
    cuts[q.line].push_back({q.index + x.t, at});
  });
  // Bridge ends first, then the higher classes: they stay where they are and the others come to them.
  std::vector<std::uint32_t> order(lines.size());
  for (std::size_t l = 0; l < lines.size(); ++l) order[l] = static_cast<std::uint32_t>(l);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return lines[a].road_class < lines[b].road_class;
  });
  NodeMerger merger(extent);
  for (std::uint32_t l : order)
    for (std::size_t k = 1; k < lines[l].bridge.size(); ++k)
      if (lines[l].bridge[k] != lines[l].bridge[k - 1]) merger.node_at(lines[l].points[k]);
  StreetGraph graph;
  for (std::uint32_t l : order) {
    context.check_stop();
    std::stable_sort(cuts[l].begin(), cuts[l].end(), [](const Cut& a, const Cut& b) { return a.at < b.at; });
    for (Cut& cut : cuts[l]) cut.node = merger.node_at(cut.point);
  }
  for (std::uint32_t l : order) append_edges(lines[l], cuts[l], merger.nodes, graph.edges);
  graph.nodes = std::move(merger.nodes);
  return graph;
}

StreetGraph build_street_graph(std::vector<StreetLine> lines, const Box2& extent,
                               const std::function<bool(Point2)>& dry, const RunContext& context) {
  for (StreetLine& line : lines) simplify(line);
  join_loose_ends(lines, extent, dry, context);
  StreetGraph graph = node_lines(lines, extent, context);
  tidy(graph, extent, context);
  return graph;
}

}  // namespace citytwin::gis::generate
