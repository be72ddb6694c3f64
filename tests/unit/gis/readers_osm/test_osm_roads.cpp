#include <doctest/doctest.h>

#include "gis/readers/osm.hpp"
#include "tests/unit/gis/readers_osm/osm_text.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using test::Tags;

namespace {

// The one street of a file with these tags.
OsmRoad street(Tags tags) {
  test::OsmText osm;
  osm.node(1, 0, 0).node(2, 1, 0).way(7, {1, 2}, tags);
  const test::TempFile file("road.osm", osm.xml());
  const auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(read.ok());
  REQUIRE(read->roads.size() == 1);
  return read->roads.front();
}

double kmh(const OsmRoad& road) { return road.speed * 3.6; }

}  // namespace

TEST_CASE("lanes and direction") {
  const OsmRoad two_way = street({{"highway", "primary"}, {"lanes", "3"}});
  CHECK(two_way.lanes_forward == 2);
  CHECK(two_way.lanes_backward == 1);

  const OsmRoad split = street({{"highway", "primary"}, {"lanes", "4"}, {"lanes:backward", "3"}});
  CHECK(split.lanes_forward == 1);
  CHECK(split.lanes_backward == 3);

  const OsmRoad one_way =
      street({{"highway", "primary"}, {"oneway", "yes"}, {"lanes", "2"}, {"turn:lanes", "left|through"}});
  CHECK(one_way.lanes_forward == 2);
  CHECK(one_way.lanes_backward == 0);
  CHECK(one_way.turn_lanes_forward == "left|through");
  CHECK(one_way.turn_lanes_backward.empty());

  const OsmRoad against =
      street({{"highway", "residential"}, {"oneway", "-1"}, {"lanes", "2"}, {"turn:lanes", "left|right"}});
  CHECK(against.lanes_forward == 0);
  CHECK(against.lanes_backward == 2);
  CHECK(against.turn_lanes_backward == "left|right");

  const OsmRoad circle = street({{"highway", "tertiary"}, {"junction", "roundabout"}});
  CHECK(circle.roundabout);
  CHECK(circle.lanes_backward == 0);
  CHECK(street({{"highway", "motorway"}}).lanes_backward == 0);
  CHECK(street({{"highway", "motorway"}, {"oneway", "no"}}).lanes_backward > 0);
  CHECK(street({{"highway", "residential"}, {"lanes", "many"}}).lanes_forward == 1);
}

TEST_CASE("speeds in their units, defaults marked estimated") {
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "30"}, {"lanes", "2"}})) == doctest::Approx(30));
  CHECK(!street({{"highway", "primary"}, {"maxspeed", "30"}, {"lanes", "2"}}).estimated);
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "30 mph"}})) == doctest::Approx(48.28032));
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "10 knots"}})) == doctest::Approx(18.52));
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "FR:urban"}})) == doctest::Approx(50));
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "DE:zone30"}})) == doctest::Approx(30));
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed:backward", "70;50"}})) == doctest::Approx(70));
  const OsmRoad unknown = street({{"highway", "residential"}, {"maxspeed", "fast"}});
  CHECK(kmh(unknown) == doctest::Approx(50));
  CHECK(unknown.estimated);
  CHECK(kmh(street({{"highway", "primary"}, {"maxspeed", "-5"}})) == doctest::Approx(50));
}

TEST_CASE("access goes from the general to the particular") {
  const auto access = [](Tags tags) { return street(std::move(tags)).access; };
  CHECK(access({{"highway", "primary"}}) == 63);
  CHECK((access({{"highway", "motorway"}}) & (Access::kFoot | Access::kBicycle)) == 0);
  CHECK(access({{"highway", "footway"}}) == Access::kFoot);
  CHECK(access({{"highway", "footway"}, {"access", "yes"}}) == Access::kFoot);
  CHECK(access({{"highway", "footway"}, {"bicycle", "designated"}}) == (Access::kFoot | Access::kBicycle));
  const auto bus_only = access({{"highway", "residential"}, {"motor_vehicle", "no"}, {"bus", "yes"}});
  CHECK((bus_only & Access::kCar) == 0);
  CHECK((bus_only & Access::kBus) != 0);
  CHECK((bus_only & Access::kFoot) != 0);
  const auto gated = access({{"highway", "service"}, {"access", "private"}});
  CHECK((gated & Access::kCar) == 0);
  CHECK((gated & Access::kEmergency) != 0);
  CHECK((access({{"highway", "service"}, {"emergency", "no"}}) & Access::kEmergency) == 0);
}

TEST_CASE("structures and levels") {
  const OsmRoad bridge = street({{"highway", "primary"}, {"bridge", "yes"}});
  CHECK(bridge.structure == Structure::bridge);
  CHECK(bridge.level == 1);
  const OsmRoad high = street({{"highway", "primary"}, {"bridge", "viaduct"}, {"layer", "2"}});
  CHECK(high.level == 2);
  const OsmRoad tunnel = street({{"highway", "primary"}, {"tunnel", "yes"}});
  CHECK(tunnel.structure == Structure::tunnel);
  CHECK(tunnel.level == -1);
  const OsmRoad passage = street({{"highway", "service"}, {"tunnel", "building_passage"}});
  CHECK(passage.structure == Structure::ground);
  CHECK(passage.level == 0);
  CHECK(street({{"highway", "primary"}, {"layer", "-1"}}).structure == Structure::underpass);
  CHECK(street({{"highway", "primary"}, {"layer", "-1"}, {"covered", "yes"}}).structure == Structure::tunnel);
  CHECK(street({{"highway", "track"}, {"ford", "yes"}}).structure == Structure::ford);
  CHECK(street({{"highway", "primary"}, {"bridge", "no"}, {"layer", "junk"}}).level == 0);
}

TEST_CASE("what is tagged highway but is no street is counted as dropped") {
  test::OsmText osm;
  osm.node(1, 0, 0)
      .node(2, 1, 0)
      .way(7, {1, 2}, {{"highway", "platform"}})
      .way(8, {1, 2}, {{"highway", "construction"}});
  const test::TempFile file("platform.osm", osm.xml());
  const auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(read.ok());
  CHECK(read->roads.empty());
  for (const auto& count : read->log.counts)
    if (count.kind == "highway ways") {
      CHECK(count.read == 2);
      CHECK(count.closes());
    }
}

TEST_CASE("a way with missing nodes is cut there, not bridged") {
  test::OsmText osm;
  osm.node(1, 0, 0).node(2, 1, 0).node(4, 3, 0).node(5, 4, 0).way(7, {1, 2, 3, 4, 5, 6},
                                                                  {{"highway", "primary"}});
  const test::TempFile file("missing.osm", osm.xml());
  const auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(read.ok());
  REQUIRE(read->roads.size() == 2);
  CHECK(read->roads[0].nodes.size() == 2);
  CHECK(read->nodes[read->roads[0].nodes[1]].clipped_here);
  CHECK(!read->nodes[read->roads[0].nodes[0]].clipped_here);
  REQUIRE(read->log.findings.size() == 1);
  CHECK(read->log.findings[0].code == "repaired.missing_node");
  CHECK(read->log.findings[0].feature == "way/7");
}
