// Rings of areas from closed ways and from multipolygon relations.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>

#include "engine/geo/polygon.hpp"
#include "gis/readers/osm_scan.hpp"

namespace citytwin::gis::osm {

struct AreaRead {
  std::vector<Polygon> polygons;        // longitude, latitude; rings open; not checked for crossings
  std::vector<std::string> repairs;     // codes for ImportFinding
  std::string dropped;                  // reason, when polygons is empty
  Point2 place;                         // of any of its nodes; NaN if it has none
};

// `always_close`: an open way is closed whatever its gap (buildings); otherwise only when the gap is at most
// half the length drawn, since a long open way may be a line.
[[nodiscard]] AreaRead area_of_way(const osmium::Way& way, const NodePlaces& places, bool always_close);

using WaysById = std::unordered_map<std::int64_t, const osmium::Way*>;  // looked up only, never walked

// Joins the member ways at shared end nodes (https://wiki.openstreetmap.org/wiki/Relation:multipolygon);
// inner rings go to the smallest outer ring around them.
[[nodiscard]] AreaRead area_of_relation(const osmium::Relation& relation, const WaysById& ways,
                                        const NodePlaces& places);

}  // namespace citytwin::gis::osm
