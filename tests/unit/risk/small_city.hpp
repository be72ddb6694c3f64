// A street of houses on a 10 m grid, small enough to work the sums out by hand.
//
//   y=30 +---------------+---------------+
//        |  cell A       |  cell B       |   100 m x 30 m, 10 x 3 grid cells of 10 m
//        |  house  tower |  shop   pier~~|   x >= 90: a lake (column 9)
//   y=0  +---------------+---------------+
//        x=0            50              100
#pragma once

#include <cmath>

#include "engine/model/city_model.hpp"
#include "engine/sim/run_record.hpp"

namespace small_city {

using namespace citytwin;

inline Polygon box(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

inline void add_building(CityTables& t, const char* key, const Polygon& footprint, BuildingUse use,
                         int levels, double floor_area, double people, double floor_height,
                         double floodproof = 0, double value = 0) {
  Buildings& b = t.buildings;
  b.origin.push_back(key, Provenance::given, SourceId(0));
  b.footprint.push_back(footprint);
  b.height.push_back(3.0 * levels);
  b.height_provenance.push_back(Provenance::given);
  b.levels.push_back(static_cast<std::uint16_t>(levels));
  b.use.push_back(use);
  b.floor_area.push_back(floor_area);
  b.value.push_back(value);
  b.people.push_back(people);
  b.floor_height.push_back(floor_height);
  b.floodproof_depth.push_back(floodproof);
  b.name.emplace_back();
}

inline void add_link(CityTables& t, const char* key, std::size_t from, std::size_t to, std::uint8_t access) {
  Links& l = t.streets.links;
  l.origin.push_back(key, Provenance::given, SourceId(0));
  l.from.emplace_back(from);
  l.to.emplace_back(to);
  l.geometry.push_back({t.streets.junctions.position[from], t.streets.junctions.position[to]});
  l.road_class.push_back(RoadClass::residential);
  l.name.emplace_back("High Street");
  l.lanes_forward.push_back(1);
  l.lanes_backward.push_back(1);
  l.turn_lanes_forward.emplace_back();
  l.turn_lanes_backward.emplace_back();
  l.speed.push_back(13.9);
  l.access.push_back(access);
  l.structure.push_back(Structure::ground);
  l.level.push_back(0);
}

inline CityTables tables() {
  CityTables t;
  t.sources.key = {"hand"};
  t.sources.kind = {"generated"};
  t.sources.file_name = t.sources.content_hash = t.sources.licence = t.sources.attribution = t.sources.date =
      t.sources.crs = t.sources.vertical_datum = {""};
  t.info.frame.extent = {{0, 0}, {100, 30}};
  const auto cell = [&](const char* key, double x0, double x1, double population) {
    t.management_cells.origin.push_back(key, Provenance::given, SourceId(0));
    t.management_cells.area.push_back(box(x0, 0, x1, 30));
    t.management_cells.population.push_back(population);
    t.management_cells.jobs.push_back(0);
  };
  cell("A", 0, 50, 40);
  cell("B", 50, 100, 20);
  t.water_bodies.origin.push_back("lake", Provenance::given, SourceId(0));
  t.water_bodies.area.push_back(box(90, 0, 100, 30));
  t.water_bodies.kind.push_back(WaterKind::lake);
  t.water_bodies.level.push_back(0);
  t.water_bodies.level_provenance.push_back(Provenance::given);
  t.water_bodies.name.emplace_back("Lake");
  add_building(t, "house", box(11, 11, 19, 19), BuildingUse::residential, 1, 100, 4, 0.25);
  add_building(t, "tower", box(31, 11, 39, 19), BuildingUse::residential, 8, 1000, 16, 0.0);
  add_building(t, "shop", box(61, 11, 69, 19), BuildingUse::commercial, 1, 200, 0, 0.0, 0.5, 300'000);
  add_building(t, "pier", box(82, 11, 98, 19), BuildingUse::ancillary, 1, 50, 0, 0.0);
  for (const double x : {0.0, 50.0, 90.0}) {
    t.streets.junctions.origin.push_back(std::to_string(static_cast<int>(x)), Provenance::given, SourceId(0));
    t.streets.junctions.position.push_back({x, 5});
    t.streets.junctions.control.push_back(JunctionControl::none);
  }
  add_link(t, "west", 0, 1, Access::kCar | Access::kFoot);
  add_link(t, "east", 1, 2, Access::kCar | Access::kFoot);
  add_link(t, "path", 0, 2, Access::kFoot);
  for (const auto kind : {FacilityKind::hospital, FacilityKind::entry}) {
    Facilities& f = t.facilities;
    f.origin.push_back(kind == FacilityKind::entry ? "entry" : "hospital", Provenance::given, SourceId(0));
    f.kind.push_back(kind);
    f.name.emplace_back();
    f.position.push_back({15, 15});
    f.building.emplace_back();
    f.capacity.push_back(0);
    f.floor_height.push_back(0);
  }
  return t;
}

// Depths by hand; NaN is dry.
inline RunRecord record(const std::vector<std::vector<float>>& rows_from_north) {
  RunRecord r;
  ObservedGrid g{"surface_water.max_depth", "m", Grid<float>({{0, 0}, 10, 10, 3}, kNoData)};
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 10; ++i)
      g.grid.at(i, j) = rows_from_north[static_cast<std::size_t>(2 - j)][static_cast<std::size_t>(i)];
  r.grids.push_back(g);
  r.links.first_closed = {600, std::nanf(""), 60};
  r.links.max_depth = {0.5F, 0.1F, 0.5F};
  r.links.closed_duration = {1200, 0, 60};
  r.facilities.first_failed = {900, 900};
  r.facilities.max_depth = {0, 0};
  r.facilities.failed_duration = {60, 60};
  return r;
}

}  // namespace small_city
