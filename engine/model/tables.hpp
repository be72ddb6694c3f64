// The tables of a city. Each is a struct of columns of equal length; row i of every column is the same
// thing. Lengths in metres in the city frame (x east, y north, z up in the city's vertical datum), speeds in
// m/s, money in the city's currency and price year. Any table may be empty.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/geo/grid.hpp"
#include "engine/geo/polygon.hpp"
#include "engine/geo/ragged.hpp"

namespace citytwin {

// How a row (or a column's value) came to be.
enum class Provenance : std::uint8_t { given, derived, estimated, synthesised };

// The first columns of every table.
struct RowOrigin {
  std::vector<std::string> key;  // stable real-world key, unique in the table, e.g. "way/123"
  std::vector<Provenance> provenance;
  std::vector<SourceId> source;

  [[nodiscard]] std::size_t size() const { return key.size(); }
  void push_back(std::string k, Provenance p, SourceId s) {
    key.push_back(std::move(k));
    provenance.push_back(p);
    source.push_back(s);
  }
  bool operator==(const RowOrigin&) const = default;
};

struct Sources {
  std::vector<std::string> key;           // short unique name, e.g. "osm"
  std::vector<std::string> kind;          // osm, dem, buildings, landcover, population, generated ...
  std::vector<std::string> file_name;     // without folder
  std::vector<std::string> content_hash;  // of the file's bytes, hex
  std::vector<std::string> licence;
  std::vector<std::string> attribution;     // printed on every map
  std::vector<std::string> date;            // of the data, ISO 8601, empty if unknown
  std::vector<std::string> crs;             // as read, e.g. "EPSG:4326"
  std::vector<std::string> vertical_datum;  // "unknown" if not stated
  [[nodiscard]] std::size_t size() const { return key.size(); }
  bool operator==(const Sources&) const = default;
};

// A change of the ground in a polygon (raised ground, retention basin), kept apart from the elevation grid
// because a measure is often finer than the source's spacing; resample_ground() applies it on the run's grid.
struct TerrainPatch {
  enum class Verb : std::uint8_t { set_level, raise_to, lower_to, raise_by };
  std::vector<Point2> polygon;
  Verb verb = Verb::raise_by;
  double value = 0;  // [m], a level or a difference
  bool operator==(const TerrainPatch&) const = default;
};

// Ground at its source's spacing. NaN = no data.
struct Terrain {
  Grid<float> elevation;              // [m]
  std::vector<TerrainPatch> patches;  // of edits, in order; empty in a city from a file
  double true_resolution_m = 0;       // of the source before reprojection
  SourceId source;
  [[nodiscard]] bool empty() const { return elevation.empty(); }
  bool operator==(const Terrain&) const = default;
};

enum class RoadClass : std::uint8_t {
  motorway,
  trunk,
  primary,
  secondary,
  tertiary,
  residential,
  service,
  track,
  pedestrian,
  path,
  other
};
enum class Structure : std::uint8_t { ground, bridge, tunnel, underpass, ford };
enum class JunctionControl : std::uint8_t { none, signals, stop, give_way, roundabout };

struct Access {  // bits of Links::access
  static constexpr std::uint8_t kCar = 1, kHeavy = 2, kBus = 4, kBicycle = 8, kFoot = 16, kEmergency = 32;
};

struct Junctions {
  RowOrigin origin;
  std::vector<Point2> position;
  std::vector<JunctionControl> control;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Junctions&) const = default;
};

// A stretch of street between two junctions, drawn once for both directions. "Forward" is from → to.
struct Links {
  RowOrigin origin;
  std::vector<JunctionId> from, to;
  Ragged<Point2> geometry;  // from first to last junction, both included
  std::vector<RoadClass> road_class;
  std::vector<std::string> name;
  std::vector<std::uint8_t> lanes_forward;  // 0 = not open in that direction
  std::vector<std::uint8_t> lanes_backward;
  std::vector<std::string> turn_lanes_forward;  // OSM notation "left|through|through;right", may be empty
  std::vector<std::string> turn_lanes_backward;
  std::vector<double> speed;         // speed limit [m/s]
  std::vector<std::uint8_t> access;  // Access bits
  std::vector<Structure> structure;
  std::vector<std::int8_t> level;  // layer: 0 ground, 1 bridge, -1 tunnel ...
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Links&) const = default;
};

struct TurnRestrictions {
  std::vector<std::string> key;
  std::vector<LinkId> from, to;
  std::vector<JunctionId> via;
  std::vector<std::uint8_t> only;  // 1: only this turn is allowed; 0: this turn is forbidden
  [[nodiscard]] std::size_t size() const { return key.size(); }
  bool operator==(const TurnRestrictions&) const = default;
};

struct Streets {
  Junctions junctions;
  Links links;
  TurnRestrictions turn_restrictions;
  bool operator==(const Streets&) const = default;
};

enum class BuildingUse : std::uint8_t {
  residential,
  commercial,
  industrial,
  public_service,
  health,
  education,
  agricultural,
  ancillary,
  unknown
};

struct Buildings {
  RowOrigin origin;
  PolygonColumn footprint;
  std::vector<double> height;  // above ground [m]
  std::vector<Provenance> height_provenance;
  std::vector<std::uint16_t> levels;  // storeys above ground
  std::vector<BuildingUse> use;
  std::vector<double> floor_area;        // over all storeys [m2]
  std::vector<double> value;             // replacement value; 0 = take the scenario's value per m2
  std::vector<double> people;            // residents
  std::vector<double> floor_height;      // of the ground floor above the ground [m]
  std::vector<double> floodproof_depth;  // dry floodproofing holds water out up to this depth [m]
  std::vector<std::string> name;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Buildings&) const = default;
};

enum class SurfaceKind : std::uint8_t { wall, roof, ground, closure, other };

// Optional LOD2 surfaces: one row per polygon, outer ring only or with holes as further rings.
struct BuildingSurfaces {
  std::vector<BuildingId> building;
  std::vector<SurfaceKind> kind;
  std::vector<std::uint32_t> rings_of_row{0};  // (rows + 1) ring ranges
  Ragged<Point3> rings;                        // z absolute, in the vertical datum
  [[nodiscard]] std::size_t size() const { return building.size(); }
  bool operator==(const BuildingSurfaces&) const = default;
};

enum class LandCoverClass : std::uint8_t {
  unknown,
  building,
  paved,
  residential,
  commercial,
  industrial,
  park,
  grass,
  forest,
  cropland,
  wetland,
  water,
  bare,
  sand,
  railway
};

// A surface that keeps rain (sustainable drainage): of edits, like TerrainPatch. Ground takes what falls,
// stands or flows on it: at most `intake`, until `storage` is full; `sinks` leaves it for the soil meanwhile.
// A roof holds `storage` of its own rain and lets the rest run. All per area that is made so: `share` of the
// ground, or of the roof, in the polygon.
struct RetentionArea {
  enum class Kind : std::uint8_t { ground, roof };
  std::string key;
  Kind kind = Kind::ground;
  std::vector<Point2> polygon;  // roof: of the building
  double share = 1;             // [-]
  double storage = 0;           // [m]
  double intake = 0;            // [m/s]; ground
  double sinks = 0;             // [m/s]; ground
  bool operator==(const RetentionArea&) const = default;
};

// Polygons, or a raster of classes, or both: where both are present the polygons lie on top; among polygons
// the smaller lies on top of the larger.
struct LandCover {
  RowOrigin origin;
  PolygonColumn area;
  std::vector<LandCoverClass> cover;
  Grid<std::uint8_t> raster;             // LandCoverClass values; 0 = unknown
  std::vector<RetentionArea> retention;  // of edits, in order; empty in a city from a file
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  [[nodiscard]] bool empty() const { return size() == 0 && raster.empty(); }
  bool operator==(const LandCover&) const = default;
};

enum class WaterKind : std::uint8_t { sea, lake, river, canal, pond, basin };

struct WaterBodies {
  RowOrigin origin;
  PolygonColumn area;
  std::vector<WaterKind> kind;
  std::vector<double> level;  // water surface [m]; NaN = unknown
  std::vector<Provenance> level_provenance;
  std::vector<std::string> name;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const WaterBodies&) const = default;
};

enum class WaterwayKind : std::uint8_t { river, stream, canal, drain, ditch };

struct Waterways {
  RowOrigin origin;
  Ragged<Point2> line;  // in flow direction
  std::vector<WaterwayKind> kind;
  std::vector<double> width;         // [m]
  std::vector<Structure> structure;  // tunnel = culvert
  std::vector<std::string> name;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Waterways&) const = default;
};

enum class FacilityKind : std::uint8_t {
  hospital,
  clinic,
  school,
  kindergarten,
  fire_station,
  police,
  shelter,
  town_hall,
  care_home,
  substation,
  power_plant,
  pump_station,
  water_works,
  waste_water_plant,
  telecom_tower,
  fuel_station,
  station,
  entry,
  other
};

struct Facilities {
  RowOrigin origin;
  std::vector<FacilityKind> kind;
  std::vector<std::string> name;
  std::vector<Point2> position;
  std::vector<BuildingId> building;  // the building it is in, or none
  std::vector<double> capacity;      // beds, places, MVA ... by kind; 0 = unknown
  std::vector<double> floor_height;  // of what must stay dry, above the ground [m]
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Facilities&) const = default;
};

enum class NeedKind : std::uint8_t { power, water, telecom, access, dry };

// What a facility needs to function. Rows come from data/tables/facility_needs.csv (estimated) or are given.
struct Needs {
  std::vector<FacilityId> facility;
  std::vector<NeedKind> kind;
  std::vector<std::string> provider;    // key of the facility that provides; "grid" = the outside supply;
                                        // for access: key, or kind name such as "entry" (any of them)
  std::vector<double> threshold_depth;  // dry: works up to this depth above floor_height [m]
  std::vector<double> backup_h;         // hours it goes on without
  std::vector<Provenance> provenance;
  std::vector<std::string> source;  // citation
  [[nodiscard]] std::size_t size() const { return facility.size(); }
  bool operator==(const Needs&) const = default;
};

struct ManagementCells {
  RowOrigin origin;
  PolygonColumn area;
  std::vector<double> population;
  std::vector<double> jobs;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const ManagementCells&) const = default;
};

// Flood walls, levees, kerbs: water passes only above the crest.
struct Barriers {
  RowOrigin origin;
  Ragged<Point2> line;
  std::vector<double> crest_level;  // absolute [m]; NaN = use height
  std::vector<double> height;       // above the higher ground along the line [m]
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  bool operator==(const Barriers&) const = default;
};

}  // namespace citytwin
