#include "gis/readers/osm_areas.hpp"

#include <algorithm>

#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis::osm {

void AreaReader::log_repairs(const AreaRead& area, const std::string& key) {
  for (const std::string& code : area.repairs) books_.find(code, key, area.place);
}

void AreaReader::merge(const char* kind) {
  ++books_.of(kind).read;
  ++books_.of(kind).merged;
}

void AreaReader::take_building(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                               const AreaRead& area) {
  ++books_.of(kind).read;
  if (!is_building(tags)) {
    books_.of(kind).drop("dropped.not_a_building");
    return;
  }
  if (area.polygons.empty()) {
    books_.drop_dirt(kind, area.dropped, key, area.place);
    return;
  }
  log_repairs(area, key);
  BuildingFragment row;
  building_from(tags, row);
  for (std::size_t p = 0; p < area.polygons.size(); ++p) {
    row.key = piece_key(key, p, area.polygons.size());
    row.footprint = area.polygons[p];
    out_.buildings.push_back({kind, row});
  }
}

void AreaReader::take_area(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                           const AreaRead& area, std::vector<OsmArea>& out, OsmArea row) {
  ++books_.of(kind).read;
  if (area.polygons.empty()) {
    books_.drop_dirt(kind, area.dropped, key, area.place);
    return;
  }
  log_repairs(area, key);
  row.kind = kind;
  row.name = value_of(tags, "name");
  for (std::size_t p = 0; p < area.polygons.size(); ++p) {
    row.key = piece_key(key, p, area.polygons.size());
    row.area = area.polygons[p];
    out.push_back(row);
  }
}

void AreaReader::take_facility(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                               const AreaRead& area, FacilityKind facility) {
  ++books_.of(kind).read;
  if (area.polygons.empty()) {
    books_.drop_dirt(kind, area.dropped, key, area.place);
    return;
  }
  const auto largest = std::max_element(
      area.polygons.begin(), area.polygons.end(),
      [](const Polygon& a, const Polygon& b) { return citytwin::area(a) < citytwin::area(b); });
  out_.facilities.push_back({key, kind, facility, std::string(value_of(tags, "name")), centroid(*largest),
                             *largest, capacity_from(tags)});
}

void AreaReader::relation(const osmium::Relation& relation) {
  const osmium::TagList& tags = relation.tags();
  const bool multipolygon = value_of(tags, "type") == "multipolygon";
  const bool building = tags.has_key("building");
  // type=building only groups an outline, a way of its own, with its parts.
  if (building && value_of(tags, "type") == "building") return merge("building relations");
  const auto cover = multipolygon ? land_cover_from(tags) : std::nullopt;
  const auto water = multipolygon ? water_from(tags) : std::nullopt;
  const auto facility = multipolygon ? facility_from(tags) : std::nullopt;
  if (!building && !cover && !water && !facility) {
    if (multipolygon) untagged_multipolygon(relation);
    return;
  }
  const AreaRead area = area_of_relation(relation, ways_, scan_.places, edge_);
  const std::string key = relation_key(relation.id());
  if (building) take_building(tags, "building relations", key, area);
  if (water)
    take_area(tags, "water relations", key, area, out_.water, {.water = *water});
  else if (cover)
    take_area(tags, "land cover relations", key, area, out_.land_cover, {.cover = *cover});
  if (facility) take_facility(tags, "facility relations", key, area, *facility);
  if (area.polygons.empty()) return;
  for (const auto& member : relation.members())
    if (member.type() == osmium::item_type::way && std::string_view(member.role()) != "inner") {
      OuterOf& outer = outer_of_[member.ref()];
      outer.building |= building;
      outer.area |= cover.has_value() || water.has_value();
    }
}

// The old style: the meaning is on the one outer way, the relation only cuts the holes.
void AreaReader::untagged_multipolygon(const osmium::Relation& relation) {
  const AreaRead area = area_of_relation(relation, ways_, scan_.places, edge_);
  if (area.polygons.size() != 1 || area.polygons.front().holes.empty()) return;
  std::int64_t outer_way = 0;
  int outers = 0;
  for (const auto& member : relation.members())
    if (member.type() == osmium::item_type::way && std::string_view(member.role()) != "inner") {
      outer_way = member.ref();
      ++outers;
    }
  if (outers == 1) holes_of_[outer_way] = area.polygons.front().holes;
}

void AreaReader::way(const osmium::Way& way) {
  const osmium::TagList& tags = way.tags();
  const bool building = tags.has_key("building");
  const auto water = water_from(tags);
  const auto cover = land_cover_from(tags);
  const auto facility = facility_from(tags);
  if (!building && !water && !cover && !facility) return;
  AreaRead area = area_of_way(way, scan_.places, edge_, building || facility);
  if (const auto it = holes_of_.find(way.id()); it != holes_of_.end() && area.polygons.size() == 1)
    area.polygons.front().holes = it->second;
  const std::string key = way_key(way.id());
  const auto outer = outer_of_.find(way.id());
  if (building) {
    if (outer != outer_of_.end() && outer->second.building)
      merge("building ways");
    else
      take_building(tags, "building ways", key, area);
  }
  const bool in_relation = outer != outer_of_.end() && outer->second.area;
  if (water || cover) {
    const char* kind = water ? "water ways" : "land cover ways";
    if (in_relation)
      merge(kind);
    else if (water)
      take_area(tags, kind, key, area, out_.water, {.water = *water});
    else
      take_area(tags, kind, key, area, out_.land_cover, {.cover = *cover});
  }
  if (facility) take_facility(tags, "facility ways", key, area, *facility);
}

}  // namespace citytwin::gis::osm
