#include "gis/build/check_format.hpp"

#include <nlohmann/json.hpp>

#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

const CheckFinding* find(const CheckReport& report, const std::string& code) {
  for (const CheckFinding& f : report.findings)
    if (f.code == code) return &f;
  return nullptr;
}

std::string arg(const CheckFinding& f, const std::string& name) {
  for (const auto& [key, value] : f.args)
    if (key == name) return value;
  return {};
}

std::string marked(const std::string& code) { return std::string("<").append(code).append(">"); }

std::string code_itself(const std::string& code,
                        const std::vector<std::pair<std::string, std::string>>& /*args*/) {
  return marked(code);
}

// Two streets that do not meet, a house, a dirty house.
OsmText two_parts() {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  osm.node(1, 1, 1).node(2, 2, 1).node(3, 3, 1).node(4, 6, 6).node(5, 7, 6);
  osm.way(10, {1, 2}, {{"highway", "residential"}}).way(11, {2, 3}, {{"highway", "residential"}});
  osm.way(12, {4, 5}, {{"highway", "residential"}});
  osm.node(20, 4, 4).node(21, 4.2, 4).node(22, 4.2, 4.2).node(23, 4, 4.2);
  osm.way(13, {20, 21, 22, 23, 20}, {{"building", "yes"}});
  osm.way(14, {20, 22, 21, 23, 20}, {{"building", "yes"}});  // crosses itself
  osm.node(30, 5, 5, {{"amenity", "hospital"}});
  return osm;
}

CheckReport check_tables(CityTables tables) {
  const auto city = build_city(std::move(tables));
  REQUIRE(city.ok());
  return check_city(*city);
}

}  // namespace

TEST_CASE("what a user should know is found, with counts") {
  const CityModel city = import_text(two_parts());
  const CheckReport report = check_city(city);
  CHECK(report.books_close);
  CHECK(report.street_components == 2);
  CHECK(report.largest_component_share == doctest::Approx(2.0 / 3));
  REQUIRE(find(report, "check.street_components") != nullptr);
  CHECK(arg(*find(report, "check.street_components"), "links") == "1");
  CHECK(find(report, "check.no_terrain") != nullptr);
  CHECK(find(report, "check.no_entries") != nullptr);
  CHECK(find(report, "check.heights_estimated") != nullptr);
  REQUIRE(find(report, "repaired.self_crossing_ring") != nullptr);
  CHECK(arg(*find(report, "repaired.self_crossing_ring"), "first") == "way/14");
  REQUIRE(find(report, "check.absent_provider") != nullptr);
  CHECK(find(report, "check.books_open") == nullptr);
}

TEST_CASE("books that do not close, and rows that do not match, are errors") {
  const CityModel city = import_text(two_parts());
  CityTables open = tables_of(city);
  for (ImportCount& count : open.import_log.counts)
    if (count.kind == "building ways") ++count.read;
  const CheckReport report = check_tables(std::move(open));
  CHECK(!report.books_close);
  REQUIRE(find(report, "check.books_open") != nullptr);
  CHECK(find(report, "check.books_open")->severity == Severity::error);

  CityTables rows = tables_of(city);
  for (ImportCount& count : rows.import_log.counts)
    if (count.kind == "highway ways") ++count.added_by_splitting;
  const CheckReport differ = check_tables(std::move(rows));
  REQUIRE(find(differ, "check.rows_differ") != nullptr);
  CHECK(arg(*find(differ, "check.rows_differ"), "table") == "links");
}

TEST_CASE("buildings without ground and voids are counted") {
  CityTables tables = tables_of(import_text(two_parts()));
  const Box2 extent = tables.info.frame.extent;
  GridSpec spec{extent.min, 50, static_cast<int>(extent.width() / 50) + 1,
                static_cast<int>(extent.height() / 50) + 1};
  tables.terrain.elevation = Grid<float>(spec, 5.0F);
  tables.terrain.true_resolution_m = 90;
  const Point2 home = centroid(tables.buildings.footprint[0]);
  tables.terrain.elevation.at(spec.column(home.x), spec.row(home.y)) = kNoData;
  const CheckReport report = check_tables(std::move(tables));
  REQUIRE(find(report, "check.voids") != nullptr);
  CHECK(arg(*find(report, "check.voids"), "cells") == "1");
  REQUIRE(find(report, "check.buildings_without_ground") != nullptr);
  CHECK(find(report, "check.coarse_terrain") != nullptr);
  CHECK(find(report, "check.vertical_datum_unknown") != nullptr);
}

TEST_CASE("JSON and text carry every finding with its remedy") {
  const CityModel city = import_text(two_parts());
  const CheckReport report = check_city(city);
  const auto json = nlohmann::json::parse(check_to_json(city, report, code_itself));
  CHECK(json.at("books_close") == true);
  CHECK(json.at("hash") == content_hash(city).hex());
  CHECK(json.at("findings").size() == report.findings.size());
  for (const auto& finding : json.at("findings"))
    CHECK(finding.at("remedy") == marked(finding.at("code").get<std::string>() + ".remedy"));
  bool placed = false;
  for (const auto& place : json.at("places"))
    if (place.at("feature") == "way/14") {
      placed = true;
      CHECK(place.at("lon").get<double>() == doctest::Approx(9.004).epsilon(1e-5));
      CHECK(place.at("lat").get<double>() == doctest::Approx(45.004).epsilon(1e-6));
    }
  CHECK(placed);
  const std::string text = check_to_text(city, report, code_itself);
  for (const CheckFinding& finding : report.findings)
    CHECK(text.find(marked(finding.code + ".remedy")) != std::string::npos);
  CHECK(text.find(marked("check.kind.building_ways")) != std::string::npos);
  // What the source covers, its CRS and datum.
  const auto& source = json.at("sources").at(0);
  CHECK(source.at("crs") == "EPSG:4326");
  CHECK(source.at("vertical_datum") == "unknown");
  REQUIRE(source.at("extent").size() == 4);
  CHECK(source.at("extent").at(2).get<double>() > source.at("extent").at(0).get<double>());
  CHECK(text.find(marked("check.text.extent")) != std::string::npos);
}

TEST_CASE("an absent provider and its need are said in words; the arguments stay the model's names") {
  const CityModel city = import_text(two_parts());
  const CheckReport report = check_city(city);
  const auto provider = [](const std::string& code, const auto& args) {
    if (code != "check.absent_provider") return marked(code);
    std::string words;
    for (const auto& [name, value] : args) words.append(" ").append(name).append("=").append(value);
    return words;
  };
  const std::string words = " need=<report.need.water> provider=<report.kind.water_works>";
  CHECK(check_to_text(city, report, provider).find(words) != std::string::npos);
  const auto json = nlohmann::json::parse(check_to_json(city, report, provider));
  bool found = false;
  for (const auto& f : json.at("findings"))
    if (f.at("args").value("provider", "") == "water_works") {
      found = true;
      CHECK(f.at("message").get<std::string>().starts_with(words));
    }
  CHECK(found);
}

TEST_CASE("people in buildings of unknown use are told; filled voids are counted in cells") {
  const CityModel city = import_text(two_parts());
  const CheckReport report = check_city(city);
  const CheckFinding* unknown = find(report, "check.people_in_unknown_use");
  REQUIRE(unknown != nullptr);
  CHECK(arg(*unknown, "percent") == "100");

  CityTables tables = tables_of(city);
  for (BuildingUse& use : tables.buildings.use) use = BuildingUse::residential;
  tables.import_log.terrain_changes.push_back({"void", "", {1, 1}, 0, 17});
  tables.import_log.terrain_changes.push_back({"void", "", {9, 1}, 0, 4});
  tables.import_log.terrain_changes.push_back({"bridge", "way/1", {5, 5}, 2.5, 3});
  const auto known = build_city(std::move(tables));
  REQUIRE(known.ok());
  const CheckReport again = check_city(*known);
  CHECK(find(again, "check.people_in_unknown_use") == nullptr);
  const auto code_with_args = [](const std::string& code, const auto& args) {
    std::string words = marked(code);
    for (const auto& [name, value] : args) words.append(" ").append(name).append("=").append(value);
    return words;
  };
  const std::string text = check_to_text(*known, again, code_with_args);
  CHECK(text.find("<check.text.changed_void> count=2 kind=<check.change.void> depth=0.0 cells=21\n") !=
        std::string::npos);
  CHECK(text.find("<check.text.changed> count=1 kind=<check.change.bridge> depth=2.5 cells=3\n") !=
        std::string::npos);
}

TEST_CASE("the share in buildings of unknown use is one of all people, and its remedy fits the sources") {
  const CityModel city = import_text(two_parts());
  CityTables given = tables_of(city);
  for (std::string& kind : given.sources.kind) kind = "population";
  const CheckReport with_source = check_tables(std::move(given));
  CHECK(find(with_source, "check.people_in_unknown_use") == nullptr);
  CHECK(find(with_source, "check.people_in_unknown_use_given") != nullptr);

  CityTables outdoors = tables_of(city);  // a hundred times as many people where no building is
  for (const double people : outdoors.buildings.people)
    outdoors.management_cells.population[0] += 100 * people;
  const CheckReport few = check_tables(std::move(outdoors));
  CHECK(find(few, "check.people_in_unknown_use") == nullptr);
}

TEST_CASE("without people nothing is said about how they are estimated") {
  CityTables tables = tables_of(import_text(two_parts()));
  for (double& people : tables.management_cells.population) people = 0;
  for (double& people : tables.buildings.people) people = 0;
  CHECK(find(check_tables(std::move(tables)), "check.people_estimated") == nullptr);
}

TEST_CASE("drops name their first feature; one without coordinates says so") {
  OsmText osm = two_parts();
  osm.at(91, 9.0, 91.0);
  osm.way(15, {20, 21, 20}, {{"building", "yes"}}).way(16, {20, 21, 20}, {{"landuse", "grass"}});
  osm.way(10, {1, 2}, {{"highway", "residential"}});
  const CityModel city = import_text(osm);
  const CheckReport report = check_city(city);
  const CheckFinding* few = find(report, "dropped.too_few_points");
  REQUIRE(few != nullptr);
  CHECK(arg(*few, "first") == "way/15");
  CHECK(arg(*few, "kind").find(", ") != std::string::npos);  // which of the two kinds, nobody noted
  CHECK(arg(*few, "count") == "2");
  const CheckFinding* bad = find(report, "dropped.bad_coordinate");
  REQUIRE(bad != nullptr);
  CHECK(arg(*bad, "first") == "node/91");
  CHECK(arg(*bad, "first_place") == "none");
  const CheckFinding* twice = find(report, "dropped.duplicate_key");
  REQUIRE(twice != nullptr);
  CHECK(arg(*twice, "first") == "way/10");
  CHECK(arg(*twice, "first_place").empty());
  const std::string text = check_to_text(city, report, code_itself);
  CHECK(text.find("node/91 (<check.text.no_place>)") != std::string::npos);
}
