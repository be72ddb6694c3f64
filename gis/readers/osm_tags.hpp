// What OpenStreetMap tags mean in the words of the model. Pure functions of an object's tags and members.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <osmium/osm/relation.hpp>
#include <osmium/osm/tag.hpp>

#include "gis/readers/osm.hpp"

namespace citytwin::gis::osm {

[[nodiscard]] std::string_view value_of(const osmium::TagList& tags, const char* key);  // "" if absent

// "50", "30 mph", "walk", "FR:urban", "50;30" → m/s; nullopt if absent or not a speed.
[[nodiscard]] std::optional<double> speed_from_text(std::string_view text);

// A street from its tags (not its nodes); nullopt: highway=* is no street (platform, construction ...).
[[nodiscard]] std::optional<OsmRoad> road_from(const osmium::TagList& tags);

[[nodiscard]] JunctionControl control_from(const osmium::TagList& tags);
[[nodiscard]] bool is_building(const osmium::TagList& tags);  // building=* other than no
void building_from(const osmium::TagList& tags, BuildingFragment& row);
[[nodiscard]] std::optional<LandCoverClass> land_cover_from(const osmium::TagList& tags);
[[nodiscard]] std::optional<WaterKind> water_from(const osmium::TagList& tags);
[[nodiscard]] std::optional<WaterwayKind> waterway_from(const osmium::TagList& tags);
[[nodiscard]] std::optional<FacilityKind> facility_from(const osmium::TagList& tags);
[[nodiscard]] double capacity_from(const osmium::TagList& tags);  // 0 = unknown
[[nodiscard]] Structure structure_from(const osmium::TagList& tags);
// layer=*, else 1 on bridges, -1 in tunnels, 0 otherwise.
[[nodiscard]] std::int8_t level_from(const osmium::TagList& tags, Structure structure);

// A relation of type restriction. Kept are those over a node that hold for everybody at all times.
struct Restriction {
  OsmTurnRestriction row;
  std::string dropped;  // reason, or empty
  bool dirt = false;    // dropped because members are missing, not because of its kind
};
[[nodiscard]] Restriction restriction_from(const osmium::Relation& relation);

}  // namespace citytwin::gis::osm
