#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

const Tags kStreet{{"highway", "primary"}, {"maxspeed", "50"}, {"lanes", "2"}};

//      5
//      |
//  1 - 2 - 3     way 10: 1 2 3, way 11: 4 2 5; way 12 passes over way 10 on a bridge between 2 and 3
//      |
//      4
OsmText crossing() {
  OsmText osm;
  osm.bounds(-10, -10, 20, 10);
  osm.node(1, 0, 0).node(2, 5, 0).node(3, 10, 0).node(4, 5, -5).node(5, 5, 5);
  osm.way(10, {1, 2, 3}, kStreet).way(11, {4, 2, 5}, kStreet);
  return osm;
}

}  // namespace

TEST_CASE("ways that share a node are split there; keys count along the way") {
  const CityModel city = import_text(crossing());
  const Links& links = city.streets().links;
  CHECK(city.streets().junctions.size() == 5);
  REQUIRE(links.size() == 4);
  const std::size_t first = row_of(links.origin.key, "way/10#1");
  const std::size_t second = row_of(links.origin.key, "way/10#2");
  CHECK(links.to[first] == links.from[second]);
  CHECK(city.streets().junctions.origin.key[links.to[first].row()] == "node/2");
  CHECK(links.speed[first] == doctest::Approx(50 / 3.6));
  CHECK(links.origin.provenance[first] == Provenance::given);
  CHECK(count_of(city, "highway ways").added_by_splitting == 2);
  check_books(city);
}

TEST_CASE("a bridge without a shared node does not touch the street below") {
  OsmText osm = crossing();
  osm.node(6, 7, -3).node(7, 7, 3).way(12, {6, 7}, {{"highway", "secondary"}, {"bridge", "yes"}});
  const CityModel city = import_text(osm);
  const Links& links = city.streets().links;
  CHECK(links.size() == 5);
  const std::size_t bridge = row_of(links.origin.key, "way/12");
  CHECK(links.structure[bridge] == Structure::bridge);
  CHECK(links.level[bridge] == 1);
  CHECK(links.origin.provenance[bridge] == Provenance::estimated);  // no maxspeed, no lanes
}

TEST_CASE("a ring street is one link from its junction to itself") {
  OsmText osm = crossing();
  osm.node(6, 12, 2).node(7, 14, 0).node(8, 12, -2);
  osm.way(13, {3, 6, 7, 8, 3}, {{"highway", "residential"}, {"junction", "roundabout"}});
  const CityModel city = import_text(osm);
  const Links& links = city.streets().links;
  const std::size_t ring = row_of(links.origin.key, "way/13");
  CHECK(links.from[ring] == links.to[ring]);
  CHECK(links.lanes_backward[ring] == 0);
  CHECK(city.streets().junctions.control[links.from[ring].row()] == JunctionControl::roundabout);
}

TEST_CASE("signals split a street, signs move to their junction") {
  OsmText osm;
  osm.bounds(-10, -10, 20, 10);
  osm.node(1, 0, 0).node(2, 3, 0, {{"highway", "traffic_signals"}}).node(3, 5, 0);
  osm.node(4, 5, 3).node(5, 5, -3).node(6, 4.8, 0, {{"highway", "stop"}});
  osm.node(7, 5, 1.5, {{"highway", "give_way"}}).node(8, 19, 9, {{"highway", "stop"}});
  osm.way(10, {1, 2, 6, 3}, kStreet).way(11, {4, 7, 3, 5}, kStreet);
  const CityModel city = import_text(osm);
  const Junctions& junctions = city.streets().junctions;
  CHECK(junctions.control[row_of(junctions.origin.key, "node/2")] == JunctionControl::signals);
  CHECK(junctions.control[row_of(junctions.origin.key, "node/3")] == JunctionControl::stop);
  CHECK(!has_row(junctions.origin.key, "node/6"));
  const ImportCount& count = count_of(city, "junction control nodes");
  CHECK(count.read == 4);
  CHECK(count.kept == 1);
  CHECK(count.merged == 1);
  CHECK(dropped_for(count, "dropped.far_from_junction") == 1);  // 167 m from either end
  CHECK(dropped_for(count, "dropped.not_on_a_street") == 1);
}

TEST_CASE("turn restrictions find their links") {
  OsmText osm;
  osm.bounds(-10, -10, 20, 10);
  osm.node(1, 0, 0).node(2, 5, 0).node(3, 10, 0).node(4, 5, -5).node(5, 5, 5).node(6, 7, 0);
  osm.way(10, {1, 2}, kStreet).way(11, {2, 6, 3}, kStreet).way(12, {4, 2}, kStreet).way(13, {2, 5}, kStreet);
  const auto turn = [](long from, long via, long to) {
    return std::vector<OsmText::Member>{{"way", from, "from"}, {"node", via, "via"}, {"way", to, "to"}};
  };
  osm.relation(20, turn(10, 2, 13), {{"type", "restriction"}, {"restriction", "no_left_turn"}});
  osm.relation(21, turn(12, 2, 11), {{"type", "restriction"}, {"restriction", "only_right_turn"}});
  osm.relation(22, turn(10, 2, 99), {{"type", "restriction"}, {"restriction", "no_left_turn"}});
  osm.relation(23, turn(11, 6, 11), {{"type", "restriction"}, {"restriction", "no_u_turn"}});
  osm.relation(24, {{"way", 10, "from"}, {"way", 11, "via"}, {"way", 13, "to"}},
               {{"type", "restriction"}, {"restriction", "no_u_turn"}});
  osm.relation(25, turn(10, 2, 13), {{"type", "restriction"}, {"restriction:hgv", "no_left_turn"}});
  const CityModel city = import_text(osm);
  const TurnRestrictions& turns = city.streets().turn_restrictions;
  const Links& links = city.streets().links;
  REQUIRE(turns.size() == 2);
  CHECK(turns.key[0] == "relation/20");
  CHECK(links.origin.key[turns.from[0].row()] == "way/10");
  CHECK(links.origin.key[turns.to[0].row()] == "way/13");
  CHECK(turns.only[0] == 0);
  CHECK(turns.only[1] == 1);
  const ImportCount& count = count_of(city, "turn restrictions");
  CHECK(count.read == 6);
  CHECK(dropped_for(count, "dropped.restriction_members") == 1);
  CHECK(dropped_for(count, "dropped.restriction_ambiguous") == 1);
  CHECK(dropped_for(count, "dropped.restriction_via_way") == 1);
  CHECK(dropped_for(count, "dropped.restriction_for_some") == 1);
  CHECK(count.closes());
}

TEST_CASE("streets are cut at the area; arterials that lead in become entries") {
  OsmText osm = crossing();
  osm.node(6, 0, 3).node(7, 10, 3).way(14, {6, 7}, {{"highway", "residential"}});
  osm.way(15, {4, 3}, {{"highway", "primary"}, {"oneway", "yes"}});
  const CityModel city = import_text(osm, "9.003,44.999,9.008,45.004");
  const Streets& s = city.streets();
  for (const Point2 p : s.junctions.position) CHECK(city.info().frame.extent.grown(0.01).contains(p));
  CHECK(has_row(s.junctions.origin.key, "way/10@cut1"));
  CHECK(has_row(s.junctions.origin.key, "way/10@cut2"));
  CHECK(has_row(s.links.origin.key, "way/14"));
  const std::size_t cut = row_of(s.junctions.origin.key, "way/10@cut1");
  CHECK(s.junctions.origin.provenance[cut] == Provenance::derived);
  std::size_t entries = 0;
  for (const FacilityKind kind : city.facilities().kind)
    if (kind == FacilityKind::entry) ++entries;
  CHECK(entries == 4);  // both ends of ways 10 and 11; 14 is residential, 15 lies outside
  CHECK(has_row(city.facilities().origin.key, "entry/way/10@cut1"));
  CHECK(dropped_for(count_of(city, "highway ways"), "dropped.outside_extent") == 1);
  check_books(city);
}

TEST_CASE("a one-way street out of the city is no entry") {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  osm.node(1, 5, 5).node(2, 15, 5).node(3, 5, 15).node(4, 5, 2);
  osm.way(10, {1, 2}, {{"highway", "primary"}, {"oneway", "yes"}});
  osm.way(11, {3, 1}, {{"highway", "primary"}, {"oneway", "yes"}});
  osm.way(12, {1, 4}, kStreet);
  const CityModel city = import_text(osm);
  CHECK(has_row(city.facilities().origin.key, "entry/way/11@cut1"));
  CHECK(!has_row(city.facilities().origin.key, "entry/way/10@cut1"));
}

TEST_CASE("two nodes at one place make no link without length") {
  OsmText osm;
  osm.bounds(-10, -10, 20, 10);
  osm.node(1, 0, 0).node(2, 5, 0).node(3, 5, 0).node(4, 10, 0).node(5, 5, 5);
  osm.way(10, {1, 2}, kStreet).way(11, {2, 3}, kStreet).way(12, {3, 4}, kStreet).way(13, {3, 5}, kStreet);
  const CityModel city = import_text(osm);
  const Links& links = city.streets().links;
  CHECK(links.size() == 3);
  for (std::size_t l = 0; l < links.size(); ++l) CHECK(length(links.geometry[l]) > 1);
  CHECK(links.to[row_of(links.origin.key, "way/10")] == links.from[row_of(links.origin.key, "way/12")]);
  check_books(city);
}

//  9 . . . . . 8      the box says more than the data: streets end at 3 (primary) and 5 (tertiary)
//  . 1 = 2 = 3 .      inside it, as at a country's border
//  . . . 5 . . .
TEST_CASE("a main road that ends at the outline of the street network leads in, a lesser one does not") {
  OsmText osm;
  osm.bounds(-50, -50, 60, 50);
  osm.node(1, 0, 0).node(2, 5, 0).node(3, 10, 0).node(4, 5, 8).node(5, 5, -8).node(6, 6, 1);
  osm.way(10, {1, 2, 3}, kStreet).way(11, {4, 2, 5}, {{"highway", "tertiary"}}).way(12, {2, 6}, kStreet);
  const CityModel city = import_text(osm);
  CHECK(has_row(city.facilities().origin.key, "entry/node/1"));
  CHECK(has_row(city.facilities().origin.key, "entry/node/3"));
  CHECK(!has_row(city.facilities().origin.key, "entry/node/5"));
  CHECK(!has_row(city.facilities().origin.key, "entry/node/6"));  // inside the outline
}
