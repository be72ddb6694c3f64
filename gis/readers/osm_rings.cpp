#include "gis/readers/osm_rings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace citytwin::gis::osm {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// East-west degrees shrink with latitude; good enough to compare lengths within one feature.
double metres_like(Point2 a, Point2 b) {
  const double shrink = std::cos(a.y * 3.14159265358979 / 180);
  return std::hypot((b.x - a.x) * shrink, b.y - a.y);
}

void note(std::vector<std::string>& codes, const char* code) {
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.emplace_back(code);
}

using NodeIds = std::vector<std::int64_t>;

Ring ring_of(const NodeIds& ids, const NodePlaces& places, AreaRead& area) {
  Ring ring;
  ring.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto place = places.find(ids[i]);
    if (!place) {
      note(area.repairs, "repaired.missing_node");
      continue;
    }
    if (std::isnan(area.place.x)) area.place = *place;
    if (ring.empty() || !(ring.back() == *place)) ring.push_back(*place);
  }
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

// Chains of ways, joined where ends meet. Takes ways in member order, so the result is the same every time.
std::vector<NodeIds> join_chains(std::vector<NodeIds> chains) {
  std::vector<NodeIds> closed, open;
  std::vector<bool> used(chains.size(), false);
  std::unordered_map<std::int64_t, std::vector<std::size_t>> ends;
  for (std::size_t c = 0; c < chains.size(); ++c)
    if (chains[c].front() != chains[c].back())
      for (const std::int64_t end : {chains[c].front(), chains[c].back()}) ends[end].push_back(c);
  for (std::size_t c = 0; c < chains.size(); ++c) {
    if (used[c]) continue;
    used[c] = true;
    NodeIds ring = std::move(chains[c]);
    while (ring.front() != ring.back()) {
      const auto& candidates = ends[ring.back()];
      const auto next = std::find_if(candidates.begin(), candidates.end(), [&](std::size_t k) { return !used[k]; });
      if (next == candidates.end()) break;
      used[*next] = true;
      NodeIds part = std::move(chains[*next]);
      if (part.front() != ring.back()) std::reverse(part.begin(), part.end());
      ring.insert(ring.end(), part.begin() + 1, part.end());
    }
    (ring.front() == ring.back() ? closed : open).push_back(std::move(ring));
  }
  // Open chains go last, so that the caller can tell by front() != back().
  closed.insert(closed.end(), std::make_move_iterator(open.begin()), std::make_move_iterator(open.end()));
  return closed;
}

std::vector<Ring> rings_of(const std::vector<NodeIds>& chains, const NodePlaces& places, AreaRead& area,
                           bool& incomplete) {
  std::vector<Ring> rings;
  for (const NodeIds& chain : chains) {
    if (chain.front() != chain.back()) {
      incomplete = true;
      continue;
    }
    Ring ring = ring_of(chain, places, area);
    if (ring.size() >= 3) rings.push_back(std::move(ring));
  }
  return rings;
}

void place_holes(std::vector<Ring> inner, AreaRead& area) {
  for (Ring& hole : inner) {
    Polygon* around = nullptr;
    for (Polygon& polygon : area.polygons) {
      const bool holds = std::any_of(hole.begin(), hole.end(), [&](Point2 p) { return contains(polygon.outer, p); });
      if (holds && (around == nullptr ||
                    std::abs(signed_area(polygon.outer)) < std::abs(signed_area(around->outer))))
        around = &polygon;
    }
    if (around != nullptr)
      around->holes.push_back(std::move(hole));
    else
      note(area.repairs, "repaired.hole_outside");
  }
}

}  // namespace

AreaRead area_of_way(const osmium::Way& way, const NodePlaces& places, bool always_close) {
  AreaRead area;
  area.place = {kNaN, kNaN};
  NodeIds ids;
  ids.reserve(way.nodes().size());
  for (const auto& ref : way.nodes()) ids.push_back(ref.ref());
  Ring ring = ring_of(ids, places, area);
  if (ring.size() < 3) {
    area.dropped = area.repairs.empty() ? "dropped.too_few_points" : "dropped.missing_nodes";
    return area;
  }
  if (ids.front() != ids.back()) {
    const double gap = metres_like(ring.back(), ring.front());
    double drawn = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) drawn += metres_like(ring[i - 1], ring[i]);
    if (!always_close && gap > 0.5 * drawn) {
      area.dropped = "dropped.open_line";
      return area;
    }
    if (gap > 0) note(area.repairs, "repaired.unclosed_ring");
  }
  area.polygons.push_back({std::move(ring), {}});
  return area;
}

AreaRead area_of_relation(const osmium::Relation& relation, const WaysById& ways, const NodePlaces& places) {
  AreaRead area;
  area.place = {kNaN, kNaN};
  std::vector<NodeIds> outer, inner;
  bool incomplete = false;
  for (const auto& member : relation.members()) {
    if (member.type() != osmium::item_type::way) continue;
    const auto it = ways.find(member.ref());
    if (it == ways.end() || it->second->nodes().size() < 2) {
      incomplete = true;
      continue;
    }
    NodeIds ids;
    for (const auto& ref : it->second->nodes()) ids.push_back(ref.ref());
    const std::string_view role = member.role();
    if (role == "part" || role == "outline") continue;  // of type=building, whose outline is a way of its own
    (role == "inner" ? inner : outer).push_back(std::move(ids));
  }
  for (Ring& ring : rings_of(join_chains(std::move(outer)), places, area, incomplete))
    area.polygons.push_back({std::move(ring), {}});
  place_holes(rings_of(join_chains(std::move(inner)), places, area, incomplete), area);
  if (area.polygons.empty())
    area.dropped = "dropped.incomplete_multipolygon";
  else if (incomplete)
    note(area.repairs, "repaired.incomplete_multipolygon");
  return area;
}

}  // namespace citytwin::gis::osm
