// A town of one street, two houses and every kind of row, for tests of files.
#pragma once

#include "engine/model/city_model.hpp"
#include "engine/model/sewer_network.hpp"

namespace citytwin::gis::test {

inline Polygon square(double x, double y, double side) {
  return {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}};
}

// Two manholes and an outfall to the sea, as a modeller's file with a rule has them.
inline void add_sewers(CityTables& t) {
  drainage::Network network;
  network.nodes.resize(3);
  network.nodes[0] = {.key = "M1", .invert = 2.1, .max_depth = 3, .position = {100, 100}};
  network.nodes[1] = {.key = "M2", .invert = 1.6, .max_depth = 2.5, .position = {200, 100}};
  network.nodes[2] = {.key = "O1", .kind = drainage::NodeKind::outfall, .invert = 0.3, .position = {260, 90}};
  network.nodes[2].outfall.kind = drainage::OutfallKind::tidal;
  network.nodes[2].outfall.tide = {{0, 12}, {0.5, -0.5}};
  network.links.resize(2);
  network.links[0] = {.key = "C1", .from = 0, .to = 1, .vertices = {{150, 110}}};
  network.links[1] = {.key = "C2", .from = 1, .to = 2, .to_offset = 0.1};
  for (drainage::Link& link : network.links) {
    link.section = {.shape = drainage::Shape::circular, .full_depth = 0.6, .width = 0.6};
    link.conduit = {.length = 100, .roughness = 0.013};
  }
  network.rules.push_back({.key = "R", .priority = 1.0 / 3});
  network.rules[0].premises.push_back({.left = {drainage::Observed::node_depth, 0}, .value = 1});
  network.rules[0].then_actions.push_back({.link = 1, .value = 0.5});
  t.sewers = sewers_of(network, SourceId(0));
  t.sewers.nodes.inlet_kind[0] = InletKind::gully;
  t.sewers.nodes.inlet_count[0] = 4;
  t.sewers.nodes.outfall_water[2] = WaterBodyId(0);
}

inline CityTables sample_tables(const std::string& crs = "EPSG:32632") {
  constexpr float kVoid = kNoData;
  CityTables t;
  t.info.name = "Musterstadt 样城";
  t.info.currency = "CHF";
  t.info.price_year = 2024;
  t.info.utc_offset = "+01:00";
  t.info.frame.crs = crs;
  if (crs != "local") {
    t.info.frame.origin_x = 372'000;
    t.info.frame.origin_y = 4'842'000;
  }
  t.info.frame.vertical_datum = "EGM96 height";
  t.info.frame.extent = {{0, 0}, {900, 600}};

  t.sources = {{"osm", "dem"},
               {"osm", "dem"},
               {"a.osm.pbf", "n.hgt"},
               {"ab", "cd"},
               {"ODbL-1.0", "public domain"},
               {"© OpenStreetMap contributors", "NASA SRTM"},
               {"2016-01-02", ""},
               {"EPSG:4326", "EPSG:4326"},
               {"unknown", "EGM96 height"}};
  t.terrain.elevation = Grid<float>({{-15.5, -30.25}, 30.5, 300, 270});
  for (std::size_t i = 0; i < t.terrain.elevation.values.size(); ++i)
    t.terrain.elevation.values[i] = static_cast<float>(i % 977) * 0.37F - 3.1F;
  t.terrain.elevation.at(0, 0) = kVoid;
  t.terrain.elevation.at(299, 269) = 1234.5678F;
  t.terrain.elevation.at(257, 3) = kVoid;
  t.terrain.true_resolution_m = 90;
  t.terrain.source = SourceId(1);

  auto& j = t.streets.junctions;
  for (int i = 0; i < 3; ++i) j.origin.push_back("node/" + std::to_string(i), Provenance::given, SourceId(0));
  j.position = {{10, 20}, {110.5, 20}, {210.0009765625, 44}};
  j.control = {JunctionControl::none, JunctionControl::signals, JunctionControl::roundabout};
  auto& l = t.streets.links;
  l.origin.push_back("way/1", Provenance::given, SourceId(0));
  l.origin.push_back("way/2", Provenance::derived, SourceId());
  l.from = {JunctionId(0), JunctionId(1)};
  l.to = {JunctionId(1), JunctionId(2)};
  l.geometry.push_back(std::vector<Point2>{{10, 20}, {60, 25}, {110.5, 20}});
  l.geometry.push_back(std::vector<Point2>{{110.5, 20}, {210.0009765625, 44}});
  l.road_class = {RoadClass::primary, RoadClass::path};
  l.name = {"Rue d'\"Or\"", ""};
  l.lanes_forward = {2, 1};
  l.lanes_backward = {0, 255};
  l.turn_lanes_forward = {"left|through;right", ""};
  l.turn_lanes_backward = {"", ""};
  l.speed = {50 / 3.6, 1.1};
  l.access = {63, Access::kFoot};
  l.structure = {Structure::ground, Structure::tunnel};
  l.level = {0, -2};
  t.streets.turn_restrictions = {{"relation/9"}, {LinkId(0)}, {LinkId(1)}, {JunctionId(1)}, {1}};

  auto& b = t.buildings;
  b.origin.push_back("way/10", Provenance::given, SourceId(0));
  b.origin.push_back("way/11#1", Provenance::synthesised, SourceId(0));
  Polygon with_hole = square(100, 100, 40);
  with_hole.holes.push_back({{110, 110}, {110, 120}, {120, 120}, {120, 110}});
  b.footprint.push_back(with_hole);
  b.footprint.push_back(square(200.5, 100, 12.25));
  b.height = {9.6, 0.1 + 0.2};
  b.height_provenance = {Provenance::estimated, Provenance::given};
  b.levels = {3, 65535};
  b.use = {BuildingUse::residential, BuildingUse::unknown};
  b.floor_area = {4800, 300};
  b.value = {0, 1e6};
  b.people = {12.5, 0};
  b.floor_height = {0.3, -0.5};
  b.floodproof_depth = {0, 0.6};
  b.name = {"", "Mairie"};
  auto& s = t.building_surfaces;
  s.building = {BuildingId(1)};
  s.kind = {SurfaceKind::roof};
  s.rings.push_back(std::vector<Point3>{{200.5, 100, 12.34}, {212.75, 100, 12.34}, {212.75, 112.25, 15.1}});
  s.rings_of_row.push_back(1);

  t.land_cover.origin.push_back("way/20", Provenance::given, SourceId(0));
  t.land_cover.area.push_back(square(0, 0, 300));
  t.land_cover.cover = {LandCoverClass::park};
  t.land_cover.raster = Grid<std::uint8_t>({{0, 0}, 10, 90, 60}, 3);
  t.land_cover.raster.at(5, 7) = 14;
  t.water_bodies.origin.push_back("sea", Provenance::derived, SourceId(0));
  t.water_bodies.area.push_back(square(-100, -100, 90));
  t.water_bodies.kind = {WaterKind::sea};
  t.water_bodies.level = {std::numeric_limits<double>::quiet_NaN()};
  t.water_bodies.level_provenance = {Provenance::estimated};
  t.water_bodies.name = {"Mer"};
  t.waterways.origin.push_back("way/30", Provenance::given, SourceId(0));
  t.waterways.line.push_back(std::vector<Point2>{{0, 300}, {300, 0}});
  t.waterways.kind = {WaterwayKind::stream};
  t.waterways.width = {2.5};
  t.waterways.structure = {Structure::tunnel};
  t.waterways.name = {"Ru"};

  auto& f = t.facilities;
  f.origin.push_back("node/40", Provenance::given, SourceId(0));
  f.origin.push_back("node/41", Provenance::given, SourceId(0));
  f.kind = {FacilityKind::hospital, FacilityKind::substation};
  f.name = {"Hôpital", ""};
  f.position = {{120, 125}, {300, 300}};
  f.building = {BuildingId(0), BuildingId()};
  f.capacity = {200, 0};
  f.floor_height = {0.5, 0.2};
  t.needs = {{FacilityId(0), FacilityId(0)},
             {NeedKind::power, NeedKind::dry},
             {"node/41", ""},
             {0, 0.15},
             {24, 0},
             {Provenance::estimated, Provenance::estimated},
             {"table", "table"}};
  t.management_cells.origin.push_back("cell/1/1", Provenance::derived, SourceId());
  t.management_cells.area.push_back(square(100, 100, 100));
  t.management_cells.population = {12.5};
  t.management_cells.jobs = {3};
  t.barriers.origin.push_back("wall", Provenance::given, SourceId());
  t.barriers.line.push_back(std::vector<Point2>{{0, 50}, {50, 50}});
  t.barriers.crest_level = {std::numeric_limits<double>::quiet_NaN()};
  t.barriers.height = {1.2};
  add_sewers(t);

  ImportCount count{.source = "osm",
                    .kind = "building ways",
                    .read = 10,
                    .kept = 7,
                    .merged = 1,
                    .added_by_splitting = 2,
                    .dropped = {}};
  count.drop("dropped.outside_extent", 1);
  count.drop("dropped.too_few_points", 1);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  t.import_log.extents = {{"osm", {{7.349, 43.7148}, {7.491, 43.77}}}, {"dem", {{7, 43}, {8, 44}}}};
  t.import_log.counts = {count};
  t.import_log.findings = {{"repaired.self_crossing_ring", "osm", "way/10", {120, 120}},
                           {"dropped.missing_node", "osm", "way/12", {nan, nan}}};
  t.import_log.terrain_changes = {{"culvert", "way/30", {150, 150}, 2.25, 7}};
  return t;
}

}  // namespace citytwin::gis::test
