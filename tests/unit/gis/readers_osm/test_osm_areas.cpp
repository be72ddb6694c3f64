#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "gis/readers/osm.hpp"
#include "tests/unit/gis/readers_osm/osm_text.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

OsmRead read_text(const test::OsmText& osm) {
  const test::TempFile file("areas.osm", osm.xml());
  auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(read.ok());
  return std::move(*read);
}

bool has_finding(const OsmRead& read, const std::string& code, const std::string& feature) {
  return std::any_of(read.log.findings.begin(), read.log.findings.end(),
                     [&](const ImportFinding& f) { return f.code == code && f.feature == feature; });
}

const ImportCount& count_of(const OsmRead& read, const std::string& kind) {
  for (const ImportCount& count : read.log.counts)
    if (count.kind == kind) return count;
  FAIL("no books of " << kind);
  return read.log.counts.front();
}

//  13 - - - - 12      a square of ten steps with a
//   | 23 - 22  |      square hole of two
//   | 20 - 21  |
//  10 - - - - 11
test::OsmText square_with_hole() {
  test::OsmText osm;
  osm.node(10, 0, 0).node(11, 10, 0).node(12, 10, 10).node(13, 0, 10);
  osm.node(20, 4, 4).node(21, 6, 4).node(22, 6, 6).node(23, 4, 6);
  return osm;
}

constexpr double kStep2 = 0.001 * 0.001;  // area of one square step [degrees2]

}  // namespace

TEST_CASE("a multipolygon building from pieces of ways, with its courtyard") {
  test::OsmText osm = square_with_hole();
  osm.way(1, {10, 11, 12}, {}).way(2, {10, 13, 12}, {}).way(3, {20, 21, 22, 23, 20}, {});
  osm.relation(5, {{"way", 1, "outer"}, {"way", 2, "outer"}, {"way", 3, "inner"}},
               {{"type", "multipolygon"}, {"building", "yes"}, {"building:levels", "4"}});
  const OsmRead read = read_text(osm);
  REQUIRE(read.buildings.size() == 1);
  CHECK(read.buildings[0].books == "building relations");
  CHECK(read.buildings[0].row.key == "relation/5");
  CHECK(read.buildings[0].row.levels == 4);
  CHECK(area(read.buildings[0].row.footprint) == doctest::Approx(96 * kStep2).epsilon(1e-6));
}

TEST_CASE("several outer rings become several pieces of one feature") {
  test::OsmText osm = square_with_hole();
  osm.node(30, 20, 0).node(31, 22, 0).node(32, 22, 2);
  osm.way(1, {10, 11, 12, 13, 10}, {}).way(2, {30, 31, 32, 30}, {});
  osm.relation(5, {{"way", 1, "outer"}, {"way", 2, "outer"}},
               {{"type", "multipolygon"}, {"landuse", "forest"}});
  const OsmRead read = read_text(osm);
  REQUIRE(read.land_cover.size() == 2);
  CHECK(read.land_cover[0].key == "relation/5#1");
  CHECK(read.land_cover[1].key == "relation/5#2");
  CHECK(read.land_cover[0].cover == LandCoverClass::forest);
}

TEST_CASE("an outline tagged like its relation is merged into it, a building in the courtyard is not") {
  test::OsmText osm = square_with_hole();
  osm.way(1, {10, 11, 12, 13, 10}, {{"building", "yes"}})
      .way(3, {20, 21, 22, 23, 20}, {{"building", "shed"}});
  osm.relation(5, {{"way", 1, "outer"}, {"way", 3, "inner"}},
               {{"type", "multipolygon"}, {"building", "yes"}});
  const OsmRead read = read_text(osm);
  CHECK(read.buildings.size() == 2);
  CHECK(count_of(read, "building ways").read == 2);
  CHECK(count_of(read, "building ways").merged == 1);
  CHECK(count_of(read, "building relations").read == 1);
}

TEST_CASE("old style: the way has the meaning, the relation only the hole") {
  test::OsmText osm = square_with_hole();
  osm.way(1, {10, 11, 12, 13, 10}, {{"building", "yes"}}).way(3, {20, 21, 22, 23, 20}, {});
  osm.relation(5, {{"way", 1, "outer"}, {"way", 3, "inner"}}, {{"type", "multipolygon"}});
  const OsmRead read = read_text(osm);
  REQUIRE(read.buildings.size() == 1);
  CHECK(read.buildings[0].row.key == "way/1");
  CHECK(area(read.buildings[0].row.footprint) == doctest::Approx(96 * kStep2).epsilon(1e-6));
}

TEST_CASE("dirt is repaired or dropped, counted and listed") {
  test::OsmText osm = square_with_hole();
  osm.at(91, 9.0, 91.0);
  osm.way(1, {10, 11, 12, 13}, {{"building", "yes"}});           // not closed
  osm.way(2, {20, 21, 20}, {{"building", "yes"}});               // no area
  osm.way(3, {10, 11, 999, 12, 13, 10}, {{"building", "yes"}});  // a node the file lacks
  osm.way(4, {20, 21, 22, 91, 23, 20}, {{"building", "yes"}});   // a node off the globe
  osm.way(5, {10, 998, 997, 10}, {{"building", "yes"}});         // nearly nothing left
  osm.way(6, {10, 20, 22}, {{"landuse", "grass"}});              // a line
  osm.way(1, {20, 21, 22, 23, 20}, {{"building", "yes"}});       // an id used twice
  osm.way(8, {20, 21, 22, 23, 20}, {{"building", "no"}});
  osm.way(9, {20, 21}, {}).bounds(-50, -50, 50, 50);
  osm.relation(9, {{"way", 9, "outer"}, {"way", 777, "outer"}},
               {{"type", "multipolygon"}, {"natural", "water"}});
  const OsmRead read = read_text(osm);
  CHECK(has_finding(read, "dropped.bad_coordinate", "node/91"));
  CHECK(has_finding(read, "repaired.unclosed_ring", "way/1"));
  CHECK(has_finding(read, "dropped.too_few_points", "way/2"));
  CHECK(has_finding(read, "repaired.missing_node", "way/3"));
  CHECK(has_finding(read, "repaired.missing_node", "way/4"));
  CHECK(has_finding(read, "dropped.missing_nodes", "way/5"));
  CHECK(has_finding(read, "dropped.open_line", "way/6"));
  CHECK(has_finding(read, "dropped.duplicate_key", "way/1"));
  CHECK(has_finding(read, "dropped.incomplete_multipolygon", "relation/9"));
  CHECK(count_of(read, "nodes").closes());
  const ImportCount& ways = count_of(read, "building ways");
  CHECK(ways.read == 6);
  std::uint64_t dropped = 0;
  for (const auto& d : ways.dropped) dropped += d.count;
  CHECK(read.buildings.size() + dropped == ways.read);
  for (const auto& finding : read.log.findings)
    if (finding.feature == "way/1")  // the second way of that id: where the one that is kept begins
      CHECK(std::isfinite(finding.place.x));
}

//   1 . 2 . 3      two banks of a river, cut off at the west and the east edge of the extract
//   4 . 5 . 6
TEST_CASE("a river cut off by the extract is closed at its edge; loose ends inside are not joined") {
  test::OsmText osm;
  osm.bounds(0, 0, 100, 100);
  osm.node(1, 1, 60).node(2, 50, 61).node(3, 99, 60).node(4, 1, 50).node(5, 50, 51).node(6, 99, 50);
  osm.way(1, {1, 2, 3}, {}).way(2, {6, 5}, {}).way(3, {4, 5}, {});
  osm.relation(5, {{"way", 1, "outer"}, {"way", 2, "outer"}, {"way", 3, "outer"}},
               {{"type", "multipolygon"}, {"natural", "water"}, {"water", "river"}});
  osm.relation(6, {{"way", 1, "outer"}, {"way", 2, "outer"}},
               {{"type", "multipolygon"}, {"landuse", "forest"}});
  const OsmRead read = read_text(osm);
  REQUIRE(read.water.size() == 1);
  CHECK(area(read.water[0].area) == doctest::Approx(98 * 10 * kStep2).epsilon(1e-6));
  CHECK(has_finding(read, "repaired.closed_at_edge", "relation/5"));
  CHECK(has_finding(read, "dropped.incomplete_multipolygon", "relation/6"));
}

TEST_CASE("heights, uses, facilities, water and waterways") {
  test::OsmText osm = square_with_hole();
  osm.node(50, 3, 3, {{"amenity", "fire_station"}, {"name", "Station 1"}});
  osm.node(51, 3, 4, {{"amenity", "shelter"}});  // a roof at a bus stop
  osm.way(1, {10, 11, 12, 13, 10},
          {{"building", "hospital"}, {"height", "12.5 m"}, {"amenity", "hospital"}, {"beds", "300"}});
  osm.way(2, {20, 21, 22, 23, 20}, {{"natural", "water"}, {"water", "pond"}});
  osm.way(3, {10, 20}, {{"waterway", "stream"}, {"tunnel", "culvert"}, {"width", "3"}});
  osm.way(4, {10, 11}, {{"waterway", "dam"}});
  osm.way(5, {11, 12}, {{"natural", "coastline"}});
  const OsmRead read = read_text(osm);
  REQUIRE(read.buildings.size() == 1);
  CHECK(read.buildings[0].row.height == doctest::Approx(12.5));
  REQUIRE(read.facilities.size() == 2);
  CHECK(read.facilities[0].kind == FacilityKind::hospital);
  CHECK(read.facilities[0].capacity == 300);
  CHECK(read.facilities[0].position.x == doctest::Approx(9.005));
  CHECK(read.facilities[1].name == "Station 1");
  REQUIRE(read.water.size() == 1);
  CHECK(read.water[0].water == WaterKind::pond);
  REQUIRE(read.waterways.size() == 1);
  CHECK(read.waterways[0].structure == Structure::tunnel);
  CHECK(read.waterways[0].width == 3);
  CHECK(read.coastlines.size() == 1);
}
