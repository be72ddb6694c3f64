#include <doctest/doctest.h>

#include <cmath>

#include "engine/domains/surface_water/domain.hpp"
#include "engine/domains/surface_water/initial_state.hpp"
#include "engine/domains/surface_water/obstacles.hpp"
#include "tests/support/plain_rows.hpp"

using namespace citytwin;
using namespace citytwin::surface_water;

namespace {

CityModel city(const GridSpec& grid, float z, const std::vector<Ring>& houses) {
  CityTables tables;
  test::need_source(tables);
  tables.info.frame.extent = grid.bounds();
  tables.terrain.elevation = Grid<float>(grid, z);
  tables.terrain.true_resolution_m = grid.cell_m;
  tables.terrain.source = SourceId{0};
  for (std::size_t n = 0; n < houses.size(); ++n)
    test::add_house(tables, std::string("house/").append(std::to_string(n)), houses[n]);
  auto built = build_city(std::move(tables));
  REQUIRE(built.ok());
  return *std::move(built);
}

RunInput input_of(CityModel model, const GridSpec& grid) {
  RunInput input;
  input.model = std::make_shared<const CityModel>(std::move(model));
  input.spec.grid = grid;
  ParameterValues& values = input.spec.domain_parameters["surface_water"];
  fill_defaults(parameter_table(), values);
  return input;
}

std::string first_code(const RunInput& input) {
  SurfaceWater domain;
  const auto done = domain.initialise(input, {});
  return done.ok() ? "" : done.diagnostics().items().front().code;
}

}  // namespace

TEST_CASE("no terrain is an error unless a flat level is asked for") {
  const GridSpec grid{{0, 0}, 10, 20, 20};
  CityTables tables;
  tables.info.frame.extent = grid.bounds();
  auto built = build_city(std::move(tables));
  REQUIRE(built.ok());
  RunInput input = input_of(*built, grid);
  CHECK(first_code(input) == "terrain.missing");
  input.spec.domain_parameters["surface_water"].set("flat_m", 3.0);
  CHECK(first_code(input).empty());
}

TEST_CASE("places that make no sense are refused with their code") {
  const GridSpec grid{{0, 0}, 10, 20, 20};
  const CityModel model = city(grid, 5, {});
  const auto with = [&](const char* field, Place place, double value) {
    RunInput input = input_of(model, grid);
    input.forcing.series.push_back({"x", field, "", std::move(place), {{0}, {value}, Series::Between::step}});
    return first_code(input);
  };
  CHECK(with("rain", {Place::Kind::point, {{5, 5}}}, 1) == "surface_water.bad_place");
  CHECK(with("inflow", {Place::Kind::everywhere, {}}, 1) == "surface_water.bad_place");
  CHECK(with("inflow", {Place::Kind::point, {{500, 5}}}, 1) == "surface_water.inflow_outside");
  CHECK(with("inflow", {Place::Kind::point, {{50, 5}}}, -1) == "surface_water.negative_inflow");
  CHECK(with("level", {Place::Kind::polyline, {{500, 5}, {600, 5}}}, 1) == "surface_water.level_outside");
  CHECK(with("inflow", {Place::Kind::point, {{50, 5}}}, 1).empty());
}

TEST_CASE("parameters out of range and broken initial states are refused") {
  const GridSpec grid{{0, 0}, 10, 20, 20};
  RunInput input = input_of(city(grid, 5, {}), grid);
  input.spec.domain_parameters["surface_water"].set("cfl", 7.0);
  CHECK(first_code(input) == "surface_water.bad_parameter");
  input.spec.domain_parameters["surface_water"].set("cfl", 0.5);
  CHECK(first_code(input).empty());
  input.spec.initial_state["surface_water"] = pack_initial({{"depth", std::vector<double>(7, 1.0)}});
  CHECK(first_code(input) == "surface_water.bad_initial_state");
  input.spec.initial_state["surface_water"] = {'x', 'y'};
  CHECK(first_code(input) == "surface_water.bad_initial_state");
}

TEST_CASE("every land cover has a roughness with a source") {
  int found = 0;
  for (const Parameter& p : parameter_table())
    if (p.key.starts_with("manning_") && p.key != "manning_everywhere") {
      ++found;
      CHECK_MESSAGE(!p.source.empty(), p.key);
      CHECK(std::get<double>(p.default_value) > 0.005);
      CHECK(std::get<double>(p.default_value) < 0.2);
    }
  CHECK(found == static_cast<int>(kCountOf<LandCoverClass>));
}

TEST_CASE("shares of a building: area, and width along the face, never wider than a cell is open") {
  const GridSpec grid{{0, 0}, 8, 6, 6};
  // Covers x 16..24 (cell 2) of row 2 by half: the southern half, y 16..20.
  const OpenShares shares =
      building_shares(city(grid, 0, {{{16, 16}, {24, 16}, {24, 20}, {16, 20}}}), grid, {});
  CHECK(shares.area[grid.index(2, 2)] == doctest::Approx(0.5));
  CHECK(shares.area[grid.index(3, 2)] == doctest::Approx(1.0));
  CHECK(shares.west[2 * 7 + 2] == doctest::Approx(0.5));
  CHECK(shares.west[2 * 7 + 3] == doctest::Approx(0.5));
  CHECK(shares.south[2 * 6 + 2] == doctest::Approx(0.0));  // the whole width is built over
  CHECK(shares.south[3 * 6 + 2] == doctest::Approx(0.5));
  CHECK(shares.south[3 * 6 + 3] == doctest::Approx(1.0));
}

TEST_CASE("the published depth is a copy with the tiles that changed") {
  const GridSpec grid{{0, 0}, 10, 130, 70};
  RunInput input = input_of(city(grid, 5, {}), grid);
  std::vector<double> depth(grid.size(), 0.0);
  depth[grid.index(100, 10)] = 0.5;
  input.spec.initial_state["surface_water"] = pack_initial({{"depth", depth}});
  SurfaceWater domain;
  REQUIRE(domain.initialise(input, {}).ok());
  Exchange exchange;
  REQUIRE(domain.declare(exchange).ok());
  const GridView* view = exchange.grid("surface_water.depth");
  REQUIRE(view != nullptr);
  CHECK(view->at(100, 10) == 0.5);
  CHECK(view->tile(0) == nullptr);
  REQUIRE(domain.advance(SimTime{0}, SimTime{10'000}, exchange, {}).status == StepStatus::ok);
  CHECK(view->at(100, 10) == 0.5);  // not before publish
  domain.publish(exchange);
  CHECK(view->at(100, 10) < 0.5);
  CHECK(view->changed_tiles().size() >= 1);
  CHECK(view->changed_tiles().front() == 1);
}

TEST_CASE("absurd water ends the run with the place, not with nonsense") {
  const GridSpec grid{{0, 0}, 10, 20, 20};
  RunInput input = input_of(city(grid, 5, {}), grid);
  std::vector<double> depth(grid.size(), 0.0);
  depth[grid.index(7, 3)] = 1e7;
  input.spec.initial_state["surface_water"] = pack_initial({{"depth", depth}});
  SurfaceWater domain;
  REQUIRE(domain.initialise(input, {}).ok());
  const StepResult result = domain.advance(SimTime{0}, SimTime{1'000}, Exchange{}, {});
  CHECK(result.status == StepStatus::failed);
  REQUIRE(result.reasons.has("surface_water.not_finite"));
  for (const auto& [name, value] : result.reasons.items().front().args)
    if (name == "x") CHECK(value.starts_with("7"));
  CHECK(result.reasons.items().front().args.size() == 3);
}

TEST_CASE(
    "an estimated level of a sloping pond is capped at its lowest shore: nothing floods without an event") {
  const GridSpec grid{{0, 0}, 10, 20, 20};
  CityTables tables;
  test::need_source(tables);
  tables.info.frame.extent = grid.bounds();
  tables.terrain.elevation = Grid<float>(grid, 0);
  for (int j = 0; j < 20; ++j)
    for (int i = 0; i < 20; ++i) tables.terrain.elevation.at(i, j) = static_cast<float>(i);  // rises eastward
  tables.terrain.true_resolution_m = 10;
  tables.terrain.source = SourceId{0};
  WaterBodies& w = tables.water_bodies;
  w.origin.push_back("river", Provenance::given, SourceId{0});
  w.area.push_back(Polygon{{{50, 80}, {150, 80}, {150, 120}, {50, 120}}, {}});
  w.kind.push_back(WaterKind::river);
  w.level.push_back(12);
  w.name.emplace_back();
  const auto deepest_on_land = [&](Provenance provenance) {
    CityTables t = tables;
    t.water_bodies.level_provenance.push_back(provenance);
    auto built = build_city(std::move(t));
    REQUIRE(built.ok());
    const RunInput input = input_of(*built, grid);
    SurfaceWater domain;
    REQUIRE(domain.initialise(input, {}).ok());
    Exchange exchange;
    REQUIRE(domain.declare(exchange).ok());
    for (int beat = 0; beat < 6; ++beat)
      domain.advance(SimTime{beat * 10'000}, SimTime{10'000}, exchange, {});
    domain.publish(exchange);
    const GridView* depth = exchange.grid("surface_water.depth");
    double deepest = 0;
    for (int j = 0; j < 20; ++j)
      for (int i = 0; i < 5; ++i) deepest = std::max(deepest, depth->at(i, j));
    return deepest;
  };
  CHECK(deepest_on_land(Provenance::given) > 0.05);  // a given level is taken at its word and runs off
  CHECK(deepest_on_land(Provenance::estimated) == 0);
}
