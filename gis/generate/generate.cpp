#include "gis/generate/generate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "gis/build/facilities.hpp"
#include "gis/generate/generate_tables.hpp"
#include "gis/generate/sewers/synthesise_sewers.hpp"

namespace citytwin::gis {

namespace generate {

namespace {

// Side of the extent: 5 km for 50 000 people, area in proportion, in whole 100 m (management cells) that
// are also whole terrain cells.
double extent_side(double population, double cell_m) {
  const double wanted = std::max(2400.0, 5000 * std::sqrt(population / 50'000));
  const double side = std::ceil(wanted / 100) * 100;
  return cell_m * std::ceil(side / cell_m - 1e-9);
}

double cells_of_catchments(const GenerateOptions& options) {
  constexpr double kCell = 10;  // [m], of gis/generate/sewers/catchments.cpp
  return std::pow(extent_side(options.population, options.terrain_cell_m) / kCell, 2);
}

// Peak resident size [bytes], fitted to measurements (61 MB at 50 000 people, 367 MB at 1 000 000).
double memory_needed(const GenerateOptions& options) {
  const double cells =
      std::pow(extent_side(options.population, options.terrain_cell_m) / options.terrain_cell_m, 2);
  const double sewers = options.sewers ? cells_of_catchments(options) * 20 : 0;
  return 6e7 + 50 * cells + 60 * options.population + sewers;
}

WaterSide water_of(const GenerateOptions& options) {
  if (options.water == "river") return WaterSide::river;
  if (options.water == "coast") return WaterSide::coast;
  return Random(options.seed, kReliefStream).uniform(0, 0, 0) < 0.6 ? WaterSide::river : WaterSide::coast;
}

void fill_info(CityTables& tables, const GenerateOptions& options, const Landscape& land) {
  const std::string who = fmt::format("{}/{}", std::llround(options.population), options.seed);
  tables.info.name = options.name.empty() ? "Generated " + who : options.name;
  tables.info.frame.crs = "local";
  tables.info.frame.vertical_datum = "local";
  tables.info.frame.extent = land.extent;
  Sources& s = tables.sources;
  s.key.emplace_back("generated");
  s.kind.emplace_back("generated");
  s.file_name.emplace_back();
  s.content_hash.emplace_back();
  s.licence.emplace_back("CC0-1.0");
  s.attribution.emplace_back("CityTwin generator");
  s.date.emplace_back();
  s.crs.emplace_back("local");
  s.vertical_datum.emplace_back("local");
  tables.terrain.elevation = land.elevation;
  tables.terrain.true_resolution_m = land.elevation.spec.cell_m;
  tables.terrain.source = SourceId{std::size_t{0}};
}

}  // namespace

GeneratedParts generate_parts(const GenerateOptions& options, const RunContext& context) {
  const auto stage = [&](double fraction) {
    context.check_stop();
    context.progress("stage.generate", fraction);
  };
  const double side = extent_side(options.population, options.terrain_cell_m);
  GeneratedParts city;
  stage(0);
  city.land = make_landscape(options.seed, {{0, 0}, {side, side}}, options.terrain_cell_m, water_of(options),
                             options.population, context);
  stage(0.1);
  city.plan = plan_settlement(options.seed, city.land, options.population, context);
  const TensorField field(options.seed, city.land, city.plan, context);
  stage(0.2);
  auto lines = trace_streets(options.seed, city.land, city.plan, field, context);
  stage(0.4);
  city.graph = build_street_graph(
      std::move(lines), city.land.extent, [&](Point2 p) { return city.land.water_distance_at(p) > 14; },
      context);
  stage(0.45);
  open_parks(options.seed, city.graph, city.land, city.plan, context);
  city.faces = find_faces(city.graph, context);
  stage(0.5);
  city.blocks = make_blocks(options.seed, city.graph, city.faces, city.land, city.plan, context);
  stage(0.7);
  city.houses = build_houses(options.seed, city.blocks, city.land, context);
  stage(0.8);
  const auto sites =
      place_sites(city.houses, city.blocks, city.land, city.plan, city.graph, options.population, context);
  settle(city.houses, options.population);
  stage(0.9);
  fill_info(city.tables, options, city.land);
  fill_streets(city.tables, options.seed, city.graph, context);
  stage(0.92);
  fill_buildings(city.tables, city.houses, city.land, context);
  stage(0.94);
  fill_land_cover(city.tables, options.seed, city.blocks, city.graph, city.land, context);
  fill_water(city.tables, city.land, city.graph, context);
  fill_facilities(city.tables, sites);
  fill_management_cells(city.tables, city.houses, city.land, context);
  stage(1);
  return city;
}

}  // namespace generate

Result<CityModel> generate_city(const GenerateOptions& options, const RunContext& context) {
  Diagnostics bad;
  if (!(options.population >= 10'000 && options.population <= 1'000'000))
    bad.error("generate.population_range", {{}, {}, {}, "population", 0},
              {{"value", fmt::format("{}", options.population)}});
  if (options.water != "auto" && options.water != "river" && options.water != "coast")
    bad.error("generate.water_choice", {{}, {}, {}, "water", 0}, {{"value", options.water}});
  if (!(options.terrain_cell_m >= 2 && options.terrain_cell_m <= 100))
    bad.error("generate.terrain_cell_range", {{}, {}, {}, "terrain_cell_m", 0},
              {{"value", fmt::format("{}", options.terrain_cell_m)}});
  if (bad.has_errors()) return bad;
  if (const double needed = generate::memory_needed(options);
      context.memory_limit_bytes > 0 && needed > context.memory_limit_bytes)
    return Result<CityModel>::failure(
        "generate.memory", {{}, {}, {}, "terrain_cell_m", 0},
        {{"needed_mb", fmt::format("{:.0f}", needed / 1e6)},
         {"limit_mb", fmt::format("{:.0f}", context.memory_limit_bytes / 1e6)}});
  std::vector<NeedDefault> needs;
  if (!options.data_folder.empty()) {
    auto read = read_need_defaults(options.data_folder / "tables" / "facility_needs.csv");
    if (!read) return read.diagnostics();
    needs = std::move(*read);
  }
  CityTables tables = generate::generate_parts(options, context).tables;
  if (auto added = add_needs(tables, needs, {}, {}); !added) return added.diagnostics();
  if (options.sewers)
    if (auto made = synthesise_sewers(tables, default_sewer_design(), context); !made)
      return made.diagnostics();
  context.check_stop();
  return build_city(std::move(tables));
}

}  // namespace citytwin::gis
