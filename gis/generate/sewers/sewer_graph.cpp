#include "gis/generate/sewers/sewer_graph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace citytwin::gis {

namespace {

constexpr double kShortLink = 20;                   // [m] below, its junctions share a node ...
constexpr double kLargestNode = 40;                 // ... unless they would spread over more than this
constexpr double kLaneWidth = 3.25, kFootways = 3;  // [m]
constexpr std::uint32_t kNoNode = 0xFFFFFFFFU;

// Junctions in groups; the group's lowest row stands for it.
class Groups {
 public:
  explicit Groups(const std::vector<Point2>& points) : parent_(points.size()), box_(points.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    for (std::size_t k = 0; k < points.size(); ++k) box_[k].add(points[k]);
  }
  std::uint32_t of(std::uint32_t k) {
    while (parent_[k] != k) k = parent_[k] = parent_[parent_[k]];
    return k;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = of(a);
    b = of(b);
    if (a == b) return;
    if (b < a) std::swap(a, b);
    Box2 both = box_[a];
    both.add(box_[b]);
    if (std::hypot(both.width(), both.height()) > kLargestNode) return;
    parent_[b] = a;
    box_[a] = both;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<Box2> box_;
};

double ground_at(const Terrain& terrain, Point2 p) {
  const double z = sample_bilinear(terrain.elevation, p);
  return std::isnan(z) ? static_cast<double>(sample_nearest(terrain.elevation, p)) : z;
}

// The part of a line between two distances along it.
Polyline slice(std::span<const Point2> line, double begin, double end) {
  Polyline part{snap(point_along(line, begin))};
  double at = 0;
  for (std::size_t k = 1; k + 1 < line.size(); ++k) {
    at += distance(line[k - 1], line[k]);
    if (at > begin + 0.01 && at < end - 0.01) part.push_back(line[k]);
  }
  part.push_back(snap(point_along(line, end)));
  return part;
}

class Maker {
 public:
  Maker(const Streets& streets, const Terrain& terrain, double spacing)
      : streets_(streets), terrain_(terrain), spacing_(spacing), groups_(streets.junctions.position) {}

  SewerGraph run(const RunContext& context) {
    const Links& links = streets_.links;
    for (std::size_t l = 0; l < links.size(); ++l)
      if (carries_sewer(links, l)) used_.push_back(static_cast<std::uint32_t>(l));
    streets_end_ = used_.size();
    for (std::size_t l = 0; l < links.size(); ++l)
      if (may_carry_sewer(links, l)) used_.push_back(static_cast<std::uint32_t>(l));
    group_junctions();
    place_nodes();
    for (std::size_t k = 0; k < used_.size(); ++k) {
      context.check_stop();
      add_link(used_[k], k >= streets_end_);
    }
    index_trenches(graph_);
    return std::move(graph_);
  }

 private:
  [[nodiscard]] std::uint32_t from(std::uint32_t l) const { return streets_.links.from[l].value; }
  [[nodiscard]] std::uint32_t to(std::uint32_t l) const { return streets_.links.to[l].value; }

  void group_junctions() {
    std::vector<std::tuple<bool, double, std::uint32_t>> shortest;  // streets first
    for (std::size_t k = 0; k < used_.size(); ++k)
      if (const double d = length(streets_.links.geometry[used_[k]]); d < kShortLink)
        shortest.emplace_back(k >= streets_end_, d, used_[k]);
    std::sort(shortest.begin(), shortest.end());
    for (const auto& [spare, d, l] : shortest) groups_.join(from(l), to(l));
  }

  // A group's node is at its junction with the most links.
  void place_nodes() {
    const std::size_t n = streets_.junctions.size();
    std::vector<std::uint32_t> degree(n, 0);
    constexpr std::uint32_t kStreet = 1U << 16U;  // a street counts more than any number of paths
    for (std::size_t k = 0; k < used_.size(); ++k)
      for (const std::uint32_t end : {from(used_[k]), to(used_[k])})
        degree[end] += k < streets_end_ ? kStreet : 1;
    std::vector<std::uint32_t> best(n, kNoNode);
    for (std::uint32_t j = 0; j < n; ++j) {
      if (degree[j] == 0) continue;
      std::uint32_t& b = best[groups_.of(j)];
      if (b == kNoNode || degree[j] > degree[b]) b = j;
    }
    node_.assign(n, kNoNode);
    for (std::uint32_t j = 0; j < n; ++j)
      if (degree[j] > 0 && groups_.of(j) == j) {
        const std::uint32_t at = best[j];
        node_[j] = add_node(streets_.junctions.origin.key[at], streets_.junctions.position[at],
                            degree[at] >= kStreet);
      }
  }

  std::uint32_t add_node(const std::string& key, Point2 p, bool street) {
    const double z = ground_at(terrain_, p);
    if (std::isnan(z)) return kNoNode;
    graph_.key.push_back(key);
    graph_.position.push_back(p);
    graph_.ground.push_back(z);
    graph_.street.push_back(street ? 1 : 0);
    return static_cast<std::uint32_t>(graph_.nodes() - 1);
  }

  void add_trench(std::uint32_t a, std::uint32_t b, Polyline line, bool spare) {
    if (a == kNoNode || b == kNoNode || a == b) return;
    line.front() = graph_.position[a];
    line.back() = graph_.position[b];
    const double d = length(line);
    if (d > 0) graph_.trenches.push_back({a, b, std::move(line), d, spare});
  }

  void add_link(std::uint32_t l, bool spare) {
    const auto line = streets_.links.geometry[l];
    const double whole = length(line);
    const std::uint32_t a = node_[groups_.of(from(l))], b = node_[groups_.of(to(l))];
    if (a == b && whole < 2 * spacing_) return;  // inside a node, or a loop around it
    const auto pieces = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(whole / spacing_ - 0.1)));
    std::uint32_t last = a;
    for (std::size_t k = 1; k <= pieces; ++k) {
      const double begin = whole * static_cast<double>(k - 1) / static_cast<double>(pieces);
      const double end = whole * static_cast<double>(k) / static_cast<double>(pieces);
      const std::uint32_t next = k == pieces ? b
                                             : add_node(fmt::format("{}/{}", streets_.links.origin.key[l], k),
                                                        snap(point_along(line, end)), !spare);
      add_trench(last, next, slice(line, begin, end), spare);
      last = next;
    }
  }

  const Streets& streets_;
  const Terrain& terrain_;
  double spacing_;
  Groups groups_;
  std::vector<std::uint32_t> used_;  // links: streets, then spare ones
  std::size_t streets_end_ = 0;
  std::vector<std::uint32_t> node_;  // of a junction that stands for its group
  SewerGraph graph_;
};

}  // namespace

bool carries_sewer(const Links& links, std::size_t row) {
  if (links.structure[row] != Structure::ground && links.structure[row] != Structure::ford) return false;
  if (links.level[row] != 0) return false;
  switch (links.road_class[row]) {
    case RoadClass::trunk:
    case RoadClass::primary:
    case RoadClass::secondary:
    case RoadClass::tertiary:
    case RoadClass::residential:
    case RoadClass::pedestrian:
      return true;
    default:
      return false;
  }
}

bool may_carry_sewer(const Links& links, std::size_t row) {
  if (links.structure[row] != Structure::ground || links.level[row] != 0) return false;
  const RoadClass c = links.road_class[row];
  return c == RoadClass::service || c == RoadClass::path || c == RoadClass::other;
}

double street_width(const Links& links, std::size_t row) {
  const int lanes = std::max(1, int{links.lanes_forward[row]} + int{links.lanes_backward[row]});
  return kLaneWidth * std::min(lanes, 8) + kFootways;
}

void index_trenches(SewerGraph& graph) {
  std::vector<std::uint32_t>& first = graph.first;
  first.assign(graph.nodes() + 1, 0);
  for (const Trench& t : graph.trenches) {
    ++first[t.a + 1];
    ++first[t.b + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  graph.touching.resize(2 * graph.trenches.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (std::uint32_t t = 0; t < graph.trenches.size(); ++t) {
    graph.touching[next[graph.trenches[t].a]++] = t;
    graph.touching[next[graph.trenches[t].b]++] = t;
  }
}

SewerGraph sewer_graph(const Streets& streets, const Terrain& terrain, double spacing,
                       const RunContext& context) {
  return Maker(streets, terrain, spacing).run(context);
}

}  // namespace citytwin::gis
