// Everything that covers ground, from closed ways and multipolygon relations: buildings, land cover, water,
// facilities. Relations come first, so that their outer ways are not read once more by themselves.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "gis/readers/osm.hpp"
#include "gis/readers/osm_books.hpp"
#include "gis/readers/osm_rings.hpp"
#include "gis/readers/osm_scan.hpp"

namespace citytwin::gis::osm {

class AreaReader {
 public:
  // Reads into `out`; all are to outlive the reader.
  AreaReader(const Scan& scan, const WaysById& ways, OsmRead& out, Books& books)
      : scan_(scan), ways_(ways), out_(out), books_(books), edge_(scan.header_box.value_or(scan.node_box)) {}

  void relation(const osmium::Relation& relation);
  void way(const osmium::Way& way);  // after all relations

 private:
  // Which multipolygon relation, and which kind of area, a way is the outer ring of.
  struct OuterOf {
    bool building = false;
    bool area = false;  // the relation has a meaning of its own
  };

  void untagged_multipolygon(const osmium::Relation& relation);
  void take_building(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                     const AreaRead& area);
  void take_area(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                 const AreaRead& area, std::vector<OsmArea>& out, OsmArea row);
  void take_facility(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                     const AreaRead& area, FacilityKind facility);
  void log_repairs(const AreaRead& area, const std::string& key);
  void merge(const char* kind);

  const Scan& scan_;
  const WaysById& ways_;
  OsmRead& out_;
  Books& books_;
  ExtractEdge edge_;
  std::unordered_map<std::int64_t, OuterOf> outer_of_;
  std::unordered_map<std::int64_t, std::vector<Ring>> holes_of_;
};

}  // namespace citytwin::gis::osm
