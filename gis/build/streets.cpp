#include "gis/build/streets.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "gis/build/place_features.hpp"
#include "gis/build/street_pieces.hpp"

namespace citytwin::gis {

namespace {

constexpr double kControlReach = 50;  // [m] a stop or give-way sign belongs to a junction at most this far on
constexpr double kEntryReach = 200;   // [m] a dead end this near the extent is a street that goes on outside

int rank(JunctionControl control) {
  switch (control) {
    case JunctionControl::signals:
      return 4;
    case JunctionControl::roundabout:
      return 3;
    case JunctionControl::stop:
      return 2;
    case JunctionControl::give_way:
      return 1;
    case JunctionControl::none:
      break;
  }
  return 0;
}

// Andrew's monotone chain, counter-clockwise.
Ring convex_hull(std::vector<Point2> points) {
  std::sort(points.begin(), points.end(),
            [](Point2 a, Point2 b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  Ring hull;
  for (int half = 0; half < 2; ++half) {
    const std::size_t base = hull.size();
    for (const Point2 p : points) {
      while (hull.size() >= base + 2 && cross(hull.back() - hull[hull.size() - 2], p - hull.back()) <= 0)
        hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

class StreetBuilder {
 public:
  StreetBuilder(const OsmRead& osm, const ClipArea& area, std::string source_key, SourceId source,
                ImportLog& log)
      : osm_(osm), area_(area), source_key_(std::move(source_key)), source_(source), log_(log) {}

  StreetsBuilt run() {
    pieces_ = cut_into_pieces(osm_, area_);
    count_uses();
    for (std::size_t begin = 0; begin < osm_.roads.size();) {
      std::size_t end = begin + 1;
      while (end < osm_.roads.size() && osm_.roads[end].way == osm_.roads[begin].way) ++end;
      add_way(begin, end);
      begin = end;
    }
    control_books();
    turn_restrictions();
    entries();
    return std::move(built_);
  }

 private:
  Junctions& junctions() { return built_.streets.junctions; }
  Links& links() { return built_.streets.links; }

  // A node is a junction where streets meet or end, and where a signal stops traffic.
  void count_uses() {
    uses_.assign(osm_.nodes.size(), 0);
    for (const StreetPiece& piece : pieces_)
      for (std::size_t v = 0; v < piece.vertices.size(); ++v) {
        const std::uint32_t node = piece.vertices[v].node;
        if (node == StreetVertex::kCut) continue;
        const bool end = v == 0 || v + 1 == piece.vertices.size();
        uses_[node] += end ? 2 : 1;
      }
    for (std::size_t n = 0; n < osm_.nodes.size(); ++n) {
      const JunctionControl control = osm_.nodes[n].control;
      if (uses_[n] > 0 && (control == JunctionControl::signals || control == JunctionControl::roundabout))
        uses_[n] += 2;
    }
    junction_of_.assign(osm_.nodes.size(), JunctionId{});
  }

  JunctionId junction_at(const StreetVertex& vertex, std::int64_t way) {
    if (vertex.node != StreetVertex::kCut && !junction_of_[vertex.node].is_none())
      return junction_of_[vertex.node];
    const JunctionId id(junctions().size());
    junctions().position.push_back(vertex.position);
    if (vertex.node == StreetVertex::kCut) {
      junctions().origin.push_back("way/" + std::to_string(way) + "@cut" + std::to_string(++cuts_of_way_),
                                   Provenance::derived, source_);
      junctions().control.push_back(JunctionControl::none);
      cut_.push_back(true);
      return id;
    }
    const OsmNode& node = osm_.nodes[vertex.node];
    junctions().origin.push_back("node/" + std::to_string(node.id), Provenance::given, source_);
    junctions().control.push_back(node.control);
    cut_.push_back(node.clipped_here);
    junction_of_[vertex.node] = id;
    return id;
  }

  void add_way(std::size_t begin, std::size_t end) {
    const std::size_t first_link = links().size();
    cuts_of_way_ = 0;
    for (; next_piece_ < pieces_.size() && pieces_[next_piece_].road < end; ++next_piece_)
      add_links(pieces_[next_piece_]);
    const std::size_t made = links().size() - first_link;
    ImportCount& count = count_of(log_, source_key_, "highway ways");
    if (made == 0) {
      count.drop("dropped.outside_extent");
      return;
    }
    ++count.kept;
    count.added_by_splitting += made - 1;
    const std::string stem = "way/" + std::to_string(osm_.roads[begin].way);
    for (std::size_t k = 0; k < made; ++k) links().origin.key[first_link + k] = piece_key(stem, k, made);
  }

  void add_links(const StreetPiece& piece) {
    const auto& v = piece.vertices;
    std::size_t start = 0;
    for (std::size_t i = 1; i < v.size(); ++i) {
      const bool last = i + 1 == v.size();
      if (!last && (v[i].node == StreetVertex::kCut || uses_[v[i].node] < 2)) continue;
      add_link(osm_.roads[piece.road], std::span(v).subspan(start, i - start + 1));
      start = i;
    }
  }

  void add_link(const OsmRoad& road, std::span<const StreetVertex> vertices) {
    Links& l = links();
    l.origin.push_back({}, road.estimated ? Provenance::estimated : Provenance::given, source_);
    l.from.push_back(junction_at(vertices.front(), road.way));
    l.to.push_back(junction_at(vertices.back(), road.way));
    Polyline line;
    for (const StreetVertex& vertex : vertices) line.push_back(vertex.position);
    l.geometry.push_back(line);
    l.road_class.push_back(road.road_class);
    l.name.push_back(road.name);
    l.lanes_forward.push_back(road.lanes_forward);
    l.lanes_backward.push_back(road.lanes_backward);
    l.turn_lanes_forward.push_back(road.turn_lanes_forward);
    l.turn_lanes_backward.push_back(road.turn_lanes_backward);
    l.speed.push_back(road.speed);
    l.access.push_back(road.access);
    l.structure.push_back(road.structure);
    l.level.push_back(road.level);
    way_of_link_.push_back(road.way);
    if (road.roundabout)
      for (const JunctionId end : {l.from.back(), l.to.back()})
        raise_control(end, JunctionControl::roundabout);
    signs_on_link(vertices);
  }

  void raise_control(JunctionId id, JunctionControl control) {
    JunctionControl& now = junctions().control[id.row()];
    if (rank(control) > rank(now)) now = control;
  }

  // Signs stand some metres before the junction they belong to.
  void signs_on_link(std::span<const StreetVertex> vertices) {
    for (std::size_t i = 1; i + 1 < vertices.size(); ++i) {
      if (vertices[i].node == StreetVertex::kCut) continue;
      const JunctionControl control = osm_.nodes[vertices[i].node].control;
      if (control == JunctionControl::none) continue;
      double before = 0, after = 0;
      for (std::size_t k = 1; k < vertices.size(); ++k)
        (k <= i ? before : after) += distance(vertices[k - 1].position, vertices[k].position);
      ImportCount& count = count_of(log_, source_key_, "junction control nodes");
      if (std::min(before, after) > kControlReach) {
        count.drop("dropped.far_from_junction");
        continue;
      }
      ++count.merged;
      raise_control(before <= after ? links().from.back() : links().to.back(), control);
    }
  }

  void control_books() {
    for (std::size_t n = 0; n < osm_.nodes.size(); ++n) {
      if (osm_.nodes[n].control == JunctionControl::none) continue;
      ImportCount& count = count_of(log_, source_key_, "junction control nodes");
      if (!junction_of_[n].is_none())
        ++count.kept;
      else if (uses_[n] == 0)
        count.drop("dropped.outside_extent");
    }
  }

  void turn_restrictions() {
    std::unordered_map<std::int64_t, std::uint32_t> node_row;
    for (std::uint32_t n = 0; n < osm_.nodes.size(); ++n) node_row.emplace(osm_.nodes[n].id, n);
    std::vector<std::vector<LinkId>> at_junction(junctions().size());
    for (std::size_t l = 0; l < links().size(); ++l) {
      at_junction[links().from[l].row()].push_back(LinkId(l));
      if (links().to[l] != links().from[l]) at_junction[links().to[l].row()].push_back(LinkId(l));
    }
    TurnRestrictions& rows = built_.streets.turn_restrictions;
    for (const OsmTurnRestriction& r : osm_.turn_restrictions) {
      ImportCount& count = count_of(log_, source_key_, "turn restrictions");
      const std::string key = "relation/" + std::to_string(r.relation);
      const auto via = node_row.find(r.via_node);
      if (via == node_row.end() || junction_of_[via->second].is_none()) {
        count.drop(via != node_row.end() && uses_[via->second] > 0 ? "dropped.restriction_ambiguous"
                                                                   : "dropped.outside_extent");
        continue;
      }
      const JunctionId junction = junction_of_[via->second];
      const auto link_of = [&](std::int64_t way) {
        std::pair<LinkId, int> found{LinkId{}, 0};
        for (const LinkId l : at_junction[junction.row()])
          if (way_of_link_[l.row()] == way) found = {l, found.second + 1};
        return found;
      };
      const auto [from, froms] = link_of(r.from_way);
      const auto [to, tos] = link_of(r.to_way);
      if (froms != 1 || tos != 1) {
        const char* reason =
            froms == 0 || tos == 0 ? "dropped.restriction_members" : "dropped.restriction_ambiguous";
        count.drop(reason);
        log_.findings.push_back({reason, source_key_, key, junctions().position[junction.row()]});
        continue;
      }
      ++count.kept;
      rows.key.push_back(key);
      rows.from.push_back(from);
      rows.to.push_back(to);
      rows.via.push_back(junction);
      rows.only.push_back(r.only ? 1 : 0);
    }
  }

  // Can a car come in from outside at this end of the link?
  [[nodiscard]] bool leads_in(std::size_t l, bool at_start) const {
    const Links& links = built_.streets.links;
    const std::uint8_t lanes = at_start ? links.lanes_forward[l] : links.lanes_backward[l];
    return links.road_class[l] <= RoadClass::tertiary && lanes > 0 && (links.access[l] & Access::kCar) != 0;
  }

  void entries() {
    std::vector<std::uint32_t> degree(junctions().size(), 0);
    for (std::size_t l = 0; l < links().size(); ++l) {
      ++degree[links().from[l].row()];
      ++degree[links().to[l].row()];
    }
    // An extract may follow a border rather than the box it states: then its outermost streets show the edge.
    // Main roads only: a lesser street may well end at the sea.
    const Ring outline = convex_hull(junctions().position);
    std::vector<std::string> name(junctions().size());
    std::vector<bool> is_entry(junctions().size(), false);
    for (std::size_t l = 0; l < links().size(); ++l)
      for (const bool at_start : {true, false}) {
        const std::size_t j = (at_start ? links().from[l] : links().to[l]).row();
        if (!leads_in(l, at_start) || degree[j] != 1) continue;
        const Point2 here = junctions().position[j];
        const bool main_road = links().road_class[l] <= RoadClass::primary;
        const bool leads_out = cut_[j] || area_.distance_to_edge(here) <= kEntryReach ||
                               (main_road && distance_to_ring(here, outline) <= kEntryReach);
        if (!leads_out) continue;
        is_entry[j] = true;
        name[j] = links().name[l];
      }
    for (std::size_t j = 0; j < is_entry.size(); ++j)
      if (is_entry[j]) built_.entries.push_back({JunctionId(j), name[j]});
  }

  const OsmRead& osm_;
  const ClipArea& area_;
  std::string source_key_;
  SourceId source_;
  ImportLog& log_;
  StreetsBuilt built_;
  std::vector<StreetPiece> pieces_;
  std::size_t next_piece_ = 0;
  std::vector<std::uint32_t> uses_;      // of each node
  std::vector<JunctionId> junction_of_;  // of each node
  std::vector<bool> cut_;                // of each junction: the street goes on outside
  std::vector<std::int64_t> way_of_link_;
  int cuts_of_way_ = 0;
};

}  // namespace

StreetsBuilt build_streets(const OsmRead& osm, const ClipArea& area, const std::string& source_key,
                           SourceId source, ImportLog& log) {
  return StreetBuilder(osm, area, source_key, source, log).run();
}

}  // namespace citytwin::gis
