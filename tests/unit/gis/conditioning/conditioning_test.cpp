// Small synthetic terrains with one thing wrong each.
#include <doctest/doctest.h>

#include <algorithm>

#include "gis/build/conditioning.hpp"
#include "gis/build/conditioning_channel.hpp"
#include "gis/build/conditioning_path.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

// A plane falling to the east by 1 cm per metre, 100 x 40 cells of 1 m, walls of the valley to both sides.
CityTables valley() {
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {100, 40}};
  tables.sources.key = {"osm"};
  tables.terrain.elevation = Grid<float>({{0, 0}, 1, 100, 40});
  tables.terrain.true_resolution_m = 1;
  for (int j = 0; j < 40; ++j)
    for (int i = 0; i < 100; ++i)
      tables.terrain.elevation.at(i, j) = static_cast<float>(10 - 0.01 * i + 0.5 * std::abs(j - 20));
  return tables;
}

void add_waterway(CityTables& tables, std::string key, std::vector<Point2> line, double width = 1,
                  Structure structure = Structure::ground, WaterwayKind kind = WaterwayKind::river) {
  tables.waterways.origin.push_back(std::move(key), Provenance::given, SourceId(std::size_t{0}));
  tables.waterways.line.push_back(line);
  tables.waterways.kind.push_back(kind);
  tables.waterways.width.push_back(width);
  tables.waterways.structure.push_back(structure);
  tables.waterways.name.emplace_back();
}

void add_link(CityTables& tables, std::string key, std::vector<Point2> line, Structure structure, int level) {
  Links& links = tables.streets.links;
  links.origin.push_back(std::move(key), Provenance::given, SourceId(std::size_t{0}));
  links.geometry.push_back(line);
  links.lanes_forward.push_back(1);
  links.lanes_backward.push_back(1);
  links.structure.push_back(structure);
  links.level.push_back(static_cast<std::int8_t>(level));
}

// A wall of ground across the valley, `from` <= x < `to`.
void dam(CityTables& tables, int from, int to, float top) {
  for (int j = 0; j < 40; ++j)
    for (int i = from; i < to; ++i)
      tables.terrain.elevation.at(i, j) = std::max(tables.terrain.elevation.at(i, j), top);
}

// Highest rise of the ground downstream along y = 20.5 above any ground upstream of it.
double worst_sill(const CityTables& tables) {
  double lowest = tables.terrain.elevation.at(0, 20);
  double worst = 0;
  for (int i = 0; i < 100; ++i) {
    const double z = tables.terrain.elevation.at(i, 20);
    worst = std::max(worst, z - lowest);
    lowest = std::min(lowest, z);
  }
  return worst;
}

const std::vector<Point2> kStream{{0.5, 20.5}, {99.5, 20.5}};

}  // namespace

TEST_CASE("channel fit: a deck is cut, a single pit is left as a pool") {
  const ChannelFit deck = fit_channel({5, 5, 12, 12, 12, 4, 4});
  CHECK(deck.level == std::vector<double>{5, 5, 5, 5, 5, 4, 4});
  std::vector<double> pit(30, 5.0);
  pit[10] = 1;
  CHECK(fit_channel(pit).level == std::vector<double>(30, 5.0));
  const std::vector<double> falling{9, 7, 6, 6, 2};
  CHECK(fit_channel(falling).level == falling);
  CHECK(fit_channel(falling).cost == 0);
}

TEST_CASE("a river blocked by a bridge deck flows after conditioning, and the bridge is listed") {
  CityTables tables = valley();
  dam(tables, 50, 58, 14);
  add_waterway(tables, "way/1", kStream, 3);
  add_link(tables, "way/2", {{54, 0}, {54, 40}}, Structure::bridge, 1);
  CHECK(worst_sill(tables) > 4);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(worst_sill(tables) <= terrain_noise(1));
  // Opened over the river's width, not only along one cell; the deck's approaches stay.
  CHECK(tables.terrain.elevation.at(54, 21) < 10);
  CHECK(tables.terrain.elevation.at(54, 27) == 14);
  REQUIRE_FALSE(tables.import_log.terrain_changes.empty());
  const TerrainChange& change = tables.import_log.terrain_changes[0];
  CHECK(change.kind == "bridge");
  CHECK(change.feature == "way/2");
  CHECK(change.depth_m == doctest::Approx(4.5).epsilon(0.05));
  CHECK(change.cells >= 8);
  CHECK(change.place.x > 50);
  CHECK(change.place.x < 58);
}

TEST_CASE("an embankment over a culvert is opened, a long covered stretch is not") {
  CityTables tables = valley();
  dam(tables, 40, 60, 13);
  add_waterway(tables, "way/1", {{0.5, 20.5}, {40.0, 20.5}});
  add_waterway(tables, "way/2", {{40.0, 20.5}, {60.0, 20.5}}, 1, Structure::tunnel);
  add_waterway(tables, "way/3", {{60.0, 20.5}, {99.5, 20.5}});
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(worst_sill(tables) <= terrain_noise(1));
  const auto& changes = tables.import_log.terrain_changes;
  CHECK(std::any_of(changes.begin(), changes.end(),
                    [](const TerrainChange& c) { return c.kind == "culvert" && c.feature == "way/2"; }));

  CityTables covered = valley();
  dam(covered, 40, 60, 13);
  std::vector<Point2> winding{{40.0, 20.5}};  // a covered way longer than the limit
  for (int k = 0; k < 10; ++k) {
    winding.push_back({41.0 + k, 30.5});
    winding.push_back({41.5 + k, 20.5});
  }
  winding.push_back({60.0, 20.5});
  add_waterway(covered, "way/1", {{0.5, 20.5}, {40.0, 20.5}});
  add_waterway(covered, "way/2", winding, 1, Structure::tunnel);
  const Grid<float> before = covered.terrain.elevation;
  REQUIRE(condition_terrain(covered, {}, {}).ok());
  for (int i = 42; i < 58; ++i) CHECK(covered.terrain.elevation.at(i, 20) == before.at(i, 20));
  REQUIRE_FALSE(covered.import_log.findings.empty());
  CHECK(covered.import_log.findings[0].code == "conditioning.long_culvert");
}

TEST_CASE("a cut is never deeper than its limit, and what stays blocked is named") {
  CityTables tables = valley();
  dam(tables, 50, 58, 40);
  add_waterway(tables, "way/1", kStream, 1, Structure::ground, WaterwayKind::ditch);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.at(54, 20) == doctest::Approx(40 - ConditioningLimits::kDitchDepth));
  REQUIRE(tables.import_log.findings.size() == 1);
  CHECK(tables.import_log.findings[0].code == "conditioning.waterway_still_blocked");
}

TEST_CASE("a waterway drawn uphill is recognised and not trenched") {
  CityTables tables = valley();
  std::vector<Point2> uphill(kStream.rbegin(), kStream.rend());
  add_waterway(tables, "way/1", uphill);
  const Grid<float> before = tables.terrain.elevation;
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.values == before.values);
  REQUIRE(tables.import_log.findings.size() == 1);
  CHECK(tables.import_log.findings[0].code == "conditioning.waterway_direction");
}

TEST_CASE("noise is left alone") {
  CityTables tables = valley();
  for (int i = 0; i < 100; i += 3) tables.terrain.elevation.at(i, 20) += 0.1F;
  add_waterway(tables, "way/1", kStream);
  const Grid<float> before = tables.terrain.elevation;
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.values == before.values);
  CHECK(tables.import_log.terrain_changes.empty());
}

TEST_CASE("sea cells lie below the sea, voids included, and are listed") {
  CityTables tables = valley();
  tables.terrain.elevation.at(90, 20) = kNoData;
  tables.terrain.elevation.at(91, 20) = -7;  // surveyed sea bed stays
  ConditioningInput input;
  input.coastlines = {{{80, 50}, {80, -10}}};  // travelling south: the right is west
  REQUIRE(condition_terrain(tables, input, {}).ok());
  REQUIRE(tables.water_bodies.size() == 1);
  CHECK(tables.water_bodies.kind[0] == WaterKind::sea);
  CHECK(tables.water_bodies.level[0] == 0);
  CHECK(tables.water_bodies.level_provenance[0] == Provenance::estimated);
  CHECK(tables.water_bodies.origin.provenance[0] == Provenance::derived);
  CHECK(tables.water_bodies.area.area(0) == doctest::Approx(80 * 40));
  CHECK(tables.terrain.elevation.at(10, 5) == -2);
  CHECK(tables.terrain.elevation.at(85, 5) > 0);

  CityTables east = valley();
  east.terrain.elevation.at(90, 20) = kNoData;
  east.terrain.elevation.at(91, 20) = -7;
  input.coastlines = {{{80, -10}, {80, 50}}};
  REQUIRE(condition_terrain(east, input, {}).ok());
  CHECK(east.terrain.elevation.at(90, 20) == -2);
  CHECK(east.terrain.elevation.at(91, 20) == -7);
  REQUIRE(east.import_log.terrain_changes.size() == 1);
  CHECK(east.import_log.terrain_changes[0].kind == "sea");
  CHECK(east.import_log.terrain_changes[0].cells == 20 * 40 - 1);
}

TEST_CASE("a sea given as an area is used where there is no coastline") {
  CityTables tables = valley();
  tables.water_bodies.origin.push_back("way/9", Provenance::given, SourceId(std::size_t{0}));
  tables.water_bodies.area.push_back({{{80, 0}, {100, 0}, {100, 40}, {80, 40}}, {}});
  tables.water_bodies.kind.push_back(WaterKind::sea);
  tables.water_bodies.level.push_back(std::numeric_limits<double>::quiet_NaN());
  tables.water_bodies.level_provenance.push_back(Provenance::given);
  tables.water_bodies.name.emplace_back();
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.water_bodies.size() == 1);
  CHECK(tables.water_bodies.level[0] == 0);
  CHECK(tables.terrain.elevation.at(90, 10) == -2);
}

TEST_CASE("a bridge over a lake is opened to the lake's ground, and the lake gets its rim's level") {
  CityTables tables = valley();
  for (float& z : tables.terrain.elevation.values) z = 5;
  for (int j = 10; j < 30; ++j)
    for (int i = 30; i < 70; ++i) tables.terrain.elevation.at(i, j) = 3;
  for (int j = 0; j < 40; ++j)
    for (int i = 48; i < 52; ++i) tables.terrain.elevation.at(i, j) = 6;  // the deck in the model
  tables.water_bodies.origin.push_back("way/9", Provenance::given, SourceId(std::size_t{0}));
  tables.water_bodies.area.push_back({{{30, 10}, {70, 10}, {70, 30}, {30, 30}}, {}});
  tables.water_bodies.kind.push_back(WaterKind::lake);
  tables.water_bodies.level.push_back(std::numeric_limits<double>::quiet_NaN());
  tables.water_bodies.level_provenance.push_back(Provenance::given);
  tables.water_bodies.name.emplace_back();
  add_link(tables, "way/2", {{50, 0}, {50, 40}}, Structure::bridge, 1);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.at(50, 20) == 3);
  CHECK(tables.terrain.elevation.at(50, 5) == 6);
  CHECK(tables.water_bodies.level[0] == 3);
  CHECK(tables.water_bodies.level_provenance[0] == Provenance::estimated);
  CHECK(tables.import_log.terrain_changes[0].kind == "bridge");
}

TEST_CASE("an underpass is opened through the embankment, a deep tunnel is not") {
  CityTables tables = valley();
  for (float& z : tables.terrain.elevation.values) z = 5;
  dam(tables, 48, 56, 9);
  add_link(tables, "way/3", {{40, 20.5}, {64, 20.5}}, Structure::underpass, -1);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.at(52, 20) == 5);
  CHECK(tables.terrain.elevation.at(52, 22) == 5);
  CHECK(tables.terrain.elevation.at(52, 30) == 9);
  CHECK(tables.import_log.terrain_changes[0].kind == "underpass");

  CityTables hill = valley();
  dam(hill, 48, 56, 60);
  add_link(hill, "way/3", {{40, 20.5}, {64, 20.5}}, Structure::tunnel, -1);
  REQUIRE(condition_terrain(hill, {}, {}).ok());
  CHECK(hill.terrain.elevation.at(52, 20) == 60);
  CHECK(hill.import_log.terrain_changes.empty());
}

TEST_CASE("a street below a bridge is opened where the deck stands in the model") {
  CityTables tables = valley();
  for (float& z : tables.terrain.elevation.values) z = 5;
  dam(tables, 48, 55, 10);
  add_link(tables, "way/3", {{20, 20.5}, {80, 20.5}}, Structure::ground, 0);
  add_link(tables, "way/4", {{51.5, 0}, {51.5, 40}}, Structure::bridge, 1);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.at(51, 20) == 5);
  CHECK(tables.terrain.elevation.at(51, 30) == 10);
}

TEST_CASE("without terrain only the sea is made") {
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {100, 100}};
  ConditioningInput input;
  input.coastlines = {{{80, -10}, {80, 150}}};
  REQUIRE(condition_terrain(tables, input, {}).ok());
  CHECK(tables.water_bodies.size() == 1);
  CHECK(tables.import_log.terrain_changes.empty());
}

TEST_CASE("a coarse model shows no decks: underpasses dig no holes into it, waterways are still opened") {
  CityTables tables = valley();
  tables.terrain.true_resolution_m = 30;
  dam(tables, 48, 56, 16);
  add_link(tables, "way/3", {{40, 10.5}, {64, 10.5}}, Structure::underpass, -1);
  add_link(tables, "way/4", {{52, 0}, {52, 40}}, Structure::bridge, 1);
  add_waterway(tables, "way/1", kStream);
  REQUIRE(condition_terrain(tables, {}, {}).ok());
  CHECK(tables.terrain.elevation.at(52, 10) == 16);
  CHECK(worst_sill(tables) <= terrain_noise(30));
  REQUIRE(tables.import_log.terrain_changes.size() == 1);
  CHECK(tables.import_log.terrain_changes[0].kind == "waterway");
}

TEST_CASE("a pond beside the sea keeps its level above the dug sea bed") {
  CityTables tables = valley();
  tables.water_bodies.origin.push_back("way/9", Provenance::given, SourceId(std::size_t{0}));
  tables.water_bodies.area.push_back({{{75, 18}, {79.9, 18}, {79.9, 22}, {75, 22}}, {}});
  tables.water_bodies.kind.push_back(WaterKind::pond);
  tables.water_bodies.level.push_back(std::numeric_limits<double>::quiet_NaN());
  tables.water_bodies.level_provenance.push_back(Provenance::given);
  tables.water_bodies.name.emplace_back();
  ConditioningInput input;
  input.coastlines = {{{78, -10}, {78, 50}}};
  REQUIRE(condition_terrain(tables, input, {}).ok());
  CHECK(tables.terrain.elevation.at(79, 20) == -2);
  CHECK(tables.water_bodies.level[0] > 9);
}

TEST_CASE("a channel's path shares edges, leaves out clipped corners and prefers the lower side") {
  Grid<float> ground({{0, 0}, 10, 10, 10}, 5.0F);
  ground.at(1, 0) = 50;  // a hillside in the corner a diagonal line clips
  const std::vector<Point2> diagonal{{4, 5}, {95, 96}};
  const std::vector<CellPlace> path = channel_path(ground, diagonal);
  REQUIRE(path.size() == 19);
  CHECK(path.front() == CellPlace{0, 0});
  CHECK(path.back() == CellPlace{9, 9});
  CHECK(path[1] == CellPlace{0, 1});
  for (std::size_t k = 1; k < path.size(); ++k)
    CHECK(std::abs(path[k].i - path[k - 1].i) + std::abs(path[k].j - path[k - 1].j) == 1);
  CHECK(channel_path(ground, std::vector<Point2>{{-50, 5}, {15, 5}}).size() ==
        2);  // cells outside are left out
}

TEST_CASE(
    "a coarse model's sea cells go down to the sea level only, so that land beside them stays above it") {
  CityTables tables = valley();
  tables.terrain.true_resolution_m = 90;
  ConditioningInput input;
  input.coastlines = {{{80, 50}, {80, -10}}};  // the right is west
  REQUIRE(condition_terrain(tables, input, {}).ok());
  CHECK(tables.terrain.elevation.at(10, 5) == 0);
  CHECK(tables.terrain.elevation.at(85, 5) > 0);
}
