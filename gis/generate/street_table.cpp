// Lanes, speeds, signals and names of the generated streets.
#include <fmt/format.h>

#include "gis/generate/street_names.hpp"
#include "gis/generate/tables.hpp"

namespace citytwin::gis::generate {

namespace {

struct Profile {
  std::uint8_t lanes;  // per direction
  double speed_kmh;
};

Profile profile_of(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::primary:
      return {2, 60};
    case RoadClass::secondary:
    case RoadClass::tertiary:
      return {1, 50};
    default:
      return {1, 30};
  }
}

constexpr std::uint8_t kEverybody =
    Access::kCar | Access::kHeavy | Access::kBus | Access::kBicycle | Access::kFoot | Access::kEmergency;

// Signals where two arterials cross; elsewhere the lesser street gives way.
JunctionControl control_of(const std::vector<RoadClass>& classes) {
  int arterial = 0;
  int primary = 0;
  for (RoadClass c : classes) {
    if (c <= RoadClass::tertiary) ++arterial;
    if (c == RoadClass::primary) ++primary;
  }
  if (classes.size() < 3) return JunctionControl::none;
  if (arterial >= 4 || (arterial == 3 && primary >= 1)) return JunctionControl::signals;
  if (arterial >= 2) return JunctionControl::give_way;
  return JunctionControl::none;
}

}  // namespace

void fill_streets(CityTables& tables, std::uint64_t seed, const StreetGraph& graph,
                  const RunContext& context) {
  const auto names = name_streets(seed, graph);
  const SourceId source{std::size_t{0}};
  std::vector<std::vector<RoadClass>> meeting(graph.nodes.size());
  Links& links = tables.streets.links;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    context.check_stop();
    const StreetEdge& edge = graph.edges[e];
    const Profile profile = profile_of(edge.road_class);
    links.origin.push_back(fmt::format("link/{}", e + 1), Provenance::synthesised, source);
    links.from.emplace_back(edge.from);
    links.to.emplace_back(edge.to);
    links.geometry.push_back(edge.points);
    links.road_class.push_back(edge.road_class);
    links.name.push_back(names[e]);
    links.lanes_forward.push_back(profile.lanes);
    links.lanes_backward.push_back(profile.lanes);
    links.turn_lanes_forward.emplace_back();
    links.turn_lanes_backward.emplace_back();
    links.speed.push_back(profile.speed_kmh / 3.6);
    links.access.push_back(kEverybody);
    links.structure.push_back(edge.bridge ? Structure::bridge : Structure::ground);
    links.level.push_back(edge.bridge ? 1 : 0);
    meeting[edge.from].push_back(edge.road_class);
    meeting[edge.to].push_back(edge.road_class);
  }
  Junctions& junctions = tables.streets.junctions;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    junctions.origin.push_back(fmt::format("junction/{}", n + 1), Provenance::synthesised, source);
    junctions.position.push_back(graph.nodes[n]);
    junctions.control.push_back(control_of(meeting[n]));
  }
}

}  // namespace citytwin::gis::generate
