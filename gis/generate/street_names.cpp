#include "gis/generate/street_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

#include "engine/base/random.hpp"
#include "gis/generate/landscape.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr std::array<std::string_view, 110> kWords{
    "Abbey",    "Acorn",   "Alder",   "Anchor",   "Apple",    "Arbour", "Ash",    "Aspen",    "Bakers",
    "Barley",   "Barn",    "Basin",   "Beacon",   "Beech",    "Bell",   "Birch",  "Bishop",   "Bramble",
    "Brewers",  "Briar",   "Brick",   "Bridge",   "Brook",    "Castle", "Cedar",  "Chapel",   "Cherry",
    "Chestnut", "Church",  "Clover",  "Coopers",  "Copper",   "Corn",   "Cross",  "Crown",    "Dove",
    "Dyers",    "Eagle",   "Elder",   "Elm",      "Falcon",   "Fern",   "Ferry",  "Field",    "Fishers",
    "Flax",     "Forge",   "Foundry", "Fountain", "Fox",      "Friars", "Garden", "Gate",     "Glass",
    "Grange",   "Granary", "Green",   "Grove",    "Hawthorn", "Hazel",  "Heath",  "Heron",    "Hill",
    "Holly",    "Hop",     "Ivy",     "Juniper",  "Kestrel",  "Kiln",   "King",   "Larch",    "Lark",
    "Laurel",   "Lilac",   "Linden",  "Lock",     "Maple",    "Market", "Masons", "Meadow",   "Mill",
    "Mint",     "Moor",    "Nursery", "Oak",      "Orchard",  "Osier",  "Park",   "Pear",     "Pine",
    "Poplar",   "Potters", "Quarry",  "Queen",    "Rope",     "Rose",   "Rowan",  "Saddlers", "School",
    "Sorrel",   "Spring",  "Station", "Sycamore", "Tanners",  "Thorn",  "Tower",  "Violet",   "Weavers",
    "Willow",   "Yew"};
constexpr std::array<std::string_view, 9> kBefore{"",       "Old ",   "New ",  "North ", "South ",
                                                  "Upper ", "Lower ", "East ", "West "};

std::string_view ending_of(RoadClass road_class, std::size_t round) {
  constexpr std::array<std::string_view, 4> kLocal{"Street", "Lane", "Way", "Row"};
  switch (road_class) {
    case RoadClass::primary:
      return "Avenue";
    case RoadClass::secondary:
      return "Road";
    case RoadClass::tertiary:
      return "Quay";
    default:
      return kLocal[round % kLocal.size()];
  }
}

// Direction in which an edge leaves one of its ends.
Point2 leaving(const StreetEdge& edge, bool from_start) {
  const std::size_t n = edge.points.size();
  const Point2 d = from_start ? edge.points[1] - edge.points[0] : edge.points[n - 2] - edge.points[n - 1];
  return d * (1 / length(d));
}

std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t e) {
  while (parent[e] != e) e = parent[e] = parent[parent[e]];
  return e;
}

}  // namespace

std::vector<std::uint32_t> find_strokes(const StreetGraph& graph) {
  struct End {
    std::uint32_t edge;
    Point2 direction;
    bool joined = false;
  };
  std::vector<std::vector<End>> ends(graph.nodes.size());
  std::vector<std::uint32_t> parent(graph.edges.size());
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    parent[e] = e;
    ends[graph.edges[e].from].push_back({e, leaving(graph.edges[e], true)});
    ends[graph.edges[e].to].push_back({e, leaving(graph.edges[e], false)});
  }
  const double straight = -std::cos(35 * std::numbers::pi / 180);
  for (auto& here : ends)
    while (true) {  // the straightest pair left
      End* first = nullptr;
      End* second = nullptr;
      double best = straight;
      for (std::size_t i = 0; i < here.size(); ++i)
        for (std::size_t j = i + 1; j < here.size(); ++j) {
          if (here[i].joined || here[j].joined || here[i].edge == here[j].edge) continue;
          if (graph.edges[here[i].edge].road_class != graph.edges[here[j].edge].road_class) continue;
          const double turn = dot(here[i].direction, here[j].direction);
          if (turn >= best) continue;
          best = turn;
          first = &here[i];
          second = &here[j];
        }
      if (first == nullptr) break;
      first->joined = second->joined = true;
      const std::uint32_t a = root(parent, first->edge);
      const std::uint32_t b = root(parent, second->edge);
      parent[std::max(a, b)] = std::min(a, b);
    }
  std::vector<std::uint32_t> stroke(graph.edges.size());
  std::uint32_t count = 0;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const std::uint32_t r = root(parent, e);
    stroke[e] = r == e ? count++ : stroke[r];
  }
  return stroke;
}

std::vector<std::string> name_streets(std::uint64_t seed, const StreetGraph& graph) {
  const Random random(seed, kStreetStream);
  std::array<std::size_t, kWords.size()> order;
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  for (std::size_t k = order.size(); k-- > 1;)
    std::swap(order[k],
              order[random.below(static_cast<std::uint32_t>(k + 1), static_cast<std::uint32_t>(k), 0, 90)]);
  const auto stroke = find_strokes(graph);
  std::vector<std::string> of_stroke;
  std::array<std::size_t, 16> used{};  // names given per road class
  std::vector<std::string> names;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    if (stroke[e] == of_stroke.size()) {
      const RoadClass road_class = graph.edges[e].road_class;
      const bool local = road_class > RoadClass::tertiary;
      const std::size_t n = used[local ? 15 : static_cast<std::size_t>(road_class)]++;
      const std::size_t round = n / kWords.size();
      const std::size_t endings = local ? 4 : 1;
      const std::size_t before = round / endings;
      std::string name = fmt::format("{}{} {}", kBefore[before % kBefore.size()],
                                     kWords[order[n % kWords.size()]], ending_of(road_class, round));
      if (before >= kBefore.size()) name += fmt::format(" {}", before / kBefore.size() + 1);
      of_stroke.push_back(std::move(name));
    }
    names.push_back(of_stroke[stroke[e]]);
  }
  return names;
}

}  // namespace citytwin::gis::generate
