// Internal to gis: the layers of the city file, described once. The same description writes and reads, so the
// two cannot drift apart. A visitor offers
//   origin, text, number, integer, word (an enumeration by name), reference (an id by the key it points to),
//   points, lines, polygons, surfaces (the geometry column),
// each taking the column's name in the file and the column.
#pragma once

#include <string>

#include "engine/model/city_model.hpp"
#include "engine/model/drainage/names.hpp"

namespace citytwin::gis {

// Tables that others point into by key.
enum class Keyed { sources, junctions, links, buildings, facilities, water_bodies, sewer_nodes, count };

template <class V, class T>
void describe_sources(V& v, T& t) {
  v.text("key", t.key);
  v.text("kind", t.kind);
  v.text("file_name", t.file_name);
  v.text("content_hash", t.content_hash);
  v.text("licence", t.licence);
  v.text("attribution", t.attribution);
  v.text("date", t.date);
  v.text("crs", t.crs);
  v.text("vertical_datum", t.vertical_datum);
}

template <class V, class T>
void describe_junctions(V& v, T& t) {
  v.origin(t.origin);
  v.points(t.position);
  v.word("control", t.control);
}

template <class V, class T>
void describe_links(V& v, T& t) {
  v.origin(t.origin);
  v.lines(t.geometry);
  v.reference("from_junction", t.from, Keyed::junctions);
  v.reference("to_junction", t.to, Keyed::junctions);
  v.word("road_class", t.road_class);
  v.text("name", t.name);
  v.integer("lanes_forward", t.lanes_forward);
  v.integer("lanes_backward", t.lanes_backward);
  v.text("turn_lanes_forward", t.turn_lanes_forward);
  v.text("turn_lanes_backward", t.turn_lanes_backward);
  v.number("speed_m_per_s", t.speed);
  v.integer("access", t.access);
  v.word("structure", t.structure);
  v.integer("level", t.level);
}

template <class V, class T>
void describe_turn_restrictions(V& v, T& t) {
  v.text("key", t.key);
  v.reference("from_link", t.from, Keyed::links);
  v.reference("to_link", t.to, Keyed::links);
  v.reference("via_junction", t.via, Keyed::junctions);
  v.integer("only", t.only);
}

template <class V, class T>
void describe_buildings(V& v, T& t) {
  v.origin(t.origin);
  v.polygons(t.footprint);
  v.number("height_m", t.height);
  v.word("height_provenance", t.height_provenance);
  v.integer("levels", t.levels);
  v.word("use", t.use);
  v.number("floor_area_m2", t.floor_area);
  v.number("value", t.value);
  v.number("people", t.people);
  v.number("floor_height_m", t.floor_height);
  v.number("floodproof_depth_m", t.floodproof_depth);
  v.text("name", t.name);
}

template <class V, class T>
void describe_building_surfaces(V& v, T& t) {
  v.surfaces(t);
  v.reference("building", t.building, Keyed::buildings);
  v.word("kind", t.kind);
}

template <class V, class T>
void describe_landcover(V& v, T& t) {
  v.origin(t.origin);
  v.polygons(t.area);
  v.word("cover", t.cover);
}

template <class V, class T>
void describe_water_bodies(V& v, T& t) {
  v.origin(t.origin);
  v.polygons(t.area);
  v.word("kind", t.kind);
  v.number("level_m", t.level);
  v.word("level_provenance", t.level_provenance);
  v.text("name", t.name);
}

template <class V, class T>
void describe_waterways(V& v, T& t) {
  v.origin(t.origin);
  v.lines(t.line);
  v.word("kind", t.kind);
  v.number("width_m", t.width);
  v.word("structure", t.structure);
  v.text("name", t.name);
}

template <class V, class T>
void describe_facilities(V& v, T& t) {
  v.origin(t.origin);
  v.points(t.position);
  v.word("kind", t.kind);
  v.text("name", t.name);
  v.reference("building", t.building, Keyed::buildings);
  v.number("capacity", t.capacity);
  v.number("floor_height_m", t.floor_height);
}

template <class V, class T>
void describe_needs(V& v, T& t) {
  v.reference("facility", t.facility, Keyed::facilities);
  v.word("kind", t.kind);
  v.text("provider", t.provider);
  v.number("threshold_depth_m", t.threshold_depth);
  v.number("backup_h", t.backup_h);
  v.word("provenance", t.provenance);
  v.text("citation", t.source);
}

template <class V, class T>
void describe_management_cells(V& v, T& t) {
  v.origin(t.origin);
  v.polygons(t.area);
  v.number("population", t.population);
  v.number("jobs", t.jobs);
}

template <class V, class T>
void describe_barriers(V& v, T& t) {
  v.origin(t.origin);
  v.lines(t.line);
  v.number("crest_level_m", t.crest_level);
  v.number("height_m", t.height);
}

template <class V, class T>
void describe_sewer_nodes(V& v, T& t) {
  v.origin(t.origin);
  v.points(t.position);
  v.word("kind", t.kind);
  v.number("ground_level_m", t.ground_level);
  v.number("invert_level_m", t.invert_level);
  v.word("outfall_level_kind", t.outfall_level_kind);
  v.number("outfall_level_m", t.outfall_level);
  v.reference("outfall_water", t.outfall_water, Keyed::water_bodies);
  v.integer("outfall_flap_gate", t.outfall_flap_gate);
  v.word("inlet_kind", t.inlet_kind);
  v.number("inlet_count", t.inlet_count);
  v.number("inlet_length_m", t.inlet_length);
  v.number("inlet_area_m2", t.inlet_area);
  v.number("inlet_efficiency", t.inlet_efficiency);
  v.number("storage_area_m2", t.storage_area);
  v.number("surcharge_depth_m", t.surcharge_depth);
  v.number("catchment_area_m2", t.catchment_area);
  v.number("impervious_area_m2", t.impervious_area);
  v.number("roof_area_m2", t.roof_area);
}

template <class V, class T>
void describe_sewer_links(V& v, T& t) {
  v.origin(t.origin);
  v.lines(t.geometry);
  v.reference("from_node", t.from, Keyed::sewer_nodes);
  v.reference("to_node", t.to, Keyed::sewer_nodes);
  v.word("kind", t.kind);
  v.word("shape", t.shape);
  v.number("full_depth_m", t.full_depth);
  v.number("width_m", t.width);
  v.number("side_slope", t.side_slope);
  v.number("barrels", t.barrels);
  v.number("length_m", t.length);
  v.number("roughness_n", t.roughness);
  v.number("from_offset_m", t.from_offset);
  v.number("to_offset_m", t.to_offset);
  v.integer("flap_gate", t.flap_gate);
  v.number("pump_capacity_m3_per_s", t.pump_capacity);
  v.number("pump_start_depth_m", t.pump_start_depth);
  v.number("pump_stop_depth_m", t.pump_stop_depth);
  v.number("discharge_coefficient", t.discharge_coefficient);
}

// What a modeller's network says beyond the tables (network_json.hpp): one row, or none.
struct NetworkRow {
  std::vector<std::int64_t> format_version;
  std::vector<std::string> network;
};

template <class V, class T>
void describe_sewer_network(V& v, T& t) {
  v.integer("format_version", t.format_version);
  v.text("network", t.network);
}

// The books of the import as columns; made from and turned into ImportLog at the door.
struct ImportColumns {
  struct Extents {
    std::vector<std::string> source;
    std::vector<double> west, south, east, north;
  } extents;
  struct Counts {
    std::vector<std::string> source, kind, dropped;  // dropped: "reason=count reason=count"
    std::vector<std::int64_t> read, kept, merged, added_by_splitting;
  } counts;
  struct Findings {
    std::vector<std::string> code, source, feature;
    std::vector<Point2> place;  // NaN = none
  } findings;
  struct Changes {
    std::vector<std::string> kind, feature;
    std::vector<Point2> place;
    std::vector<double> depth;
    std::vector<std::int64_t> cells;
  } changes;
};

[[nodiscard]] ImportColumns columns_of(const ImportLog& log);
// False if a text of dropped reasons is not of the form above.
[[nodiscard]] bool log_of(const ImportColumns& columns, ImportLog& log);

template <class V, class T>
void describe_source_extents(V& v, T& t) {
  v.text("source", t.source);
  v.number("west", t.west);
  v.number("south", t.south);
  v.number("east", t.east);
  v.number("north", t.north);
}

template <class V, class T>
void describe_import_counts(V& v, T& t) {
  v.text("source", t.source);
  v.text("kind", t.kind);
  v.integer("read", t.read);
  v.integer("kept", t.kept);
  v.integer("merged", t.merged);
  v.integer("added_by_splitting", t.added_by_splitting);
  v.text("dropped", t.dropped);
}

template <class V, class T>
void describe_import_findings(V& v, T& t) {
  v.points(t.place);
  v.text("code", t.code);
  v.text("source", t.source);
  v.text("feature", t.feature);
}

template <class V, class T>
void describe_terrain_changes(V& v, T& t) {
  v.points(t.place);
  v.text("kind", t.kind);
  v.text("feature", t.feature);
  v.number("depth_m", t.depth);
  v.integer("cells", t.cells);
}

// The `city` table: one row.
struct CityRow {
  std::vector<std::int64_t> format_version;
  std::vector<std::string> content_hash, name, utc_offset, currency, crs, vertical_datum;
  std::vector<std::int64_t> price_year;
  std::vector<double> origin_x, origin_y, min_x, min_y, max_x, max_y;
};

template <class V, class T>
void describe_city(V& v, T& t) {
  v.integer("format_version", t.format_version);
  v.text("content_hash", t.content_hash);
  v.text("name", t.name);
  v.text("utc_offset", t.utc_offset);
  v.text("currency", t.currency);
  v.integer("price_year", t.price_year);
  v.text("crs", t.crs);
  v.text("vertical_datum", t.vertical_datum);
  v.number("origin_x_m", t.origin_x);
  v.number("origin_y_m", t.origin_y);
  v.number("extent_min_x_m", t.min_x);
  v.number("extent_min_y_m", t.min_y);
  v.number("extent_max_x_m", t.max_x);
  v.number("extent_max_y_m", t.max_y);
}

// Where the coverages lie, in exact numbers (GeoPackage keeps only corners): `grids`, one row per coverage.
struct GridRows {
  std::vector<std::string> name;
  std::vector<double> origin_x, origin_y, cell, true_resolution;
  std::vector<std::int64_t> nx, ny;
  std::vector<SourceId> source;
};

template <class V, class T>
void describe_grids(V& v, T& t) {
  v.text("name", t.name);
  v.number("origin_x_m", t.origin_x);
  v.number("origin_y_m", t.origin_y);
  v.number("cell_m", t.cell);
  v.integer("nx", t.nx);
  v.integer("ny", t.ny);
  v.number("true_resolution_m", t.true_resolution);
  v.reference("source", t.source, Keyed::sources);
}

inline constexpr double kCityTables = 22;  // how many tables there are, for progress
inline constexpr const char* kTerrainLayer = "terrain";
inline constexpr const char* kLandCoverGridLayer = "landcover_grid";

}  // namespace citytwin::gis
