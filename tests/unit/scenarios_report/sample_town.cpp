#include <cmath>

#include "engine/base/random.hpp"
#include "sample_run.hpp"

using namespace citytwin;

namespace {

constexpr double kWide = 2400, kHigh = 1600, kBlock = 120;
const Random kRandom(5, 77);

double river_y(double x) { return 500 + 120 * std::sin(x / 420); }

float ground(double x, double y) {
  const double away = std::abs(y - river_y(x));
  return static_cast<float>(12 + 0.006 * away + std::pow(away / 520, 3) * 9 +
                            0.5 * std::sin(x / 90) * std::sin(y / 70) - (away < 30 ? 3 : 0));
}

Polygon box(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

std::string cell_key(int i, int j) {
  std::string key("E");
  key.append(std::to_string(i)).append("N").append(std::to_string(j));
  return key;
}

void add_sources(CityTables& t) {
  Sources& s = t.sources;
  s.key = {"osm", "dem"};
  s.kind = {"osm", "dem"};
  s.file_name = {"town.osm.pbf", "dem30.tif"};
  s.content_hash = {"0f1e2d3c4b5a69788796a5b4c3d2e1f0", "00112233445566778899aabbccddeeff"};
  s.licence = {"ODbL 1.0", "CC BY 4.0"};
  s.attribution = {"© OpenStreetMap contributors", "© Survey <of> the Town & Sons"};
  s.date = {"2026-03-01", ""};
  s.crs = {"EPSG:4326", "EPSG:32632"};
  s.vertical_datum = {"unknown", "unknown"};
  t.import_log.counts.push_back(
      {"osm", "building ways", 1800, 1750, 20, 0, {{"dropped.outside_extent", 30}}});
  t.import_log.findings.push_back({"repaired.self_crossing_ring", "osm", "way/17", {100, 100}});
  t.import_log.terrain_changes.push_back({"bridge", "way/99", {900, 560}, 2.4, 12});
}

void add_ground(CityTables& t) {
  t.terrain.elevation = Grid<float>({{0, 0}, 20, static_cast<int>(kWide / 20), static_cast<int>(kHigh / 20)});
  t.terrain.true_resolution_m = 30;
  t.terrain.source = SourceId(1);
  Grid<float>& z = t.terrain.elevation;
  for (int j = 0; j < z.spec.ny; ++j)
    for (int i = 0; i < z.spec.nx; ++i) z.at(i, j) = ground(z.spec.centre(i, j).x, z.spec.centre(i, j).y);
  z.at(0, 0) = kNoData;
  Polygon river;
  for (double x = 0; x <= kWide; x += 40) river.outer.push_back({x, river_y(x) - 30});
  for (double x = kWide; x >= 0; x -= 40) river.outer.push_back({x, river_y(x) + 30});
  WaterBodies& w = t.water_bodies;
  w.origin.push_back("river", Provenance::given, SourceId(0));
  w.area.push_back(river);
  w.kind.push_back(WaterKind::river);
  w.level.push_back(10);
  w.level_provenance.push_back(Provenance::derived);
  w.name.emplace_back("Leine");
}

std::size_t junction(int i, int j) { return static_cast<std::size_t>(j * 21 + i); }

void add_link(CityTables& t, std::size_t from, std::size_t to, RoadClass road, const std::string& name,
              bool bridge) {
  Links& l = t.streets.links;
  l.origin.push_back("link/" + std::to_string(l.size()), Provenance::given, SourceId(0));
  l.from.emplace_back(from);
  l.to.emplace_back(to);
  l.geometry.push_back({t.streets.junctions.position[from], t.streets.junctions.position[to]});
  l.road_class.push_back(road);
  l.name.push_back(name);
  l.lanes_forward.push_back(1);
  l.lanes_backward.push_back(1);
  l.turn_lanes_forward.emplace_back();
  l.turn_lanes_backward.emplace_back();
  l.speed.push_back(13.9);
  l.access.push_back(Access::kCar | Access::kFoot | Access::kEmergency);
  l.structure.push_back(bridge ? Structure::bridge : Structure::ground);
  l.level.push_back(bridge ? 1 : 0);
}

void add_streets(CityTables& t) {
  Junctions& js = t.streets.junctions;
  for (int j = 0; j <= 13; ++j)
    for (int i = 0; i <= 20; ++i) {
      js.origin.push_back("node/" + std::to_string(junction(i, j)), Provenance::given, SourceId(0));
      js.position.push_back({i * kBlock, 20 + j * kBlock});
      js.control.push_back(JunctionControl::none);
    }
  const auto over_river = [&](std::size_t a, std::size_t b) {
    const Point2 p = js.position[a], q = js.position[b];
    return (p.y - river_y(p.x)) * (q.y - river_y(q.x)) < 0;
  };
  for (int j = 0; j <= 13; ++j)
    for (int i = 0; i <= 20; ++i) {
      const RoadClass across = j == 5 ? RoadClass::primary : RoadClass::residential;
      if (i < 20 && !over_river(junction(i, j), junction(i + 1, j)))
        add_link(t, junction(i, j), junction(i + 1, j), across,
                 j == 5 ? "Ring Road" : "Street " + std::to_string(j), false);
      const bool bridge = j < 13 && over_river(junction(i, j), junction(i, j + 1));
      if (j < 13 && (!bridge || i % 6 == 2))
        add_link(t, junction(i, j), junction(i, j + 1),
                 i % 6 == 2 ? RoadClass::secondary : RoadClass::residential,
                 i % 6 == 2 ? "Bridge Street " + std::to_string(i) : "", bridge);
    }
}

void add_building(CityTables& t, const Polygon& footprint, std::uint32_t n) {
  Buildings& b = t.buildings;
  const Point2 middle = centroid(footprint);
  const bool shop = n % 9 == 0, works = n % 31 == 0;
  const int levels =
      1 + static_cast<int>(kRandom.below(4, n, 0, 1)) + (std::abs(middle.x - 1200) < 300 ? 3 : 0);
  b.origin.push_back("way/" + std::to_string(n), Provenance::given, SourceId(0));
  b.footprint.push_back(footprint);
  b.height.push_back(3.0 * levels);
  b.height_provenance.push_back(n % 3 == 0 ? Provenance::given : Provenance::estimated);
  b.levels.push_back(static_cast<std::uint16_t>(levels));
  b.use.push_back(works  ? BuildingUse::industrial
                  : shop ? BuildingUse::commercial
                         : BuildingUse::residential);
  b.floor_area.push_back(area(footprint) * levels);
  b.value.push_back(0);
  b.people.push_back(shop || works ? 0 : std::floor(area(footprint) * levels / 45));
  b.floor_height.push_back(0.2);
  b.floodproof_depth.push_back(0);
  b.name.emplace_back();
}

void add_buildings(CityTables& t) {
  std::uint32_t n = 0;
  for (int j = 0; j < 13; ++j)
    for (int i = 0; i < 20; ++i)
      for (int k = 0; k < 8; ++k) {
        const double x = i * kBlock + 12 + (k % 4) * 26, y = 32 + j * kBlock + (k / 4) * 55;
        const double w = 14 + 8 * kRandom.uniform(n, 0, 2), d = 14 + 16 * kRandom.uniform(n, 0, 3);
        ++n;
        if (std::abs(y - river_y(x)) < 75 || kRandom.uniform(n, 0, 4) < 0.12) continue;
        add_building(t, box(x, y, x + w, y + d), n);
      }
}

void add_facilities(CityTables& t) {
  struct Row {
    FacilityKind kind;
    const char* name;
    double x, y;
  };
  const Row rows[] = {{FacilityKind::hospital, "St. Mary's Hospital", 1230, 1050},
                      {FacilityKind::substation, "Substation T-14", 850, 690},
                      {FacilityKind::substation, "Substation North", 1700, 1420},
                      {FacilityKind::fire_station, "Fire Station 2", 1450, 640},
                      {FacilityKind::school, "River School", 420, 720},
                      {FacilityKind::pump_station, "", 2010, 470},
                      {FacilityKind::police, "Police HQ", 1100, 1330},
                      {FacilityKind::entry, "West entry", 0, 1340},
                      {FacilityKind::telecom_tower, "Tower 7", 300, 1200}};
  for (const Row& row : rows) {
    Facilities& f = t.facilities;
    f.origin.push_back("facility/" + std::to_string(f.size()), Provenance::given, SourceId(0));
    f.kind.push_back(row.kind);
    f.name.emplace_back(row.name);
    f.position.push_back({row.x, row.y});
    f.building.emplace_back();
    f.capacity.push_back(0);
    f.floor_height.push_back(0.1);
  }
  Needs& needs = t.needs;
  for (std::size_t f = 0; f < t.facilities.size(); ++f) {
    needs.facility.emplace_back(f);
    needs.kind.push_back(NeedKind::dry);
    needs.provider.emplace_back();
    needs.threshold_depth.push_back(0.3);
    needs.backup_h.push_back(0);
    needs.provenance.push_back(Provenance::estimated);
    needs.source.emplace_back("estimated");
  }
}

void add_cells(CityTables& t) {
  for (int j = 0; j < 16; ++j)
    for (int i = 0; i < 24; ++i) {
      ManagementCells& c = t.management_cells;
      c.origin.push_back(cell_key(i, j), Provenance::synthesised, SourceId(0));
      c.area.push_back(box(i * 100, j * 100, (i + 1) * 100, (j + 1) * 100));
      c.population.push_back(70);
      c.jobs.push_back(10);
    }
}

}  // namespace

namespace sample {

CityTables town() {
  CityTables t;
  t.info.name = "Sample Town";
  t.info.frame.extent = {{0, 0}, {kWide, kHigh}};
  add_sources(t);
  add_ground(t);
  add_streets(t);
  add_buildings(t);
  add_facilities(t);
  add_cells(t);
  return t;
}

}  // namespace sample
