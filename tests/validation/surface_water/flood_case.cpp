#include "tests/validation/surface_water/flood_case.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/base/parallel.hpp"
#include "tests/support/plain_rows.hpp"

namespace citytwin::test {

FloodCase plain_case(int nx, int ny, double cell_m) {
  FloodCase c;
  c.grid = {{0, 0}, cell_m, nx, ny};
  c.parameters.set("edge", std::string("closed"));
  c.parameters.set("manning_everywhere", 0.0);
  c.parameters.set("losses", false);
  c.parameters.set("precision", std::string("double"));
  return c;
}

std::string numbered(std::string name, int n) { return name.append(std::to_string(n)); }

std::vector<Point2> rectangle(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

void add_building(FloodCase& c, const std::string& key, const std::vector<Point2>& ring) {
  add_house(c.tables, key, ring);
}

void add_wall(FloodCase& c, const std::string& key, const std::vector<Point2>& line, double crest) {
  need_source(c.tables);
  c.tables.barriers.origin.push_back(key, Provenance::given, SourceId{0});
  c.tables.barriers.line.push_back(line);
  c.tables.barriers.crest_level.push_back(crest);
  c.tables.barriers.height.push_back(0);
}

void add_rain(FloodCase& c, double m_per_s, double until_s, Place place) {
  c.forcing.series.push_back({"rain" + std::to_string(c.forcing.series.size()),
                              "rain",
                              "m/s",
                              std::move(place),
                              {{0, until_s}, {m_per_s, 0}, Series::Between::step}});
}

void add_inflow(FloodCase& c, double m3_per_s, const std::vector<Point2>& points) {
  const auto kind = points.size() == 1 ? Place::Kind::point : Place::Kind::polyline;
  c.forcing.series.push_back({"inflow" + std::to_string(c.forcing.series.size()),
                              "inflow",
                              "m3/s",
                              {kind, points},
                              {{0}, {m3_per_s}, Series::Between::step}});
}

namespace {

void add_line(FloodCase& c, const char* field, const char* unit, Series series,
              const std::vector<Point2>& points) {
  c.forcing.series.push_back({field + std::to_string(c.forcing.series.size()),
                              field,
                              unit,
                              {Place::Kind::polyline, points},
                              std::move(series)});
}

}  // namespace

void add_inflow(FloodCase& c, const std::vector<double>& time, const std::vector<double>& m3_per_s,
                const std::vector<Point2>& points) {
  add_line(c, "inflow", "m3/s", {time, m3_per_s, Series::Between::linear}, points);
}

void add_level(FloodCase& c, const std::vector<double>& time, const std::vector<double>& level,
               const std::vector<Point2>& points) {
  add_line(c, "level", "m", {time, level, Series::Between::linear}, points);
}

namespace {

std::vector<double> on_grid(const GridSpec& grid, const PointFunction& f) {
  std::vector<double> values(grid.size());
  for (int j = 0; j < grid.ny; ++j)
    for (int i = 0; i < grid.nx; ++i) values[grid.index(i, j)] = f(grid.centre(i, j).x, grid.centre(i, j).y);
  return values;
}

}  // namespace

FloodRun::FloodRun(const FloodCase& c) {
  CityTables tables = c.tables;
  const std::vector<double> ground = on_grid(c.grid, c.ground);
  tables.terrain.elevation = Grid<float>(c.grid);
  for (std::size_t k = 0; k < ground.size(); ++k)
    tables.terrain.elevation.values[k] = static_cast<float>(ground[k]);
  tables.terrain.true_resolution_m = c.grid.cell_m;
  tables.info.frame.extent = c.grid.bounds();
  auto model = build_city(std::move(tables));
  for (const auto& d : model.diagnostics().items()) INFO(d.code, " ", d.where.layer, " ", d.where.key);
  REQUIRE(model.ok());
  input_.model = std::make_shared<const CityModel>(*std::move(model));
  input_.forcing = c.forcing;
  input_.spec.grid = c.grid;
  input_.spec.beat = c.beat;
  ParameterValues parameters = c.parameters;
  fill_defaults(surface_water::SurfaceWater::static_info().parameters, parameters);
  input_.spec.domain_parameters["surface_water"] = parameters;
  surface_water::InitialGrids initial{{"ground", ground}};
  if (c.depth) initial["depth"] = on_grid(c.grid, c.depth);
  if (c.level) initial["level"] = on_grid(c.grid, c.level);
  if (c.velocity_east) initial["velocity_east"] = on_grid(c.grid, c.velocity_east);
  if (c.velocity_north) initial["velocity_north"] = on_grid(c.grid, c.velocity_north);
  input_.spec.initial_state["surface_water"] = surface_water::pack_initial(initial);
  domain_ = std::make_unique<surface_water::SurfaceWater>();
  const auto done = domain_->initialise(input_, {});
  if (!done.ok()) FAIL("initialise: ", done.diagnostics().items().front().code);
}

void FloodRun::run_until(double seconds) {
  const SimTime end = SimTime::from_seconds(seconds);
  while (now_ < end) {
    const SimTime beat = std::min(input_.spec.beat, end - now_);
    const StepResult result = domain_->advance(now_, beat, exchange_, {});
    if (result.status == StepStatus::failed) {
      const Diagnostic& why = result.reasons.items().front();
      FAIL("t = ", now_.seconds(), " s: ", why.code, " ", why.args.front().second, " ",
           why.args.back().second);
    }
    domain_->publish(exchange_);
    now_ = now_ + beat;
  }
}

namespace {
surface_water::CellWater water_at(const surface_water::Solver& solver, int i, int j) {
  return solver.water().at(solver.grid().tile_index(i, j), i % surface_water::kTile,
                           j % surface_water::kTile);
}
}  // namespace

double FloodRun::h(int i, int j) const { return water_at(solver(), i, j).depth; }
double FloodRun::u(int i, int j) const { return water_at(solver(), i, j).east; }
double FloodRun::v(int i, int j) const { return water_at(solver(), i, j).north; }

double FloodRun::level(int i, int j) const { return solver().ground(i, j) + h(i, j); }

double FloodRun::max_speed() const {
  double highest = 0;
  for (int j = 0; j < grid().ny; ++j)
    for (int i = 0; i < grid().nx; ++i) highest = std::max(highest, std::hypot(u(i, j), v(i, j)));
  return highest;
}

double FloodRun::min_depth() const {
  double lowest = 1e30;
  for (int j = 0; j < grid().ny; ++j)
    for (int i = 0; i < grid().nx; ++i) lowest = std::min(lowest, h(i, j));
  return lowest;
}

double FloodRun::max_level_error(double level) const {
  double highest = 0;
  for (int j = 0; j < grid().ny; ++j)
    for (int i = 0; i < grid().nx; ++i) {
      const auto& tile = solver().grid().tiles()[solver().grid().tile_index(i, j)];
      const double z = tile.ground[surface_water::rimmed(i % surface_water::kTile, j % surface_water::kTile)];
      if (h(i, j) > 0) highest = std::max(highest, std::abs(z + h(i, j) - level));
    }
  return highest;
}

Balance FloodRun::balance() const {
  Observation seen;
  seen.when = Observation::When::end;
  domain_->observe(seen);
  return seen.balances.at(0);
}

double FloodRun::mass_error() const {
  const Balance b = balance();
  return std::abs(b.in - b.out - (b.storage - b.initial)) / (b.initial + b.in);
}

Grid<float> FloodRun::observed(const std::string& name) const {
  Observation seen;
  seen.when = Observation::When::end;
  domain_->observe(seen);
  for (const ObservedGrid& grid : seen.grids)
    if (grid.name == name) return grid.grid;
  return {};
}

namespace {

// Goes on from `now` to the beat `last`.
std::vector<std::string> hashes_until(FloodRun& run, double beat, int last) {
  std::vector<std::string> hashes;
  for (int n = static_cast<int>(std::lround(run.now().seconds() / beat)) + 1; n <= last; ++n) {
    run.run_until(beat * n);
    hashes.push_back(run.domain().hash().hex());
  }
  return hashes;
}

}  // namespace

std::vector<std::string> hash_trace(const FloodCase& c, int beats) {
  FloodRun run(c);
  return hashes_until(run, c.beat.seconds(), beats);
}

void check_equal_bits(const FloodCase& c, int beats, const std::vector<int>& at) {
  set_thread_count(1);
  const auto expected = hash_trace(c, beats);
  CHECK(expected.front() != expected.back());
  for (const int threads : {2, 3, 4, 8}) {
    CAPTURE(threads);
    set_thread_count(threads);
    CHECK(hash_trace(c, beats) == expected);
  }
  set_thread_count(0);
  for (const int beat : at) {
    CAPTURE(beat);
    FloodRun first(c);
    first.run_until(beat * c.beat.seconds());
    SaveArchive saved;
    first.domain().save(saved);
    FloodRun second(c);
    LoadArchive loading(saved.bytes());
    second.domain().load(loading);
    CHECK(loading.at_end());
    second.set_now(first.now());
    CHECK(second.domain().hash() == first.domain().hash());
    CHECK(hashes_until(second, c.beat.seconds(), beats) ==
          std::vector<std::string>(expected.begin() + beat, expected.end()));
  }
}

double relative_l1(const FloodRun& run, const std::vector<double>& exact) {
  double error = 0;
  double total = 0;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    error += std::abs(run.h(static_cast<int>(k), 1) - exact[k]);
    total += exact[k];
  }
  return error / total;
}

}  // namespace citytwin::test
