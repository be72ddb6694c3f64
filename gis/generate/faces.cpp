#include "gis/generate/faces.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::gis::generate {

namespace {

// Half-edge 2e runs along edge e, 2e + 1 against it.
struct HalfEdges {
  explicit HalfEdges(const StreetGraph& g) : graph(g), around(g.nodes.size()), place(2 * g.edges.size()) {
    std::vector<std::vector<std::pair<double, std::uint32_t>>> leaving(g.nodes.size());
    for (std::uint32_t h = 0; h < 2 * g.edges.size(); ++h) {
      const Polyline& p = g.edges[h / 2].points;
      const Point2 d = h % 2 == 0 ? p[1] - p[0] : p[p.size() - 2] - p.back();
      leaving[tail(h)].emplace_back(std::atan2(d.y, d.x), h);
    }
    for (std::size_t n = 0; n < leaving.size(); ++n) {
      std::sort(leaving[n].begin(), leaving[n].end());
      for (const auto& [angle, h] : leaving[n]) {
        place[h] = static_cast<std::uint32_t>(around[n].size());
        around[n].push_back(h);
      }
    }
  }
  [[nodiscard]] std::uint32_t tail(std::uint32_t h) const {
    return h % 2 == 0 ? graph.edges[h / 2].from : graph.edges[h / 2].to;
  }
  [[nodiscard]] std::uint32_t head(std::uint32_t h) const { return tail(h ^ 1U); }
  // The next half-edge clockwise from the twin: the face stays on the left.
  [[nodiscard]] std::uint32_t next(std::uint32_t h) const {
    const auto& ring = around[head(h)];
    return ring[(place[h ^ 1U] + ring.size() - 1) % ring.size()];
  }
  const StreetGraph& graph;
  std::vector<std::vector<std::uint32_t>> around;
  std::vector<std::uint32_t> place;
};

Ring ring_of(const StreetGraph& graph, const std::vector<std::uint32_t>& cycle) {
  Ring ring;
  for (std::uint32_t h : cycle) {
    const Polyline& p = graph.edges[h / 2].points;
    if (h % 2 == 0)
      ring.insert(ring.end(), p.begin(), p.end() - 1);
    else
      ring.insert(ring.end(), p.rbegin(), p.rend() - 1);
  }
  return ring;
}

// A closed walk without the edges it uses both ways falls into simple cycles.
std::vector<std::vector<std::uint32_t>> simple_cycles(const HalfEdges& half,
                                                      const std::vector<std::uint32_t>& walk) {
  std::vector<std::uint32_t> sorted = walk;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::vector<std::uint32_t>> cycles;
  std::vector<std::uint32_t> stack;
  for (std::uint32_t h : walk) {
    if (std::binary_search(sorted.begin(), sorted.end(), h ^ 1U)) continue;
    stack.push_back(h);
    for (std::size_t k = stack.size(); k-- > 0;)
      if (half.tail(stack[k]) == half.head(h)) {
        cycles.emplace_back(stack.begin() + static_cast<std::ptrdiff_t>(k), stack.end());
        stack.resize(k);
        break;
      }
  }
  return cycles;
}

}  // namespace

std::vector<StreetFace> find_faces(const StreetGraph& graph, const RunContext& context) {
  const HalfEdges half(graph);
  std::vector<std::uint8_t> seen(2 * graph.edges.size(), 0);
  std::vector<StreetFace> faces;
  for (std::uint32_t start = 0; start < seen.size(); ++start) {
    context.check_stop();
    if (seen[start] != 0) continue;
    std::vector<std::uint32_t> walk;
    for (std::uint32_t h = start; seen[h] == 0; h = half.next(h)) {
      seen[h] = 1;
      walk.push_back(h);
    }
    StreetFace face;
    std::size_t outers = 0;
    for (const auto& cycle : simple_cycles(half, walk)) {
      Ring ring = ring_of(graph, cycle);
      if (signed_area(ring) > 0) {
        ++outers;
        face.polygon.outer = std::move(ring);
      } else if (signed_area(ring) < 0) {
        face.polygon.holes.push_back(std::move(ring));
      }
    }
    if (outers != 1) continue;  // the unbounded face
    std::sort(walk.begin(), walk.end());
    for (std::size_t k = 0; k < walk.size(); ++k) {
      const bool both_ways = k + 1 < walk.size() && walk[k + 1] / 2 == walk[k] / 2;
      (both_ways ? face.dead_ends : face.edges).push_back(walk[k] / 2);
      if (both_ways) ++k;
    }
    for (std::uint32_t h : walk)
      for (std::uint32_t other : half.around[half.tail(h)])
        if (!std::binary_search(face.edges.begin(), face.edges.end(), other / 2))
          face.corners.push_back(other / 2);
    std::sort(face.corners.begin(), face.corners.end());
    face.corners.erase(std::unique(face.corners.begin(), face.corners.end()), face.corners.end());
    faces.push_back(std::move(face));
  }
  return faces;
}

}  // namespace citytwin::gis::generate
