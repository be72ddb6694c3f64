#include "engine/model/invariants.hpp"

#include <algorithm>
#include <cmath>

#include "engine/model/sewer_invariants.hpp"
#include "engine/model/table_check.hpp"

namespace citytwin {

namespace {

bool good_polygon(const PolygonColumn& column, std::size_t row) {
  if (column.ring_count(row) == 0) return false;
  for (std::size_t k = 0; k < column.ring_count(row); ++k) {
    const auto ring = column.ring(row, k);
    if (ring.size() < 3 || !finite(ring)) return false;
  }
  return true;
}

void check_sources(const CityTables& t, Diagnostics& out) {
  const Sources& s = t.sources;
  TableCheck check(out, "sources", s.key);
  check.unique_keys();
  for (const auto& [name, column] : {std::pair{"kind", &s.kind},
                                     {"file_name", &s.file_name},
                                     {"content_hash", &s.content_hash},
                                     {"licence", &s.licence},
                                     {"attribution", &s.attribution},
                                     {"date", &s.date},
                                     {"crs", &s.crs},
                                     {"vertical_datum", &s.vertical_datum}})
    check.length(name, *column);
}

void check_terrain(const CityTables& t, Diagnostics& out) {
  const auto& grid = t.terrain.elevation;
  if (grid.values.size() != grid.spec.size())
    out.error("model.column_length", {.layer = "terrain", .key = "elevation"},
              {{"rows", std::to_string(grid.spec.size())}, {"values", std::to_string(grid.values.size())}});
  if (!grid.empty() && !(grid.spec.cell_m > 0)) out.error("model.bad_cell_size", {.layer = "terrain"});
}

void check_junctions(const CityTables& t, Diagnostics& out) {
  const Junctions& j = t.streets.junctions;
  TableCheck check = check_origin(out, "junctions", j.origin, t);
  check.length("position", j.position);
  check.length("control", j.control);
  if (!check.lengths_ok()) return;
  check.each("position", "model.bad_geometry", [&](std::size_t r) { return finite(j.position[r]); });
}

void check_links(const CityTables& t, Diagnostics& out) {
  const Links& l = t.streets.links;
  const Junctions& j = t.streets.junctions;
  TableCheck check = check_origin(out, "links", l.origin, t);
  check.length("from", l.from);
  check.length("to", l.to);
  check.length("geometry", l.geometry);
  check.length("road_class", l.road_class);
  check.length("name", l.name);
  check.length("lanes_forward", l.lanes_forward);
  check.length("lanes_backward", l.lanes_backward);
  check.length("turn_lanes_forward", l.turn_lanes_forward);
  check.length("turn_lanes_backward", l.turn_lanes_backward);
  check.length("speed", l.speed);
  check.length("access", l.access);
  check.length("structure", l.structure);
  check.length("level", l.level);
  if (!check.lengths_ok() || j.position.size() != j.size()) return;
  check.ids("from", l.from, j.size(), false);
  check.ids("to", l.to, j.size(), false);
  check.not_negative("speed", l.speed);
  check.each("geometry", "model.bad_geometry",
             [&](std::size_t r) { return l.geometry[r].size() >= 2 && finite(l.geometry[r]); });
  check.each("geometry", "model.link_off_junction", [&](std::size_t r) {
    const auto line = l.geometry[r];
    if (line.size() < 2 || l.from[r].row() >= j.size() || l.to[r].row() >= j.size()) return true;
    return line.front() == j.position[l.from[r].row()] && line.back() == j.position[l.to[r].row()];
  });
  const TurnRestrictions& turns = t.streets.turn_restrictions;
  TableCheck turn_check(out, "turn_restrictions", turns.key);
  turn_check.length("from", turns.from);
  turn_check.length("to", turns.to);
  turn_check.length("via", turns.via);
  turn_check.length("only", turns.only);
  if (!turn_check.lengths_ok()) return;
  turn_check.unique_keys();
  turn_check.ids("from", turns.from, l.size(), false);
  turn_check.ids("to", turns.to, l.size(), false);
  turn_check.ids("via", turns.via, j.size(), false);
}

void check_buildings(const CityTables& t, Diagnostics& out) {
  const Buildings& b = t.buildings;
  TableCheck check = check_origin(out, "buildings", b.origin, t);
  check.length("footprint", b.footprint);
  check.length("height", b.height);
  check.length("height_provenance", b.height_provenance);
  check.length("levels", b.levels);
  check.length("use", b.use);
  check.length("floor_area", b.floor_area);
  check.length("value", b.value);
  check.length("people", b.people);
  check.length("floor_height", b.floor_height);
  check.length("floodproof_depth", b.floodproof_depth);
  check.length("name", b.name);
  if (!check.lengths_ok()) return;
  check.each("footprint", "model.bad_geometry", [&](std::size_t r) { return good_polygon(b.footprint, r); });
  check.not_negative("height", b.height);
  check.not_negative("floor_area", b.floor_area);
  check.not_negative("value", b.value);
  check.not_negative("people", b.people);
  check.not_negative("floodproof_depth", b.floodproof_depth);
  check.each("floor_height", "model.bad_value",
             [&](std::size_t r) { return std::isfinite(b.floor_height[r]); });

  const BuildingSurfaces& s = t.building_surfaces;
  if (s.kind.size() != s.size() || s.rings_of_row.size() != s.size() + 1 ||
      s.rings_of_row.back() > s.rings.size())
    out.error("model.column_length", {.layer = "building_surfaces"});
  if (std::any_of(s.building.begin(), s.building.end(), [&](BuildingId id) { return id.row() >= b.size(); }))
    out.error("model.dead_reference", {.layer = "building_surfaces", .key = "building"});
}

void check_areas(const CityTables& t, Diagnostics& out) {
  TableCheck cover = check_origin(out, "landcover", t.land_cover.origin, t);
  cover.length("cover", t.land_cover.cover);
  if (cover.length("area", t.land_cover.area))
    cover.each("area", "model.bad_geometry",
               [&](std::size_t r) { return good_polygon(t.land_cover.area, r); });
  const auto& raster = t.land_cover.raster;
  if (raster.values.size() != raster.spec.size())
    out.error("model.column_length", {.layer = "landcover_grid"});

  const WaterBodies& w = t.water_bodies;
  TableCheck water = check_origin(out, "water_bodies", w.origin, t);
  water.length("kind", w.kind);
  water.length("level", w.level);
  water.length("level_provenance", w.level_provenance);
  water.length("name", w.name);
  if (water.length("area", w.area))
    water.each("area", "model.bad_geometry", [&](std::size_t r) { return good_polygon(w.area, r); });

  const Waterways& ways = t.waterways;
  TableCheck lines = check_origin(out, "waterways", ways.origin, t);
  lines.length("kind", ways.kind);
  lines.length("width", ways.width);
  lines.length("structure", ways.structure);
  lines.length("name", ways.name);
  if (lines.length("line", ways.line))
    lines.each("line", "model.bad_geometry",
               [&](std::size_t r) { return ways.line[r].size() >= 2 && finite(ways.line[r]); });

  const Barriers& b = t.barriers;
  TableCheck barriers = check_origin(out, "barriers", b.origin, t);
  barriers.length("crest_level", b.crest_level);
  barriers.length("height", b.height);
  if (barriers.length("line", b.line))
    barriers.each("line", "model.bad_geometry",
                  [&](std::size_t r) { return b.line[r].size() >= 2 && finite(b.line[r]); });
}

void check_people(const CityTables& t, Diagnostics& out) {
  const Facilities& f = t.facilities;
  TableCheck check = check_origin(out, "facilities", f.origin, t);
  check.length("kind", f.kind);
  check.length("name", f.name);
  check.length("position", f.position);
  check.length("building", f.building);
  check.length("capacity", f.capacity);
  check.length("floor_height", f.floor_height);
  if (check.lengths_ok()) {
    check.each("position", "model.bad_geometry", [&](std::size_t r) { return finite(f.position[r]); });
    check.ids("building", f.building, t.buildings.size(), true);
    check.not_negative("capacity", f.capacity);
  }
  const Needs& n = t.needs;
  const std::size_t rows = n.size();
  if (n.kind.size() != rows || n.provider.size() != rows || n.threshold_depth.size() != rows ||
      n.backup_h.size() != rows || n.provenance.size() != rows || n.source.size() != rows)
    out.error("model.column_length", {.layer = "needs"});
  if (std::any_of(n.facility.begin(), n.facility.end(), [&](FacilityId id) { return id.row() >= f.size(); }))
    out.error("model.dead_reference", {.layer = "needs", .key = "facility"});

  const ManagementCells& m = t.management_cells;
  TableCheck cells = check_origin(out, "management_cells", m.origin, t);
  cells.length("area", m.area);
  cells.length("population", m.population);
  cells.length("jobs", m.jobs);
  if (!cells.lengths_ok()) return;
  cells.each("area", "model.bad_geometry", [&](std::size_t r) { return good_polygon(m.area, r); });
  cells.not_negative("population", m.population);
  cells.not_negative("jobs", m.jobs);
}

}  // namespace

Diagnostics check_invariants(const CityTables& tables) {
  Diagnostics out;
  check_sources(tables, out);
  check_terrain(tables, out);
  check_junctions(tables, out);
  check_links(tables, out);
  check_buildings(tables, out);
  check_areas(tables, out);
  check_people(tables, out);
  check_sewers(tables, out);
  return out;
}

}  // namespace citytwin
