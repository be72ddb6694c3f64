// Dirt that real files carry: repaired or dropped, counted and listed with its place, never in silence.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::bad_input {
namespace {

// Imports, checks, and returns what `check --json` prints.
std::string checked(const std::function<void(const Path&)>& make, const Arguments& sources) {
  const gis::test::TemporaryFolder folder;
  make(folder.path());
  const Outcome imported = run_citytwin(import_of(sources), folder.path());
  REQUIRE_MESSAGE(imported.exit_code == 0, imported.messages);
  const Outcome check = run_citytwin({"check", "city.gpkg", "--json"}, folder.path());
  REQUIRE_MESSAGE(check.exit_code == 0, check.messages);
  CHECK(check.output.find("\"books_close\": true") != std::string::npos);
  return check.output;
}

std::string town_with(const std::string& more) {
  std::string osm = good_osm();
  osm.insert(osm.find("</osm>"), more);
  return osm;
}

std::string node(int id, double lat, double lon) {
  return "<node id='" + std::to_string(id) + "' version='1' lat='" + std::to_string(lat) + "' lon='" +
         std::to_string(lon) + "'/>";
}

std::string way(int id, const std::vector<int>& nodes, const std::string& key,
                const std::string& value = "yes") {
  std::string text = "<way id='" + std::to_string(id) + "' version='1'>";
  for (const int n : nodes) text += "<nd ref='" + std::to_string(n) + "'/>";
  return text + "<tag k='" + key + "' v='" + value + "'/></way>";
}

void check_listed(const std::string& output, const std::vector<std::string>& codes) {
  for (const std::string& code : codes)
    CHECK_MESSAGE(output.find("\"" + code + "\"") != std::string::npos, code << " is not in the check");
}

}  // namespace

TEST_CASE("dirt of a street map is repaired or dropped and listed") {
  const std::string output = checked(
      [](const Path& folder) {
        put_dem(folder / "dem.tif");
        put(folder / "town.osm",
            town_with(
                node(5001, 43.7285, 7.4185) + node(5002, 43.7287, 7.4187) + node(5003, 43.7287, 7.4185) +
                node(5004, 43.7285, 7.4187) + node(5005, 91, 7.4185) +
                way(900, {5001, 5002, 5003, 5004, 5001}, "building") +      // crosses itself
                way(901, {5001, 5002, 5003}, "building") +                  // never closes
                way(902, {5001, 5003, 7777, 5002}, "highway", "service") +  // a node that is not in the file
                way(903, {5001, 5005}, "highway", "service")));             // a node off the globe
      },
      {"--osm", "town.osm", "--dem", "dem.tif"});
  check_listed(output, {"repaired.self_crossing_ring", "repaired.unclosed_ring", "repaired.missing_node",
                        "dropped.bad_coordinate", "dropped.missing_nodes"});
}

TEST_CASE("voids, NaN and absurd heights of an elevation file are bridged and listed") {
  const std::string output = checked(
      [](const Path& folder) {
        put_osm(folder / "town.osm");
        gis::test::write_tiff(folder / "dem.tif", good_dem(), [](int c, int r) -> double {
          if (c == 24 && r == 25) return -9999;
          if (c == 25 && r == 22) return std::nan("");
          if (c == 22 && r == 28) return 1e9;
          return 10 + c;
        });
      },
      {"--osm", "town.osm", "--dem", "dem.tif"});
  check_listed(output, {"dropped.no_data", "dropped.not_a_number", "dropped.implausible_height", "void"});
}

TEST_CASE("dirt of a buildings file is repaired or dropped and listed") {
  const std::string output = checked(
      [](const Path& folder) {
        put_dem(folder / "dem.tif");
        std::string houses = good_geojson();
        const std::string bow_tie =
            ",{\"type\":\"Feature\",\"properties\":{\"height\":-4},\"geometry\":{\"type\":\"Polygon\","
            "\"coordinates\":"
            "[[[7.4183,43.7295],[7.4187,43.7299],[7.4187,43.7295],[7.4183,43.7299],[7.4183,43.7295]]]}}"
            ",{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}"
            ",{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            "[[[7.4183,95],[7.4187,95],[7.4187,96],[7.4183,95]]]}}";
        houses.insert(houses.rfind("]}"), bow_tie);
        put(folder / "houses.geojson", houses);
      },
      {"--buildings", "houses.geojson", "--dem", "dem.tif"});
  check_listed(output, {"repaired.self_crossing_ring", "dropped.no_geometry", "dropped.impossible_place",
                        "repaired.bad_value"});
}

}  // namespace citytwin::bad_input
