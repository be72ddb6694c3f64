#include "gis/readers/osm_rings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

namespace citytwin::gis::osm {

namespace {

constexpr std::size_t kMostLooseChains = 100;  // joining them costs the cube
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
    for (bool turned = false; ring.front() != ring.back();) {
      const auto& candidates = ends[ring.back()];
      const auto next =
          std::find_if(candidates.begin(), candidates.end(), [&](std::size_t k) { return !used[k]; });
      if (next == candidates.end()) {  // no way on from here: go on at the other end, once
        if (std::exchange(turned, true)) break;
        std::reverse(ring.begin(), ring.end());
        continue;
      }
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

// Rings from chains that the extract's edge has cut open; empty if some end is loose elsewhere.
std::vector<Ring> close_at_edge(const std::vector<NodeIds>& chains, const NodePlaces& places,
                                const ExtractEdge& edge, AreaRead& area) {
  std::vector<Polyline> open;
  for (const NodeIds& chain : chains) {
    if (chain.front() == chain.back()) continue;
    Polyline line;
    for (const std::int64_t id : chain)
      if (const auto place = places.find(id); place && (line.empty() || !(line.back() == *place)))
        line.push_back(*place);
    if (line.size() < 2) continue;
    if (!edge.near(line.front()) || !edge.near(line.back())) return {};
    open.push_back(std::move(line));
  }
  if (open.size() > kMostLooseChains) return {};
  std::vector<Ring> rings;
  while (!open.empty()) {
    // The shortest gap: from the end of chain i to an end of chain j, or to its own start.
    std::size_t best_i = 0, best_j = 0;
    bool best_flip_i = false, best_flip_j = false;
    double best = std::numeric_limits<double>::infinity();
    const auto consider = [&](std::size_t i, std::size_t j, bool flip_i, bool flip_j, double gap) {
      if (gap < best) best = gap, best_i = i, best_j = j, best_flip_i = flip_i, best_flip_j = flip_j;
    };
    for (std::size_t i = 0; i < open.size(); ++i) {
      consider(i, i, false, false, metres_like(open[i].back(), open[i].front()));
      for (std::size_t j = i + 1; j < open.size(); ++j)
        for (const bool flip_i : {false, true})
          for (const bool flip_j : {false, true})
            consider(i, j, flip_i, flip_j,
                     metres_like(flip_i ? open[i].front() : open[i].back(),
                                 flip_j ? open[j].back() : open[j].front()));
    }
    if (best_i == best_j) {
      if (std::isnan(area.place.x)) area.place = open[best_i].front();
      rings.push_back(std::move(open[best_i]));
    } else {
      if (best_flip_i) std::reverse(open[best_i].begin(), open[best_i].end());
      if (best_flip_j) std::reverse(open[best_j].begin(), open[best_j].end());
      open[best_i].insert(open[best_i].end(), open[best_j].begin(), open[best_j].end());
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(best_j));
  }
  std::erase_if(rings, [](const Ring& ring) { return ring.size() < 3; });
  return rings;
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
  std::vector<Box2> boxes;
  for (const Polygon& polygon : area.polygons) boxes.push_back(bounds(polygon.outer));
  for (Ring& hole : inner) {
    Polygon* around = nullptr;
    const Box2 box = bounds(hole);
    for (std::size_t k = 0; k < boxes.size(); ++k) {
      if (!boxes[k].overlaps(box)) continue;
      Polygon& polygon = area.polygons[k];
      const bool holds =
          std::any_of(hole.begin(), hole.end(), [&](Point2 p) { return contains(polygon.outer, p); });
      if (holds &&
          (around == nullptr || std::abs(signed_area(polygon.outer)) < std::abs(signed_area(around->outer))))
        around = &polygon;
    }
    if (around != nullptr)
      around->holes.push_back(std::move(hole));
    else
      note(area.repairs, "repaired.hole_outside");
  }
}

}  // namespace

bool ExtractEdge::near(Point2 p) const {
  const double reach = std::min({0.01, 0.1 * box_.width(), 0.1 * box_.height()});
  return !box_.grown(-reach).contains(p);
}

AreaRead area_of_way(const osmium::Way& way, const NodePlaces& places, const ExtractEdge& edge,
                     bool always_close) {
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
    if (!always_close && gap > 0.5 * drawn && !(edge.near(ring.front()) && edge.near(ring.back()))) {
      area.dropped = "dropped.open_line";
      return area;
    }
    if (gap > 0) note(area.repairs, "repaired.unclosed_ring");
  }
  area.polygons.push_back({std::move(ring), {}});
  return area;
}

AreaRead area_of_relation(const osmium::Relation& relation, const WaysById& ways, const NodePlaces& places,
                          const ExtractEdge& edge) {
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
  const std::vector<NodeIds> chains = join_chains(std::move(outer));
  bool loose = false;
  for (Ring& ring : rings_of(chains, places, area, loose)) area.polygons.push_back({std::move(ring), {}});
  for (Ring& ring : close_at_edge(chains, places, edge, area)) {
    area.polygons.push_back({std::move(ring), {}});
    note(area.repairs, "repaired.closed_at_edge");
    loose = false;
  }
  incomplete |= loose;
  place_holes(rings_of(join_chains(std::move(inner)), places, area, incomplete), area);
  if (area.polygons.empty())
    area.dropped = "dropped.incomplete_multipolygon";
  else if (incomplete)
    note(area.repairs, "repaired.incomplete_multipolygon");
  return area;
}

}  // namespace citytwin::gis::osm
