#include "scenarios/standalone/flood.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/parallel.hpp"
#include "engine/domains/registry.hpp"
#include "engine/sim/simulation.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/writers/raster_writer.hpp"
#include "scenarios/core/csv.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/out_folder.hpp"
#include "scenarios/core/placed.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/standalone/flood_case.hpp"

namespace citytwin::scenarios {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Clock {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::clock_t cpu = std::clock();
  [[nodiscard]] double wall_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  [[nodiscard]] double cpu_s() const { return static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC; }
};

double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// One row per gauge and time, from the published depth.
class GaugeTable {
 public:
  explicit GaugeTable(const FloodCase& c) : case_(c), csv_("time_s,gauge,depth_m,level_m") {}

  void sample(const Exchange& exchange, SimTime now, const Grid<float>& ground) {
    const GridView* depth = exchange.grid("surface_water.depth");
    for (const FloodGauge& gauge : case_.gauges) {
      const double h = depth == nullptr ? 0 : depth->at(gauge.i, gauge.j);
      csv_.row().number(now.seconds(), 10).text(gauge.name).number(h, 9);
      csv_.number(h + static_cast<double>(ground.at(gauge.i, gauge.j)), 9);
    }
  }
  [[nodiscard]] std::string finish() const { return csv_.finish(); }

 private:
  const FloodCase& case_;
  Csv csv_;
};

struct Finished {
  RunRecord record;
  std::string gauges;
  Diagnostics noticed;  // before the run began
};

// The solver tells places in the frame of its grid and options of the table [surface_water]; whoever wrote
// the case knows the frame of the raster and the table [water].
Diagnostics as_in_case(const Diagnostics& from, const CityFrame& frame) {
  Diagnostics out;
  for (Diagnostic d : from.items()) {
    for (auto& [name, value] : d.args) {
      if (name == "table" && value == "surface_water") value = "water";
      const double origin = name == "x" ? frame.origin_x : name == "y" ? frame.origin_y : 0;
      char* end = nullptr;
      const double here = std::strtod(value.c_str(), &end);
      if (origin != 0 && end != value.c_str() && *end == 0) value = fmt::format("{:.0f}", here + origin);
    }
    out.add(std::move(d));
  }
  return out;
}

Result<Finished> simulate(const FloodCase& c, const RunContext& context) {
  std::vector<std::unique_ptr<Domain>> domains;
  domains.push_back(make_domain("surface_water"));
  auto simulation = Simulation::create(c.input, std::move(domains), context);
  if (!simulation) return Result<Finished>(simulation.diagnostics());
  const Grid<float>& ground = c.input.model->terrain().elevation;
  GaugeTable gauges(c);
  gauges.sample((*simulation)->exchange(), SimTime{0}, ground);
  SimTime next = c.gauge_interval;
  while (!(*simulation)->finished()) {
    context.progress("stage.run", (*simulation)->now().seconds() / c.input.spec.duration.seconds());
    (*simulation)->step(context);
    const SimTime now = (*simulation)->now();
    if (now < next && !(*simulation)->finished()) continue;
    gauges.sample((*simulation)->exchange(), now, ground);
    while (next <= now) next = next + c.gauge_interval;
  }
  Finished finished;
  finished.noticed = simulation.diagnostics();
  finished.record = (*simulation)->finish();
  finished.gauges = gauges.finish();
  return Result<Finished>(std::move(finished));
}

std::string series_csv(const RunRecord& record) {
  Csv csv("time_s,name,unit,value");
  for (const RecordedSeries& series : record.series)
    for (std::size_t k = 0; k < series.time.size(); ++k)
      csv.row().number(series.time[k], 10).text(series.name).text(series.unit).number(series.value[k], 9);
  return csv.finish();
}

json balance_json(const Balance& balance) {
  json parts = json::object();
  for (const Balance::Part& part : balance.parts) parts[part.name] = {{"in", part.in}, {"out", part.out}};
  return {{"unit", balance.unit},    {"initial", balance.initial}, {"in", balance.in},
          {"out", balance.out},      {"storage", balance.storage}, {"parts", parts},
          {"error", balance.error()}};
}

double highest(const ObservedGrid* grid) {
  double value = 0;
  if (grid != nullptr)
    for (const float v : grid->grid.values)
      if (!std::isnan(v)) value = std::max(value, static_cast<double>(v));
  return value;
}

double last_of(const RunRecord& record, const char* name) {
  const RecordedSeries* series = record.find_series(name);
  return series == nullptr || series->value.empty() ? 0 : series->value.back();
}

json manifest(const FloodCase& c, const RunRecord& record) {
  json parameters = json::object();
  for (const auto& [key, value] : c.input.spec.domain_parameters.at("surface_water").all()) {
    if (const auto* number = std::get_if<double>(&value)) parameters[key] = *number;
    if (const auto* flag = std::get_if<bool>(&value)) parameters[key] = *flag;
    if (const auto* word = std::get_if<std::string>(&value)) parameters[key] = *word;
  }
  json trace = json::array();
  for (const Hash128& hash : record.hash_trace) trace.push_back(hash.hex());
  return {{"format_version", 1},         {"command", "flood"},
          {"case_hash", c.case_hash},    {"city", {{"hash", c.city_hash}}},
          {"surface_water", parameters}, {"hash_trace", trace}};
}

Result<Done> write_all(const FloodCase& c, const Finished& run, const FloodSummary& summary,
                       const Diagnostics& noticed, const Clock& clock, double load_s, const fs::path& out) {
  Diagnostics problems;
  const auto note = [&](const Result<Done>& done) { problems.append(done.diagnostics()); };
  const CityFrame& frame = c.input.model->info().frame;
  for (const ObservedGrid& grid : run.record.grids) {
    const std::string name = grid.name.substr(grid.name.find('.') + 1);
    note(gis::write_cog(grid.grid, frame, grid.name, grid.unit, out / (name + ".tif")));
  }
  note(gis::write_file(out / "gauges.csv", run.gauges));
  note(gis::write_file(out / "series.csv", series_csv(run.record)));
  note(write_json(out / "manifest.json", manifest(c, run.record)));
  json balances = json::array();
  for (const Balance& balance : run.record.balances) balances.push_back(balance_json(balance));
  const GridSpec& grid = c.input.spec.grid;
  note(write_json(out / "summary.json", {{"status", status_name(run.record.status)},
                                         {"reasons", codes_json(run.record.reasons)},
                                         {"warnings", warnings_json(noticed)},
                                         {"hash", summary.hash},
                                         {"threads", thread_count()},
                                         {"wall_s", clock.wall_s()},
                                         {"load_s", load_s},
                                         {"cpu_s", clock.cpu_s()},
                                         {"peak_rss_mb", peak_rss_mb()},
                                         {"mass_error", summary.mass_error},
                                         {"max_depth_m", summary.max_depth},
                                         {"cell_m", grid.cell_m},
                                         {"columns", grid.nx},
                                         {"rows", grid.ny},
                                         {"simulated_s", run.record.ended.seconds()},
                                         {"sub_steps", last_of(run.record, "surface_water.sub_steps")},
                                         {"cell_steps", last_of(run.record, "surface_water.cell_steps")},
                                         {"balances", balances}}));
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  return Result<Done>(Done{}, std::move(problems));
}

}  // namespace

Result<FloodSummary> run_flood_case(const fs::path& case_file, const fs::path& out_folder, int threads,
                                    const std::vector<std::string>& set, const RunContext& context) {
  const Clock clock;
  set_thread_count(threads);
  if (auto problems = OutFolder::check(out_folder); problems.has_errors())
    return Result<FloodSummary>(std::move(problems));
  auto c = read_flood_case(case_file, set, context);
  if (!c) return Result<FloodSummary>(c.diagnostics());
  Diagnostics noticed = c.diagnostics();
  const double load_s = clock.wall_s();
  auto run = simulate(*c, context);
  const auto told = [&](const Diagnostics& from) {
    return placed(as_in_case(from, c->input.model->info().frame), c->places, case_file.string());
  };
  if (!run) return Result<FloodSummary>(told(run.diagnostics()));
  noticed.append(told(run->noticed));
  // Of a failed run: why, but the folder stays and tells it too.
  const Diagnostics reasons = as_in_case(run->record.reasons, c->input.model->info().frame);
  for (Diagnostic why : reasons.items()) {
    why.severity = Severity::warning;
    noticed.add(std::move(why));
  }

  FloodSummary summary;
  summary.out = out_folder;
  summary.status = run->record.status;
  summary.hash = run->record.hash.hex();
  summary.mass_error = run->record.mass_error();
  summary.max_depth = highest(run->record.grid("surface_water.max_depth"));
  summary.headline = text(
      "flood.summary", {{"depth", fmt::format("{:.2f}", summary.max_depth)},
                        {"area", fmt::format("{:.1f}", last_of(run->record, "surface_water.wet_area") / 1e4)},
                        {"mass_error", fmt::format("{:.1e}", summary.mass_error)}});
  const auto unwritten = [&](const Diagnostics& why) {
    return Result<FloodSummary>(not_written(out_folder, why));
  };
  OutFolder target(out_folder);
  if (auto made = target.create(); !made) return unwritten(made.diagnostics());
  if (auto written = write_all(*c, *run, summary, noticed, clock, load_s, target.temporary()); !written)
    return unwritten(written.diagnostics());
  context.check_stop();
  if (auto done = target.commit(); !done) return unwritten(done.diagnostics());
  return Result<FloodSummary>(std::move(summary), std::move(noticed));
}

}  // namespace citytwin::scenarios
