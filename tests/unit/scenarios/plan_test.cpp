#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/core/scenario.hpp"
#include "scenarios/measures/built_on.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

Result<ScenarioFile> file(const std::string& content) {
  return check_scenario(*parse_toml(content, "case.toml"), "case.toml");
}

Result<Plan> planned(const std::string& content,
                     std::shared_ptr<const CityModel> city = test::tiny_city_with_water()) {
  const auto scenario = file(content);
  if (!scenario) return Result<Plan>(scenario.diagnostics());
  return plan(*scenario, std::move(city));
}

std::string first_error(const Diagnostics& diagnostics) {
  for (const auto& item : diagnostics.items())
    if (item.severity == Severity::error) return item.code;
  return "";
}

const std::string kStorm = "[[event]]\ntype = \"design_storm\"\ndepth_mm = 50\nduration_min = 60\n";

}  // namespace

TEST_CASE("a scenario becomes a complete run input") {
  const auto p = planned(
      "name = \"x\"\nquestion = \"What?\"\n[run]\nduration_h = 2\nbeat_s = 5\nseed = 4\nstart = "
      "2026-07-14T18:00:00+02:00\n"
      "[grid]\ncell_m = 20\n" +
      kStorm);
  REQUIRE(p.ok());
  const RunSpec& spec = p->input.spec;
  CHECK(spec.start == "2026-07-14T18:00:00+02:00");
  CHECK(spec.duration.seconds() == 7200);
  CHECK(spec.beat.ms == 5000);
  CHECK(spec.seed == 4);
  CHECK(spec.grid.cell_m == 20);
  CHECK(spec.grid.nx == 15);
  CHECK(spec.grid.ny == 10);
  CHECK(spec.domains == std::vector<std::string>{"surface_water"});
  CHECK(spec.domain_parameters.at("surface_water").has("dry_m"));
  CHECK(p->input.forcing.series.size() == 1);
  CHECK_FALSE(p->has_measures());
  CHECK(p->baseline == p->strategy);
  CHECK(p->text.question == "What?");
  CHECK(p->text.events.size() == 1);
  CHECK(!p->text.assumptions.empty());
  CHECK(p->vulnerability.depth_damage.size() == 9);
}

TEST_CASE("measures change the strategy's city and never the baseline's") {
  const auto city = test::tiny_city_with_water();
  const auto before = content_hash(*city);
  const auto p =
      planned(kStorm +
                  "[[measure]]\ntype = \"flood_wall\"\nalong = [[10, 60], [290, 60]]\nheight_m = 1\n"
                  "[[measure]]\ntype = \"retention_basin\"\narea = [[100, 20], [140, 20], [140, 60], [100, "
                  "60]]\ndepth_m = 2\n"
                  "[[measure]]\ntype = \"dry_floodproofing\"\narea = \"extent\"\ndepth_m = 0.8\n"
                  "[[measure]]\ntype = \"elevated_asset\"\nat = \"kind:hospital\"\nby_m = 1.5\n"
                  "[[measure]]\ntype = \"raised_ground\"\narea = \"around:centre:20\"\nraise_by_m = 1\n",
              city);
  REQUIRE(p.ok());
  CHECK(p->has_measures());
  CHECK(content_hash(*p->baseline) == before);
  CHECK(content_hash(*city) == before);
  CHECK(p->strategy->barriers().size() == 1);
  CHECK(p->strategy->barriers().height[0] == 1);
  CHECK(p->strategy->terrain().patches.size() == 2);
  CHECK(p->strategy->buildings().floodproof_depth == std::vector<double>{0.8, 0.8});
  CHECK(p->strategy->facilities().floor_height[2] == 1.5);
  CHECK(p->strategy_input().model == p->strategy);
  CHECK(p->text.measures.size() == 5);
  // 280 m x 4000 + 40 x 40 x 2 m3 x 120 + 2 x 12 000 + 250 000 + 1600 m2 x 60
  CHECK(p->text.cost == doctest::Approx(280 * 4000 + 3200 * 120 + 24000 + 250000 + 1600 * 60));
}

TEST_CASE("projections act on forcing, people, values and the sea") {
  const auto p = planned(kStorm +
                         "[[event]]\ntype = \"sea_level\"\nsurge_m = 1\npeak_h = 1\n"
                         "[projection]\nrain_factor = 1.5\nsea_level_rise_m = 0.5\npopulation_growth_percent "
                         "= 10\nvalue_growth_percent = 100\n");
  REQUIRE(p.ok());
  CHECK(p->input.forcing.of("rain").front()->series.integral(0, 7200) == doctest::Approx(0.075));
  CHECK(p->input.forcing.of("level").front()->series.at(3600) == doctest::Approx(1.5));
  CHECK(p->baseline->management_cells().population[0] == doctest::Approx(22));
  CHECK(p->baseline->buildings().people[0] == doctest::Approx(13.2));
  CHECK(p->baseline->water_bodies().level[0] == doctest::Approx(0.5));
  const auto plain = planned(kStorm);
  const auto home = BuildingUse::residential;
  CHECK(p->vulnerability.value_per_m2.at(home) ==
        doctest::Approx(2 * plain->vulnerability.value_per_m2.at(home)));
  CHECK(p->text.projections.size() == 4);
}

TEST_CASE("needs and values can be overridden") {
  const auto p = planned(kStorm +
                         "[[need]]\nfacility = \"hospital\"\nneed = \"power\"\nbackup_h = 48\n"
                         "[[need]]\nfacility = \"substation/1\"\nneed = \"dry\"\nthreshold_depth_m = 0.9\n"
                         "[impact]\ncurrency = \"EUR\"\nresidential_value_per_m2 = 3000\n");
  REQUIRE(p.ok());
  CHECK(p->baseline->needs().backup_h[2] == 48);
  CHECK(p->baseline->needs().threshold_depth[1] == 0.9);
  CHECK(p->vulnerability.value_per_m2.at(BuildingUse::residential) == 3000);
  CHECK(first_error(planned(kStorm + "[[need]]\nfacility = \"castle\"\nneed = \"power\"\nbackup_h = 1\n")
                        .diagnostics()) == "scenario.no_need");
}

TEST_CASE("errors of a scenario name their place, all of them at once") {
  const auto bad = file(
      "nme = \"x\"\n[grid]\ncell = 10\n[[event]]\ntype = \"desing_storm\"\n[[measure]]\nheight_m = "
      "1\n[run]\ndomains = \"surface_watr\"\n");
  CHECK_FALSE(bad.ok());
  CHECK(bad.diagnostics().has("toml.unknown_key"));
  CHECK(bad.diagnostics().has("scenario.unknown_type"));
  CHECK(bad.diagnostics().has("scenario.no_type"));
  CHECK(bad.diagnostics().has("scenario.unknown_domain"));
  CHECK(first_error(file("event = 3\n").diagnostics()) == "scenario.not_a_list");
  CHECK(first_error(file("format_version = 99\n").diagnostics()) == "scenario.newer");
  CHECK(first_error(planned("[run]\nstart = \"yesterday\"\n" + kStorm).diagnostics()) ==
        "scenario.bad_start");
  CHECK(first_error(planned("[run]\nstart = \"2026-07-14T18:00:00\"\n" + kStorm).diagnostics()) ==
        "scenario.bad_start");
  CHECK(first_error(planned("[run]\nduration_h = 0.001\n" + kStorm).diagnostics()) ==
        "scenario.shorter_than_beat");
  CHECK(first_error(planned(kStorm + "[[control]]\ntime_h = 1\ntarget = \"hospitl/1\"\nverb = \"fail\"\n")
                        .diagnostics()) == "scenario.no_target");
}

TEST_CASE("measures outside the city or on the same building are refused") {
  const auto outside =
      planned(kStorm + "[[measure]]\ntype = \"flood_wall\"\nalong = [[10, 60], [900, 60]]\nheight_m = 1\n");
  CHECK(first_error(outside.diagnostics()) == "measure.outside_city");
  CHECK(outside.diagnostics().items().front().where.line == 5);
  const std::string proof = "[[measure]]\ntype = \"dry_floodproofing\"\narea = \"around:building:b1:30\"\n";
  CHECK(planned(kStorm + proof).ok());
  CHECK(first_error(planned(kStorm + proof + proof).diagnostics()) == "measure.same_building");
  CHECK(first_error(
            planned(kStorm + "[[measure]]\ntype = \"flood_wall\"\nalong = \"coast\"\n").diagnostics()) ==
        "measure.wall_height_or_crest");
  CHECK(first_error(
            planned(kStorm + "[[measure]]\ntype = \"elevated_asset\"\nat = [10, 10]\n").diagnostics()) ==
        "measure.no_facility_there");
}

TEST_CASE("a measure that finds nothing to seal is a warning, costs nothing and changes nothing") {
  const auto p =
      planned(kStorm + "[[measure]]\ntype = \"dry_floodproofing\"\narea = \"extent\"\nuse = \"health\"\n");
  REQUIRE(p.ok());
  CHECK(p.diagnostics().has("measure.no_building"));
  CHECK(p->text.cost == 0);
  CHECK(content_hash(*p->strategy) == content_hash(*p->baseline));
}

TEST_CASE("a square around a place ends at the edge of the city") {
  const auto p = planned(kStorm + "[[measure]]\ntype = \"raised_ground\"\narea = \"around:centre:5000\"\n" +
                         "raise_by_m = 1\n");
  REQUIRE(p.ok());
  REQUIRE(p->text.measures.size() == 1);
  const Box2 extent = p->baseline->info().frame.extent;
  CHECK(p->text.cost == doctest::Approx(60 * extent.width() * extent.height()));
  CHECK(p->text.measures.front().second.find("raised by 1.00 m. Cost EUR ") != std::string::npos);
}

TEST_CASE("a city without terrain runs on a flat ground only when asked") {
  CityTables t = test::tiny_tables();
  t.terrain = {};
  const auto flat_city = std::make_shared<const CityModel>(*build_city(std::move(t)));
  CHECK(first_error(planned(kStorm, flat_city).diagnostics()) == "scenario.needs_terrain");
  const auto p = planned(kStorm + "[terrain]\nflat_m = 2\n", flat_city);
  REQUIRE(p.ok());
  CHECK(sample_bilinear(p->baseline->terrain().elevation, {0, 0}) == 2);
  CHECK(sample_bilinear(p->baseline->terrain().elevation, {300, 200}) == 2);
  CHECK(planned(kStorm + "[terrain]\nflat_m = 2\n").diagnostics().has("scenario.flat_ignored"));
}

TEST_CASE(
    "a rise of the sea adds to the level the scenario sets; a level and an event that drives it do not go "
    "together") {
  const std::string level = "[surface_water]\nsea_level_m = 0.7\n",
                    rise = "[projection]\nsea_level_rise_m = 0.5\n";
  const auto p = planned(kStorm + level + rise);
  REQUIRE(p.ok());
  CHECK(p->input.spec.domain_parameters.at("surface_water").number("sea_level_m") == doctest::Approx(1.2));
  CHECK(planned(kStorm + level)->input.spec.domain_parameters.at("surface_water").number("sea_level_m") ==
        doctest::Approx(0.7));
  CHECK_FALSE(planned(kStorm + rise)->input.spec.domain_parameters.at("surface_water").has("sea_level_m"));
  const auto both = planned(kStorm + level + "[[event]]\ntype = \"sea_level\"\nname = \"surge\"\n");
  REQUIRE(first_error(both.diagnostics()) == "scenario.two_sea_levels");
  CHECK(both.diagnostics().items().front().args.front().second == "surge");
  CHECK(both.diagnostics().items().front().where.line == 7);
}

TEST_CASE("a basin says what stands in it; on open ground it says nothing") {
  const std::string basin = "[[measure]]\ntype = \"retention_basin\"\narea = ";
  const auto under = planned(kStorm + basin + "[[10, 10], [45, 10], [45, 45], [10, 45]]\n");  // all of b1
  REQUIRE(under.ok());
  CHECK(under.diagnostics().has("measure.basin_built_on"));
  CHECK(under->text.measures.front().second.find("1 building and 0 m of street") != std::string::npos);
  const auto street = planned(kStorm + basin + "[[130, 60], [170, 60], [170, 110], [130, 110]]\n");  // l3
  REQUIRE(street.ok());
  CHECK(street->text.measures.front().second.find("no building and 50 m of street") != std::string::npos);
  const auto open = planned(kStorm + basin + "[[60, 60], [100, 60], [100, 90], [60, 90]]\n");
  REQUIRE(open.ok());
  CHECK_FALSE(open.diagnostics().has("measure.basin_built_on"));
}

TEST_CASE("a wall says which streets and buildings it cuts, and measures know where they lie on the map") {
  const std::string wall = "[[measure]]\ntype = \"flood_wall\"\nheight_m = 1\nalong = ";
  const auto across = planned(kStorm + wall + "[[30, 1], [30, 60]]\n");  // b1
  REQUIRE(across.ok());
  CHECK(across.diagnostics().has("measure.wall_crosses"));
  CHECK(across->text.measures.front().second.find("no street section and 1 building") != std::string::npos);
  const auto street = planned(kStorm + wall + "[[140, 80], [170, 80]]\n");  // l3
  REQUIRE(street.ok());
  CHECK(street->text.measures.front().second.find("1 street section and no building") != std::string::npos);
  const auto beside = planned(kStorm + wall + "[[60, 60], [100, 60]]\n");
  REQUIRE(beside.ok());
  CHECK_FALSE(beside.diagnostics().has("measure.wall_crosses"));
  REQUIRE(beside->measures.size() == 1);
  CHECK(beside->measures.front().shape == PlacedMeasure::Shape::line);
  CHECK(beside->measures.front().kind == "flood_wall");
  CHECK(beside->measures.front().where.size() == 2);
  const auto sealed = planned(kStorm + "[[measure]]\ntype = \"dry_floodproofing\"\narea = \"extent\"\n");
  REQUIRE(sealed.ok());
  CHECK(sealed->measures.front().shape == PlacedMeasure::Shape::points);
  CHECK(sealed->measures.front().where.size() == sealed->baseline->buildings().size());
}

TEST_CASE("the length of a line inside a ring, through its corners and along its edges") {
  const std::vector<Point2> ring = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  const auto inside = [&](const std::vector<Point2>& line) { return length_inside(ring, line); };
  CHECK(inside({{-5, 5}, {15, 5}}) == doctest::Approx(10));
  CHECK(inside({{5, 5}, {5, 8}, {25, 8}}) == doctest::Approx(8));
  CHECK(inside({{-5, -5}, {15, 15}}) == doctest::Approx(10 * std::sqrt(2)));
  CHECK(inside({{20, 0}, {20, 10}}) == 0);
}

TEST_CASE("coarse cells or coarse ground with buildings are called a screening") {
  CHECK(planned(kStorm + "[grid]\ncell_m = 20\n").diagnostics().has("scenario.screening"));
  CHECK_FALSE(planned(kStorm + "[grid]\ncell_m = 10\n").diagnostics().has("scenario.screening"));
  CityTables t = test::tiny_tables();
  t.terrain.true_resolution_m = 93;
  const auto coarse = std::make_shared<const CityModel>(*build_city(std::move(t)));
  CHECK(planned(kStorm, coarse).diagnostics().has("scenario.screening"));
}

TEST_CASE("degrees under a key in metres are named, and an assumed plane has no resolution") {
  CityTables t = test::tiny_tables();
  t.info.frame.crs = "EPSG:32632";
  t.info.frame.origin_x = 372'300;
  t.info.frame.origin_y = 4'843'000;
  const auto monaco = std::make_shared<const CityModel>(*build_city(std::move(t)));
  const std::string basin = "[[measure]]\ntype = \"retention_basin\"\narea";
  for (const char* area : {" = [[7.4158, 43.7299], [7.4162, 43.7299], [7.4160, 43.7302]]\n",  // in the city
                           " = [[-7.415, 43.73], [-7.416, 43.73], [-7.416, 43.731]]\n"}) {    // nowhere near
    const auto degrees = planned(kStorm + basin + area, monaco);
    REQUIRE(first_error(degrees.diagnostics()) == "place.degrees");
    CHECK(degrees.diagnostics().items().front().args.front().second == "area");
  }
  CHECK(planned(kStorm + basin + " = [[60, 60], [100, 60], [100, 90]]\n", monaco).ok());
  CityTables bare = test::tiny_tables();
  bare.terrain = {};
  const auto flat = planned(kStorm + "[grid]\ncell_m = 20\n[terrain]\nflat_m = 2\n",
                            std::make_shared<const CityModel>(*build_city(std::move(bare))));
  CHECK(flat.diagnostics().has("scenario.screening_flat"));
  CHECK_FALSE(flat.diagnostics().has("scenario.screening"));
}

TEST_CASE("a scenario has a title of its own, or one made from its name") {
  CHECK(planned("name = \"storm_surge\"\n" + kStorm)->text.title == "Storm surge");
  CHECK(planned("name = \"storm_surge\"\ntitle = \"The sea comes in\"\n" + kStorm)->text.title ==
        "The sea comes in");
}
