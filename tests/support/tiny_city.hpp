// A city small enough to draw:
//
//        entry      j1 -- l1 -- j2 -- l2 -- j3
//                                |
//                                l3
//                                |
//                                j4
// The substation stands at j3, the hospital at j4, the entry at j1; 100 m between junctions; flat ground at
// 0 m, 300 m x 200 m. The hospital needs power from the substation (2 h of backup), access from an entry
// and to be dry up to 0.2 m; the substation needs the outside supply and to be dry up to 0.5 m.
#pragma once

#include <string>
#include <vector>

#include "tests/support/plain_rows.hpp"

namespace citytwin::test {

inline void add_junction(CityTables& t, const std::string& key, Point2 p) {
  t.streets.junctions.origin.push_back(key, Provenance::given, SourceId{0});
  t.streets.junctions.position.push_back(p);
  t.streets.junctions.control.push_back(JunctionControl::none);
}

inline void add_link(CityTables& t, const std::string& key, std::size_t from, std::size_t to) {
  Links& l = t.streets.links;
  l.origin.push_back(key, Provenance::given, SourceId{0});
  l.from.emplace_back(from);
  l.to.emplace_back(to);
  l.geometry.push_back(
      std::vector<Point2>{t.streets.junctions.position[from], t.streets.junctions.position[to]});
  l.road_class.push_back(RoadClass::residential);
  l.name.emplace_back();
  l.lanes_forward.push_back(1);
  l.lanes_backward.push_back(1);
  l.turn_lanes_forward.emplace_back();
  l.turn_lanes_backward.emplace_back();
  l.speed.push_back(13.9);
  l.access.push_back(Access::kCar | Access::kEmergency | Access::kFoot);
  l.structure.push_back(Structure::ground);
  l.level.push_back(0);
}

inline void add_building(CityTables& t, const std::string& key, Box2 box, double people) {
  add_house(t, key, {box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}});
  Buildings& b = t.buildings;
  b.height.back() = 9;
  b.height_provenance.back() = Provenance::estimated;
  b.levels.back() = 3;
  b.floor_area.back() = 3 * box.area();
  b.people.back() = people;
}

inline std::size_t add_facility(CityTables& t, const std::string& key, FacilityKind kind, Point2 p) {
  Facilities& f = t.facilities;
  f.origin.push_back(key, Provenance::given, SourceId{0});
  f.kind.push_back(kind);
  f.name.push_back(key);
  f.position.push_back(p);
  f.building.emplace_back();
  f.capacity.push_back(0);
  f.floor_height.push_back(0);
  return f.size() - 1;
}

inline void add_need(CityTables& t, std::size_t facility, NeedKind kind, const std::string& provider,
                     double threshold, double backup_h) {
  Needs& n = t.needs;
  n.facility.emplace_back(facility);
  n.kind.push_back(kind);
  n.provider.push_back(provider);
  n.threshold_depth.push_back(threshold);
  n.backup_h.push_back(backup_h);
  n.provenance.push_back(Provenance::given);
  n.source.emplace_back("test");
}

inline CityTables tiny_tables() {
  CityTables t;
  t.info.name = "Tiny";
  t.info.frame.extent = {{0, 0}, {300, 200}};
  Sources& s = t.sources;
  s.key = {"test"};
  s.kind = {"test"};
  s.file_name = {"tiny"};
  s.licence = {"CC0"};
  s.attribution = {"tests"};
  s.content_hash = s.date = s.crs = s.vertical_datum = {""};
  t.terrain.elevation = Grid<float>({{0, 0}, 10, 30, 20}, 0.0F);
  t.terrain.true_resolution_m = 10;
  t.terrain.source = SourceId{0};
  add_junction(t, "j1", {50, 150});
  add_junction(t, "j2", {150, 150});
  add_junction(t, "j3", {250, 150});
  add_junction(t, "j4", {150, 50});
  add_link(t, "l1", 0, 1);
  add_link(t, "l2", 1, 2);
  add_link(t, "l3", 1, 3);
  add_building(t, "b1", {{20, 20}, {40, 40}}, 12);
  add_building(t, "b2", {{200, 20}, {220, 40}}, 8);
  add_facility(t, "entry/1", FacilityKind::entry, {50, 155});
  const auto substation = add_facility(t, "substation/1", FacilityKind::substation, {255, 155});
  const auto hospital = add_facility(t, "hospital/1", FacilityKind::hospital, {155, 45});
  add_need(t, substation, NeedKind::power, "grid", 0, 0);
  add_need(t, substation, NeedKind::dry, "", 0.5, 0);
  add_need(t, hospital, NeedKind::power, "substation/1", 0, 2);
  add_need(t, hospital, NeedKind::access, "entry", 0, 0);
  add_need(t, hospital, NeedKind::dry, "", 0.2, 0);
  add_need(t, hospital, NeedKind::water, "water_works", 0, 0);
  t.management_cells.origin.push_back("cell/0/0", Provenance::given, SourceId{0});
  t.management_cells.area.push_back(Polygon{{{0, 0}, {300, 0}, {300, 200}, {0, 200}}, {}});
  t.management_cells.population.push_back(20);
  t.management_cells.jobs.push_back(5);
  return t;
}

}  // namespace citytwin::test
