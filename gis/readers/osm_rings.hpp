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
  std::vector<Polygon> polygons;     // longitude, latitude; rings open; not checked for crossings
  std::vector<std::string> repairs;  // codes for ImportFinding
  std::string dropped;               // reason, when polygons is empty
  Point2 place;                      // of any of its nodes; NaN if it has none
};

// The edge of the extract, where areas are cut off.
class ExtractEdge {
 public:
  explicit ExtractEdge(const Box2& box) : box_(box) {}
  // Within a tenth of the extract's smaller side, and within 0.01 degree.
  [[nodiscard]] bool near(Point2 p) const;

 private:
  Box2 box_;
};

// `always_close`: an open way is closed whatever its gap (buildings); otherwise only when the gap is at most
// half the length drawn or both ends lie near the extract's edge, since a long open way may be a line.
[[nodiscard]] AreaRead area_of_way(const osmium::Way& way, const NodePlaces& places, const ExtractEdge& edge,
                                   bool always_close);

using WaysById = std::unordered_map<std::int64_t, const osmium::Way*>;  // looked up only, never walked

// Joins the member ways at shared end nodes (https://wiki.openstreetmap.org/wiki/Relation:multipolygon);
// inner rings go to the smallest outer ring around them. Outer rings that the extract has cut open, so that
// all their loose ends lie near its edge, are closed by joining the ends that are nearest to each other (the
// two banks of a river); loose ends anywhere else mean missing members, and those rings are left out.
[[nodiscard]] AreaRead area_of_relation(const osmium::Relation& relation, const WaysById& ways,
                                        const NodePlaces& places, const ExtractEdge& edge);

}  // namespace citytwin::gis::osm
