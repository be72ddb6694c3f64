// People by cell and building, and what facilities need.
#include <numeric>

#include "gis/build/buildings.hpp"
#include "gis/build/cells.hpp"
#include "gis/build/facilities.hpp"
#include "gis/build/homes.hpp"
#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

Ring square(double x, double y, double side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

void add_building(CityTables& tables, const char* key, double x, double y, double floor, BuildingUse use,
                  double side = 10) {
  Buildings& b = tables.buildings;
  b.origin.push_back(key, Provenance::given, {});
  b.footprint.push_back({square(x, y, side), {}});
  b.height.push_back(6);
  b.height_provenance.push_back(Provenance::given);
  b.levels.push_back(2);
  b.use.push_back(use);
  b.floor_area.push_back(floor);
  b.value.push_back(0);
  b.people.push_back(0);
  b.floor_height.push_back(0);
  b.floodproof_depth.push_back(0);
  b.name.emplace_back();
}

// Four cells of 100 m; homes a and b in the first, c in the second; a shop in the first.
CityTables four_cells() {
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {200, 200}};
  add_building(tables, "a", 10, 10, 100, BuildingUse::residential);
  add_building(tables, "b", 50, 50, 300, BuildingUse::residential);
  add_building(tables, "c", 150, 50, 200, BuildingUse::residential);
  add_building(tables, "shop", 80, 10, 900, BuildingUse::commercial);
  make_management_cells(tables, 100);
  return tables;
}

}  // namespace

TEST_CASE("estimated people: cells are the sums of their homes") {
  CityTables tables = four_cells();
  REQUIRE(tables.management_cells.size() == 4);
  CHECK(tables.management_cells.origin.key[1] == "cell/1/0");
  estimate_population(tables, {});
  CHECK(tables.buildings.people[1] == doctest::Approx(300 / kFloorPerPerson));
  CHECK(tables.buildings.people[3] == 0);
  CHECK(tables.management_cells.population[0] == doctest::Approx(400 / kFloorPerPerson));
  CHECK(tables.management_cells.population[1] == doctest::Approx(200 / kFloorPerPerson));
  CHECK(sum(tables.buildings.people) == doctest::Approx(sum(tables.management_cells.population)));
  CHECK(tables.management_cells.origin.provenance[0] == Provenance::estimated);
}

TEST_CASE("given people live in the homes of their area, by floor") {
  CityTables tables = four_cells();
  PopulationRow row;
  row.areas = {{square(0, 0, 200), {}}};
  row.population = 60;
  row.jobs = 8;
  const PopulationBooks books = spread_population(tables, {row}, {}, Provenance::given);
  CHECK(tables.buildings.people[0] == doctest::Approx(10));
  CHECK(tables.buildings.people[1] == doctest::Approx(30));
  CHECK(tables.buildings.people[2] == doctest::Approx(20));
  CHECK(tables.management_cells.population[0] == doctest::Approx(40));
  CHECK(sum(tables.management_cells.jobs) == doctest::Approx(8));
  CHECK(books.outside == doctest::Approx(0));
}

TEST_CASE("what has no home goes by area; what lies outside is told") {
  CityTables tables = four_cells();
  PopulationRow empty, half, far;
  empty.areas = {{{{0, 100}, {200, 100}, {200, 200}, {0, 200}}, {}}};
  empty.population = 10;
  half.areas = {{{{100, 0}, {300, 0}, {300, 100}, {100, 100}}, {}}};
  half.population = 20;
  far.place = {1000, 1000};
  far.population = 5;
  const PopulationBooks books = spread_population(tables, {empty, half, far}, {}, Provenance::given);
  CHECK(tables.management_cells.population[2] == doctest::Approx(5));
  CHECK(tables.management_cells.population[3] == doctest::Approx(5));
  CHECK(tables.buildings.people[2] == doctest::Approx(10));
  CHECK(books.given == doctest::Approx(35));
  CHECK(books.outside == doctest::Approx(15));
  CHECK(books.rows_outside == 1);
  CHECK(sum(tables.management_cells.population) == doctest::Approx(books.given - books.outside));
}

TEST_CASE("people at a place live in the homes of its cell") {
  CityTables tables = four_cells();
  PopulationRow point;
  point.place = {90, 90};
  point.population = 8;
  static_cast<void>(spread_population(tables, {point, point}, {}, Provenance::given));
  CHECK(tables.buildings.people[0] == doctest::Approx(4));
  CHECK(tables.buildings.people[1] == doctest::Approx(12));
  CHECK(tables.management_cells.population[0] == doctest::Approx(16));
}

TEST_CASE("where most buildings state a use, those without are no homes") {
  CityTables tables = four_cells();
  add_building(tables, "barn", 20, 60, 500, BuildingUse::unknown);
  estimate_population(tables, {});
  CHECK(tables.buildings.people[4] == 0);
}

TEST_CASE("where few buildings state a use, half the floor of the others is homes; small ones are none") {
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {200, 200}};
  add_building(tables, "known", 10, 10, 300, BuildingUse::residential);
  add_building(tables, "unknown", 30, 10, 300, BuildingUse::unknown);
  add_building(tables, "unknown too", 130, 10, 600, BuildingUse::unknown);
  add_building(tables, "garage", 150, 10, 200, BuildingUse::ancillary);
  add_building(tables, "hut", 50, 10, 16, BuildingUse::residential, 4);
  add_building(tables, "kiosk", 70, 10, 36, BuildingUse::unknown, 6);
  add_building(tables, "unknown, empty", 90, 10, 0, BuildingUse::unknown);
  make_management_cells(tables, 100);
  estimate_population(tables, {});
  const auto& people = tables.buildings.people;
  CHECK(kFloorPerPerson == doctest::Approx(60).epsilon(0.01));
  CHECK(people[0] == doctest::Approx(300 / kFloorPerPerson));
  CHECK(people[1] == doctest::Approx(150 / kFloorPerPerson));
  CHECK(people[2] == doctest::Approx(300 / kFloorPerPerson));
  CHECK(people[3] == 0);
  CHECK(people[4] == 0);
  CHECK(people[5] == 0);
  CHECK(sum(people) == doctest::Approx(sum(tables.management_cells.population)));
}

TEST_CASE("heights: given, from storeys, estimated") {
  OsmText osm;
  osm.bounds(0, 0, 10, 10);
  const auto house = [&](long id, double x, const Tags& tags) {
    osm.node(id * 10, x, 2)
        .node(id * 10 + 1, x + 0.2, 2)
        .node(id * 10 + 2, x + 0.2, 2.2)
        .node(id * 10 + 3, x, 2.2);
    osm.way(id, {id * 10, id * 10 + 1, id * 10 + 2, id * 10 + 3, id * 10}, tags);
  };
  house(1, 1, {{"building", "house"}, {"height", "9"}});
  house(2, 2, {{"building", "house"}, {"building:levels", "4"}});
  house(3, 3, {{"building", "garage"}});
  house(4, 4, {{"building", "yes"}, {"height", "tall"}});
  const CityModel city = import_text(osm);
  const Buildings& b = city.buildings();
  REQUIRE(b.size() == 4);
  CHECK(b.height[0] == 9);
  CHECK(b.height_provenance[0] == Provenance::given);
  CHECK(b.levels[0] == 3);
  CHECK(b.height[1] == 12);
  CHECK(b.height_provenance[1] == Provenance::derived);
  CHECK(b.floor_area[1] == doctest::Approx(4 * b.footprint.area(1)));
  CHECK(b.levels[2] == 1);
  CHECK(b.height_provenance[2] == Provenance::estimated);
  CHECK(b.height_provenance[3] == Provenance::estimated);
}

namespace {

CityTables hospital_and_substations() {
  CityTables tables;
  const auto add = [&](const char* key, FacilityKind kind, Point2 p) {
    Facilities& f = tables.facilities;
    f.origin.push_back(key, Provenance::given, {});
    f.kind.push_back(kind);
    f.name.emplace_back();
    f.position.push_back(p);
    f.building.push_back({});
    f.capacity.push_back(0);
    f.floor_height.push_back(0);
  };
  add("h", FacilityKind::hospital, {0, 0});
  add("far", FacilityKind::substation, {900, 0});
  add("near", FacilityKind::substation, {100, 0});
  return tables;
}

std::size_t need_of(const Needs& needs, std::size_t facility, NeedKind kind) {
  for (std::size_t n = 0; n < needs.size(); ++n)
    if (needs.facility[n].row() == facility && needs.kind[n] == kind) return n;
  return needs.size();
}

}  // namespace

TEST_CASE("the shipped table of needs reads, and finds the nearest provider") {
  const auto defaults = read_need_defaults(CITYTWIN_SOURCE_DIR "/data/tables/facility_needs.csv");
  REQUIRE(defaults.ok());
  for (const NeedDefault& need : *defaults) CHECK(!need.source.empty());
  CityTables tables = hospital_and_substations();
  REQUIRE(add_needs(tables, *defaults, {}, {}).ok());
  const Needs& n = tables.needs;
  CHECK(n.provider[need_of(n, 0, NeedKind::power)] == "near");
  CHECK(n.provider[need_of(n, 1, NeedKind::power)] == "grid");
  CHECK(n.provider[need_of(n, 0, NeedKind::water)] == "water_works");  // absent: counts as met
  CHECK(n.threshold_depth[need_of(n, 0, NeedKind::dry)] == doctest::Approx(0.15));
  CHECK(n.provenance[0] == Provenance::estimated);
}

TEST_CASE("overrides: of a kind, then of the one facility") {
  const auto defaults = read_need_defaults(CITYTWIN_SOURCE_DIR "/data/tables/facility_needs.csv");
  REQUIRE(defaults.ok());
  CityTables tables = hospital_and_substations();
  REQUIRE(add_needs(tables, *defaults,
                    {{"h.power.backup_h", "12"},
                     {"hospital.power.backup_h", "48"},
                     {"hospital.water", "none"},
                     {"substation.dry.threshold_depth_m", "0.4"},
                     {"far.power.provider", "near"}},
                    {.file = "recipe.toml"})
              .ok());
  const Needs& n = tables.needs;
  const std::size_t power = need_of(n, 0, NeedKind::power);
  CHECK(n.backup_h[power] == 12);
  CHECK(n.provenance[power] == Provenance::given);
  CHECK(n.source[power] == "recipe.toml");
  CHECK(need_of(n, 0, NeedKind::water) == n.size());
  CHECK(n.threshold_depth[need_of(n, 2, NeedKind::dry)] == doctest::Approx(0.4));
  CHECK(n.provider[need_of(n, 1, NeedKind::power)] == "near");

  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"hospital.power.backup_h", "-1"},
                                                        {"hospital.power.backup", "1"},
                                                        {"hospital.electricity", "none"},
                                                        {"hospital", "none"},
                                                        {"hospital.power.backup_h", "long"},
                                                        {"hospital.power", "some"}}) {
    CAPTURE(key);
    CityTables again = hospital_and_substations();
    CHECK(add_needs(again, *defaults, {{key, value}}, {}).diagnostics().has("needs.bad_override"));
  }
  CityTables typo = hospital_and_substations();
  CHECK(add_needs(typo, *defaults, {{"hosptal.power.backup_h", "1"}}, {})
            .diagnostics()
            .has("needs.unknown_target"));
}

TEST_CASE("a broken table of needs names its line") {
  const TempFile file("needs.csv",
                      "kind,need,provider,threshold_depth_m,backup_h,source\nhospital,power,grid,0,8,\"a, "
                      "b\"\nhospital,dry,,deep,0,x\n");
  const auto rows = read_need_defaults(file.path());
  REQUIRE(!rows.ok());
  CHECK(rows.diagnostics().items().front().where.line == 3);
}
