// Streets from tags: class, lanes, one-way, speed, access.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis::osm {

namespace {

constexpr std::uint8_t kDrive = Access::kCar | Access::kHeavy | Access::kBus | Access::kEmergency;
constexpr std::uint8_t kAll = kDrive | Access::kBicycle | Access::kFoot;

struct ClassDefaults {
  std::string_view highway;
  RoadClass road_class;
  double speed_kmh;
  std::uint8_t lanes_one_way, lanes_each_way;
  std::uint8_t access;
};

// Speed: where no sign is mapped, the usual limit inside built-up areas (50 km/h in most signatories of the
// Vienna Convention on Road Traffic; OSM wiki "Default speed limits"); motorways and trunks as outside;
// walking and cycling ways at walking and cycling speed. Access: OSM wiki "OSM tags for routing/Access
// restrictions", the table for countries without an own one. Rows that use a default are marked estimated.
constexpr std::array kDefaults = std::to_array<ClassDefaults>({
    {"motorway", RoadClass::motorway, 120, 2, 2, kDrive},
    {"motorway_link", RoadClass::motorway, 60, 1, 1, kDrive},
    {"trunk", RoadClass::trunk, 90, 2, 1, kDrive | Access::kBicycle},
    {"trunk_link", RoadClass::trunk, 50, 1, 1, kDrive | Access::kBicycle},
    {"primary", RoadClass::primary, 50, 1, 1, kAll},
    {"primary_link", RoadClass::primary, 50, 1, 1, kAll},
    {"secondary", RoadClass::secondary, 50, 1, 1, kAll},
    {"secondary_link", RoadClass::secondary, 50, 1, 1, kAll},
    {"tertiary", RoadClass::tertiary, 50, 1, 1, kAll},
    {"tertiary_link", RoadClass::tertiary, 50, 1, 1, kAll},
    {"unclassified", RoadClass::residential, 50, 1, 1, kAll},
    {"residential", RoadClass::residential, 50, 1, 1, kAll},
    {"road", RoadClass::residential, 50, 1, 1, kAll},
    {"living_street", RoadClass::residential, 20, 1, 1, kAll},
    {"service", RoadClass::service, 20, 1, 1, kAll},
    {"busway", RoadClass::service, 50, 1, 1, Access::kBus | Access::kEmergency},
    {"bus_guideway", RoadClass::service, 50, 1, 1, Access::kBus},
    {"track", RoadClass::track, 20, 1, 1, kAll},
    {"pedestrian", RoadClass::pedestrian, 5, 1, 1, Access::kFoot | Access::kEmergency},
    {"footway", RoadClass::path, 5, 1, 1, Access::kFoot},
    {"path", RoadClass::path, 5, 1, 1, Access::kFoot | Access::kBicycle},
    {"cycleway", RoadClass::path, 18, 1, 1, Access::kBicycle | Access::kFoot},
    {"bridleway", RoadClass::path, 5, 1, 1, Access::kFoot},
    {"steps", RoadClass::path, 3, 1, 1, Access::kFoot},
});

const ClassDefaults* defaults_of(std::string_view highway) {
  const auto* it =
      std::find_if(kDefaults.begin(), kDefaults.end(), [&](const auto& d) { return d.highway == highway; });
  return it == kDefaults.end() ? nullptr : &*it;
}

bool denies(std::string_view value) {
  return value == "no" || value == "private" || value == "agricultural" || value == "forestry" ||
         value == "military" || value == "use_sidepath" || value == "discouraged";
}

bool allows(std::string_view value) {
  return value == "yes" || value == "designated" || value == "official" || value == "permissive" ||
         value == "destination" || value == "customers" || value == "delivery" || value == "residents";
}

// From the general to the particular, each later key overriding the earlier: access > vehicle >
// motor_vehicle > motorcar, hgv, psv, bus; foot and bicycle stand apart (OSM wiki "Key:access").
std::uint8_t access_from(const osmium::TagList& tags, std::uint8_t bits) {
  struct Rule {
    const char* key;
    std::uint8_t mask;
  };
  constexpr std::uint8_t kMotor = Access::kCar | Access::kHeavy | Access::kBus;
  constexpr std::array kRules = std::to_array<Rule>({
      {"access", kMotor | Access::kBicycle | Access::kFoot},
      {"vehicle", kMotor | Access::kBicycle},
      {"motor_vehicle", kMotor},
      {"motorcar", Access::kCar},
      {"goods", Access::kHeavy},
      {"hgv", Access::kHeavy},
      {"psv", Access::kBus},
      {"bus", Access::kBus},
      {"bicycle", Access::kBicycle},
      {"foot", Access::kFoot},
      {"emergency", Access::kEmergency},
  });
  for (const Rule& rule : kRules) {
    const std::string_view value = value_of(tags, rule.key);
    // A general "yes" opens nothing that the class itself keeps shut (access=yes on a footway).
    if (denies(value))
      bits &= static_cast<std::uint8_t>(~rule.mask);
    else if (allows(value) && std::string_view(rule.key) != "access")
      bits |= rule.mask;
  }
  return bits;
}

std::optional<int> small_integer(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && (end == text.data() + text.size() || *end == ';' || *end == '.');
  if (!whole || value < 1 || value > 20) return std::nullopt;
  return value;
}

enum class Flow { both, forward, backward };

Flow flow_of(const osmium::TagList& tags, std::string_view highway, bool roundabout) {
  const std::string_view oneway = value_of(tags, "oneway");
  if (oneway == "yes" || oneway == "true" || oneway == "1") return Flow::forward;
  if (oneway == "-1" || oneway == "reverse") return Flow::backward;
  if (oneway == "no" || oneway == "false" || oneway == "0") return Flow::both;
  const bool implied = roundabout || highway == "motorway" || highway == "motorway_link";
  return implied ? Flow::forward : Flow::both;
}

std::uint8_t as_lanes(int n) { return static_cast<std::uint8_t>(n); }

void set_lanes(const osmium::TagList& tags, Flow flow, const ClassDefaults& defaults, OsmRoad& road) {
  const auto total = small_integer(value_of(tags, "lanes"));
  const auto forward = small_integer(value_of(tags, "lanes:forward"));
  const auto backward = small_integer(value_of(tags, "lanes:backward"));
  if (flow != Flow::both) {
    const auto given = total ? total : (flow == Flow::forward ? forward : backward);
    const std::uint8_t lanes = given ? as_lanes(*given) : defaults.lanes_one_way;
    road.lanes_forward = flow == Flow::forward ? lanes : std::uint8_t{0};
    road.lanes_backward = flow == Flow::backward ? lanes : std::uint8_t{0};
    road.estimated |= !given;
    return;
  }
  const auto rest = [&](int part) { return std::max(1, total.value_or(2 * part) - part); };
  if (forward && backward) {
    road.lanes_forward = as_lanes(*forward);
    road.lanes_backward = as_lanes(*backward);
  } else if (forward) {
    road.lanes_forward = as_lanes(*forward);
    road.lanes_backward = as_lanes(rest(*forward));
  } else if (backward) {
    road.lanes_backward = as_lanes(*backward);
    road.lanes_forward = as_lanes(rest(*backward));
  } else if (total) {  // an odd lane more belongs to the forward direction; one lane is shared by both
    road.lanes_forward = as_lanes(std::max(1, (*total + 1) / 2));
    road.lanes_backward = as_lanes(std::max(1, *total / 2));
  } else {
    road.lanes_forward = road.lanes_backward = defaults.lanes_each_way;
    road.estimated = true;
  }
}

void set_turn_lanes(const osmium::TagList& tags, Flow flow, OsmRoad& road) {
  const std::string_view plain = value_of(tags, "turn:lanes");
  road.turn_lanes_forward = value_of(tags, "turn:lanes:forward");
  road.turn_lanes_backward = value_of(tags, "turn:lanes:backward");
  if (road.turn_lanes_forward.empty() && flow == Flow::forward) road.turn_lanes_forward = plain;
  if (road.turn_lanes_backward.empty() && flow == Flow::backward) road.turn_lanes_backward = plain;
}

void set_speed(const osmium::TagList& tags, const ClassDefaults& defaults, OsmRoad& road) {
  for (const char* key : {"maxspeed", "maxspeed:forward", "maxspeed:backward", "zone:maxspeed"})
    if (const auto speed = speed_from_text(value_of(tags, key))) {
      road.speed = *speed;
      return;
    }
  road.speed = defaults.speed_kmh / 3.6;
  road.estimated = true;
}

}  // namespace

std::optional<double> speed_from_text(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text == "walk" || text.ends_with(":walk") || text.ends_with(":living_street")) return 7 / 3.6;
  // Implicit limits by sign or zone; the values most European countries share (OSM wiki, as above).
  if (text.ends_with(":urban")) return 50 / 3.6;
  if (text.ends_with(":rural")) return 90 / 3.6;
  if (text.ends_with(":motorway") || text == "none") return 130 / 3.6;
  const std::size_t colon = text.rfind(':');  // "FR:30", "DE:zone:30", "DE:zone30"
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  if (text.starts_with("zone")) text.remove_prefix(4);
  const std::string number(text.substr(0, text.find(';')));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !std::isfinite(value) || value < 1 || value > 250) return std::nullopt;
  std::string_view unit(end);
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (unit.empty() || unit == "km/h" || unit == "kmh" || unit == "kph") return value / 3.6;
  if (unit == "mph") return value * 0.44704;
  if (unit == "knots") return value * 1852.0 / 3600.0;
  return std::nullopt;
}

std::optional<OsmRoad> road_from(const osmium::TagList& tags) {
  const std::string_view highway = value_of(tags, "highway");
  const ClassDefaults* defaults = defaults_of(highway);
  if (defaults == nullptr) return std::nullopt;
  OsmRoad road;
  road.road_class = defaults->road_class;
  road.name = value_of(tags, "name");
  if (road.name.empty()) road.name = value_of(tags, "ref");
  const std::string_view junction = value_of(tags, "junction");
  road.roundabout = junction == "roundabout" || junction == "circular";
  const Flow flow = flow_of(tags, highway, road.roundabout);
  set_lanes(tags, flow, *defaults, road);
  set_turn_lanes(tags, flow, road);
  set_speed(tags, *defaults, road);
  road.access = access_from(tags, defaults->access);
  road.structure = structure_from(tags);
  road.level = level_from(tags, road.structure);
  return road;
}

JunctionControl control_from(const osmium::TagList& tags) {
  const std::string_view highway = value_of(tags, "highway");
  if (highway == "traffic_signals") return JunctionControl::signals;
  if (highway == "stop") return JunctionControl::stop;
  if (highway == "give_way") return JunctionControl::give_way;
  if (highway == "mini_roundabout") return JunctionControl::roundabout;
  if (highway == "crossing" && value_of(tags, "crossing") == "traffic_signals")
    return JunctionControl::signals;
  return JunctionControl::none;
}

Structure structure_from(const osmium::TagList& tags) {
  const std::string_view bridge = value_of(tags, "bridge");
  if (!bridge.empty() && bridge != "no") return Structure::bridge;
  const std::string_view tunnel = value_of(tags, "tunnel");
  // A building passage is open at the ground: cars and water pass at street level.
  if (!tunnel.empty() && tunnel != "no" && tunnel != "building_passage") return Structure::tunnel;
  const std::string_view ford = value_of(tags, "ford");
  if (!ford.empty() && ford != "no") return Structure::ford;
  const std::string_view layer = value_of(tags, "layer");
  if (layer.size() > 1 && layer.front() == '-' && tunnel != "building_passage") {
    const std::string_view covered = value_of(tags, "covered");
    return covered.empty() || covered == "no" ? Structure::underpass : Structure::tunnel;
  }
  return Structure::ground;
}

std::int8_t level_from(const osmium::TagList& tags, Structure structure) {
  const std::string_view layer = value_of(tags, "layer");
  int value = 0;
  const char* begin = layer.data() + (layer.starts_with('+') ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, layer.data() + layer.size(), value);
  if (!layer.empty() && error == std::errc{} && end == layer.data() + layer.size() && std::abs(value) <= 10)
    return static_cast<std::int8_t>(value);
  if (structure == Structure::bridge) return 1;
  if (structure == Structure::tunnel || structure == Structure::underpass) return -1;
  return 0;
}

}  // namespace citytwin::gis::osm
