// OpenStreetMap extracts (.osm, .osm.gz, .osm.bz2, .osm.pbf) through libosmium: plain rows with longitude (x)
// and latitude (y) in degrees. Ways keep their node numbers, so that streets can be cut where they meet.
// Tag meanings: https://wiki.openstreetmap.org/wiki/Map_features
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

struct OsmNode {
  std::int64_t id = 0;
  Point2 position;  // longitude, latitude
  JunctionControl control =
      JunctionControl::none;  // from highway=traffic_signals | stop | give_way | mini_roundabout
  bool clipped_here = false;  // the file holds no further nodes of a way that goes on
};

// A way with highway=*, before it is cut at junctions. Forward is the way's own direction.
struct OsmRoad {
  std::int64_t way = 0;
  std::vector<std::uint32_t> nodes;  // rows of OsmRead::nodes, at least two
  RoadClass road_class = RoadClass::other;
  std::string name;
  std::uint8_t lanes_forward = 1, lanes_backward = 1;
  std::string turn_lanes_forward, turn_lanes_backward;
  double speed = 0;  // [m/s]
  std::uint8_t access = 0;
  Structure structure = Structure::ground;
  std::int8_t level = 0;
  bool roundabout = false;
  bool estimated = false;  // speed or lanes are defaults of the class
};

struct OsmTurnRestriction {
  std::int64_t relation = 0, from_way = 0, to_way = 0, via_node = 0;
  bool only = false;
};

struct OsmArea {     // land cover and water
  std::string key;   // "way/1", "relation/2", "relation/2#1"
  std::string kind;  // of the books: "land cover ways" ...
  Polygon area;
  LandCoverClass cover = LandCoverClass::unknown;  // land cover only
  WaterKind water = WaterKind::lake;               // water only
  std::string name;
};

struct OsmWaterway {
  std::string key;
  Polyline line;  // in flow direction
  WaterwayKind kind = WaterwayKind::stream;
  double width = kUnknown;  // [m]
  Structure structure = Structure::ground;
  std::int8_t level = 0;
  std::string name;
};

struct OsmFacility {
  std::string key;
  std::string books;  // of the books: "facility nodes" | "facility ways" | "facility relations"
  FacilityKind kind = FacilityKind::other;
  std::string name;
  Point2 position;  // of a way or relation: centroid of its largest ring
  std::optional<Polygon> area;
  double capacity = 0;  // 0 = unknown
};

struct OsmBuilding {
  std::string books;     // "building ways" | "building relations"
  BuildingFragment row;  // footprint closed, but not yet checked for crossings
};

struct OsmCoastline {  // land on the left, water on the right
  std::string key;
  Polyline line;
};

struct OsmRead {
  std::optional<Box2> header_box;  // longitude, latitude; none: the file has no bounds
  Box2 node_box;                   // of all valid nodes
  std::string date;                // ISO 8601, of the header; empty if unknown
  std::uint64_t node_count = 0, way_count = 0, relation_count = 0;
  std::vector<OsmNode> nodes;  // those of roads, in order of first use
  std::vector<OsmRoad> roads;
  std::vector<OsmTurnRestriction> turn_restrictions;
  std::vector<OsmBuilding> buildings;
  std::vector<OsmArea> land_cover, water;
  std::vector<OsmWaterway> waterways;
  std::vector<OsmCoastline> coastlines;
  std::vector<OsmFacility> facilities;
  // Books so far: `read` and what the reader itself dropped or merged; `kept` is left to the import, which
  // clips. Places of findings in longitude and latitude.
  ImportLog log;
};

// `file` has passed safe_input(). Errors: unreadable, truncated or empty file; a format that is not OSM;
// more than `context.memory_limit_bytes` expected.
Result<OsmRead> read_osm(const std::filesystem::path& file, const std::string& source_key,
                         const RunContext& context);

}  // namespace citytwin::gis
