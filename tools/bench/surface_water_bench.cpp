#include "tools/bench/surface_water_bench.hpp"

#include <chrono>
#include <cmath>
#include <ctime>
#include <memory>
#include <stdexcept>

#include "engine/base/parallel.hpp"
#include "engine/domains/registry.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::bench {

namespace {

struct WavyCase {
  int nx = 1000, ny = 1000;
  double wet_share = 1;        // rows above it are raised by 10 m
  double left = 3, right = 2;  // levels [m]
  const char* scheme = "first_order";
  const char* precision = "single";
};

void add_lake(CityTables& tables, const std::string& key, Box2 box, double level) {
  WaterBodies& water = tables.water_bodies;
  water.origin.push_back(key, Provenance::synthesised, SourceId{0});
  water.area.push_back(Polygon{{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}}, {}});
  water.kind.push_back(WaterKind::lake);
  water.level.push_back(level);
  water.level_provenance.push_back(Provenance::synthesised);
  water.name.emplace_back();
}

RunInput make_input(const WavyCase& c) {
  constexpr double kCell = 5;
  const GridSpec grid{{0, 0}, kCell, c.nx, c.ny};
  CityTables tables;
  Sources& s = tables.sources;
  s.key.emplace_back("bench");
  s.kind.emplace_back("generated");
  for (auto* column :
       {&s.file_name, &s.content_hash, &s.licence, &s.attribution, &s.date, &s.crs, &s.vertical_datum})
    column->emplace_back();
  tables.info.frame.extent = grid.bounds();
  tables.terrain.elevation = Grid<float>(grid);
  tables.terrain.true_resolution_m = kCell;
  tables.terrain.source = SourceId{0};
  const double wave = 2 * M_PI / 500;
  for (int j = 0; j < c.ny; ++j)
    for (int i = 0; i < c.nx; ++i) {
      const Point2 p = grid.centre(i, j);
      const double plateau = p.y > c.wet_share * c.ny * kCell ? 10 : 0;
      tables.terrain.elevation.at(i, j) =
          static_cast<float>(0.3 * std::sin(wave * p.x) * std::sin(wave * p.y) + plateau);
    }
  const Box2 all = grid.bounds();
  const double middle = all.centre().x;
  add_lake(tables, "left", {all.min, {middle, all.max.y}}, c.left);
  add_lake(tables, "right", {{middle, all.min.y}, all.max}, c.right);
  auto model = build_city(std::move(tables));
  if (!model) throw std::runtime_error("bench: " + model.diagnostics().items().front().code);
  RunInput input;
  input.model = std::make_shared<const CityModel>(*std::move(model));
  input.spec.grid = grid;
  ParameterValues& values = input.spec.domain_parameters["surface_water"];
  values.set("edge", std::string("closed"));
  values.set("manning_everywhere", 0.03);
  values.set("scheme", std::string(c.scheme));
  values.set("precision", std::string(c.precision));
  fill_defaults(all_domains().front().parameters, values);
  return input;
}

struct Timing {
  double cpu_s = 0, wall_s = 0, cell_steps = 0, steps = 0;
};

double observed(const Domain& domain, const std::string& name) {
  Observation seen;
  seen.when = Observation::When::series;
  domain.observe(seen);
  for (const ObservedValue& value : seen.values)
    if (value.name == name) return value.value;
  return 0;
}

// CPU time of `seconds` of simulated time, after one beat that is not counted.
Timing time_run(const WavyCase& c, double seconds, const RunContext& context) {
  context.check_stop();
  const RunInput input = make_input(c);
  const auto domain = make_domain("surface_water");
  if (const auto done = domain->initialise(input, context); !done)
    throw std::runtime_error("bench: " + done.diagnostics().items().front().code);
  const Exchange exchange;
  const auto advance = [&](double from, double to) {
    const StepResult r =
        domain->advance(SimTime::from_seconds(from), SimTime::from_seconds(to - from), exchange, context);
    if (r.status != StepStatus::ok) throw std::runtime_error("bench: " + r.reasons.items().front().code);
  };
  advance(0, 1);
  const double cells0 = observed(*domain, "surface_water.cell_steps");
  const double steps0 = observed(*domain, "surface_water.sub_steps");
  const std::clock_t begin = std::clock();
  const auto wall_begin = std::chrono::steady_clock::now();
  advance(1, 1 + seconds);
  Timing timing;
  timing.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_begin).count();
  timing.cpu_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  timing.cell_steps = observed(*domain, "surface_water.cell_steps") - cells0;
  timing.steps = observed(*domain, "surface_water.sub_steps") - steps0;
  return timing;
}

BenchResult rate(const char* name, const Timing& t) {
  return {name, t.cell_steps / 1e6 / t.cpu_s, "M cell-steps/CPU-s", 0, 0};
}

}  // namespace

std::vector<BenchResult> swe_first_order(const RunContext& context) {
  return {rate("swe_first_order", time_run({}, 20, context))};
}

std::vector<BenchResult> swe_first_order_double(const RunContext& context) {
  return {rate("swe_first_order_double", time_run({.precision = "double"}, 20, context))};
}

std::vector<BenchResult> swe_second_order(const RunContext& context) {
  return {rate("swe_second_order", time_run({.scheme = "second_order"}, 10, context))};
}

std::vector<BenchResult> swe_second_order_double(const RunContext& context) {
  return {rate("swe_second_order_double",
               time_run({.scheme = "second_order", .precision = "double"}, 10, context))};
}

std::vector<BenchResult> local_inertia(const RunContext& context) {
  return {rate("local_inertia", time_run({.scheme = "local_inertia"}, 40, context))};
}

std::vector<BenchResult> local_inertia_double(const RunContext& context) {
  return {rate("local_inertia_double",
               time_run({.scheme = "local_inertia", .precision = "double"}, 40, context))};
}

std::vector<BenchResult> lake(const RunContext& context) {
  return {rate("lake", time_run({.right = 3}, 20, context))};
}

std::vector<BenchResult> dry_skip_ratio(const RunContext& context) {
  const Timing alone = time_run({.ny = 100}, 100, context);
  const Timing tenth = time_run({.wet_share = 0.1}, 100, context);
  return {{"dry_skip_ratio", (tenth.cpu_s / tenth.steps) / (alone.cpu_s / alone.steps), "1", 0, 0}};
}

std::vector<BenchResult> all_dry_step_ms(const RunContext& context) {
  const Timing dry = time_run({.nx = 4000, .ny = 2500, .wet_share = 0}, 60000, context);
  return {{"all_dry_step_ms", dry.cpu_s / dry.steps * 1e3, "ms", 0, 0}};
}

std::vector<BenchResult> scaling_2_threads(const RunContext& context) {
  const int before = thread_count();
  const auto timed = [&](int threads) {
    set_thread_count(threads);
    const Timing t = time_run({}, 40, context);
    return t.cell_steps / 1e6 / t.wall_s;
  };
  const double one = timed(1);
  const double two = timed(2);
  set_thread_count(before);
  return {{"scaling_2_threads", two, "M cell-steps/s", 2, 0}, {"speed_up_2_threads", two / one, "1", 2, 0}};
}

}  // namespace citytwin::bench
