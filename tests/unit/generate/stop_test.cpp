// Every part of the generator asks by itself whether to stop: a million people take seconds per part.
#include <doctest/doctest.h>

#include "gis/generate/drainage.hpp"
#include "gis/generate/generate_tables.hpp"

using namespace citytwin;
using namespace citytwin::gis::generate;

TEST_CASE("each part of the generator stops when asked") {
  gis::GenerateOptions options;
  options.population = 10'000;
  options.terrain_cell_m = 20;
  GeneratedParts city = generate_parts(options, RunContext{});
  const std::atomic<bool> stop = true;
  RunContext stopped;
  stopped.stop = &stop;
  const std::uint64_t seed = options.seed;
  const Landscape& land = city.land;
  CHECK_THROWS_AS((void)make_landscape(seed, land.extent, 20, land.water, 10'000, stopped), Stopped);
  CHECK_THROWS_AS((void)plan_settlement(seed, land, 10'000, stopped), Stopped);
  CHECK_THROWS_AS((void)TensorField(seed, land, city.plan, stopped), Stopped);
  const TensorField field(seed, land, city.plan, RunContext{});
  CHECK_THROWS_AS((void)trace_streets(seed, land, city.plan, field, stopped), Stopped);
  const auto dry = [](Point2) { return true; };
  const auto lines = trace_streets(seed, land, city.plan, field, RunContext{});
  CHECK_THROWS_AS((void)build_street_graph(lines, land.extent, dry, stopped), Stopped);
  CHECK_THROWS_AS(tidy(city.graph, land.extent, stopped), Stopped);
  CHECK_THROWS_AS(open_parks(seed, city.graph, land, city.plan, stopped), Stopped);
  CHECK_THROWS_AS((void)find_faces(city.graph, stopped), Stopped);
  CHECK_THROWS_AS((void)make_blocks(seed, city.graph, city.faces, land, city.plan, stopped), Stopped);
  CHECK_THROWS_AS((void)build_houses(seed, city.blocks, land, stopped), Stopped);
  CHECK_THROWS_AS((void)place_sites(city.houses, city.blocks, land, city.plan, city.graph, 10'000, stopped),
                  Stopped);
  CityTables tables;
  CHECK_THROWS_AS(fill_streets(tables, seed, city.graph, stopped), Stopped);
  CHECK_THROWS_AS(fill_buildings(tables, city.houses, land, stopped), Stopped);
  CHECK_THROWS_AS(fill_land_cover(tables, seed, city.blocks, city.graph, land, stopped), Stopped);
  CHECK_THROWS_AS(fill_management_cells(tables, city.houses, land, stopped), Stopped);
}
