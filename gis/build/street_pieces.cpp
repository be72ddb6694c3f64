#include "gis/build/street_pieces.hpp"

#include <numeric>

namespace citytwin::gis {

namespace {

// Nodes that neighbour each other on a way and lie at one place: a link between them would have no length.
std::vector<std::uint32_t> same_place(const OsmRead& osm) {
  std::vector<std::uint32_t> parent(osm.nodes.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t n) {
    while (parent[n] != n) n = parent[n] = parent[parent[n]];
    return n;
  };
  for (const OsmRoad& road : osm.roads)
    for (std::size_t i = 1; i < road.nodes.size(); ++i) {
      const std::uint32_t a = road.nodes[i - 1];
      const std::uint32_t b = road.nodes[i];
      if (a == b || !(osm.nodes[a].position == osm.nodes[b].position)) continue;
      const auto [low, high] = std::minmax({root(a), root(b)});
      parent[high] = low;
    }
  for (std::uint32_t n = 0; n < parent.size(); ++n) parent[n] = root(n);
  return parent;
}

class Cutter {
 public:
  Cutter(const ClipArea& area, std::vector<StreetPiece>& out) : area_(area), out_(out) {}

  void begin(std::size_t road) { piece_ = {road, {}}; }
  void step(const StreetVertex& a, bool a_inside, const StreetVertex& b, bool b_inside) {
    if (a_inside && b_inside) {
      add(a);
      add(b);
      return;
    }
    const Polyline segment{a.position, b.position};
    for (const Polyline& part : area_.clip(segment)) {
      // The ends of a part are nodes where the segment's own ends are inside, else points on the edge.
      const bool from_a = a_inside && part.front() == a.position;
      if (!from_a) flush();
      add(from_a ? a : StreetVertex{part.front()});
      const bool to_b = b_inside && part.back() == b.position;
      add(to_b ? b : StreetVertex{part.back()});
      if (!to_b) flush();
    }
    if (!b_inside) flush();
  }
  void flush() {
    if (piece_.vertices.size() >= 2) out_.push_back(piece_);
    piece_.vertices.clear();
  }

 private:
  void add(const StreetVertex& vertex) {
    if (!piece_.vertices.empty() && piece_.vertices.back().position == vertex.position) {
      if (piece_.vertices.back().node == StreetVertex::kCut) piece_.vertices.back() = vertex;
      return;
    }
    piece_.vertices.push_back(vertex);
  }
  const ClipArea& area_;
  std::vector<StreetPiece>& out_;
  StreetPiece piece_;
};

}  // namespace

std::vector<StreetPiece> cut_into_pieces(const OsmRead& osm, const ClipArea& area) {
  const std::vector<std::uint32_t> canonical = same_place(osm);
  std::vector<bool> inside(osm.nodes.size());
  for (std::size_t n = 0; n < osm.nodes.size(); ++n) inside[n] = area.contains(osm.nodes[n].position);
  std::vector<StreetPiece> pieces;
  Cutter cutter(area, pieces);
  for (std::size_t r = 0; r < osm.roads.size(); ++r) {
    cutter.begin(r);
    const auto& nodes = osm.roads[r].nodes;
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const std::uint32_t a = canonical[nodes[i - 1]];
      const std::uint32_t b = canonical[nodes[i]];
      if (a == b) continue;
      cutter.step({osm.nodes[a].position, a}, inside[a], {osm.nodes[b].position, b}, inside[b]);
    }
    cutter.flush();
  }
  return pieces;
}

}  // namespace citytwin::gis
