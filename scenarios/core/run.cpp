// `citytwin run`: scenario and city in, output folder out.
#include "scenarios/core/run.hpp"
#include "scenarios/core/breaches.hpp"

#include <sys/resource.h>

#include <chrono>
#include <ctime>

#include <nlohmann/json.hpp>

#include "engine/base/parallel.hpp"
#include "engine/domains/registry.hpp"
#include "engine/sim/simulation.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/city_file.hpp"
#include "gis/io/safe_path.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/out_folder.hpp"
#include "scenarios/core/placed.hpp"
#include "scenarios/core/result_tables.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/report.hpp"

namespace citytwin::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What a cell of the run's grid costs in memory: solver state, published tiles, maxima, record.
constexpr double kBytesPerCell = 250;

class Stopwatch {
 public:
  [[nodiscard]] double wall_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  [[nodiscard]] double cpu_s() const { return process_cpu() - cpu_; }

 private:
  static double process_cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_ = process_cpu();
};

double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// --city as given; a scenario's own city lies beside the scenario file.
Result<fs::path> city_path(const RunOptions& options, const ScenarioFile& file) {
  if (!options.city.empty()) return gis::safe_input(options.city.string());
  if (file.city.empty())
    return Result<fs::path>::failure("run.no_city", {file.path.string(), "", "", "city", 0});
  return gis::safe_input(file.city, file.folder().empty() ? fs::path(".") : file.folder());
}

Diagnostics check_memory(const RunSpec& spec, const RunContext& context) {
  Diagnostics problems;
  const double needed = static_cast<double>(spec.grid.nx) * spec.grid.ny * kBytesPerCell;
  if (context.memory_limit_bytes > 0 && needed > context.memory_limit_bytes)
    problems.error("run.too_much_memory", {"", "", "", "grid.cell_m", 0},
                   {{"needed", std::to_string(static_cast<long>(needed / 1e6))},
                    {"limit", std::to_string(static_cast<long>(context.memory_limit_bytes / 1e6))},
                    {"cells", std::to_string(static_cast<long long>(spec.grid.nx) * spec.grid.ny)}});
  return problems;
}

struct Session {
  const RunOptions& options;
  const RunContext& context;
  Stopwatch clock;
  double load_s = 0;
  InputFiles files;
  Diagnostics noticed;  // warnings for the user
};

Result<FinishedRun> finish_run(const RunInput& input, const Plan& plan, const std::string& label,
                               const char* stage, const Session& session) {
  std::vector<std::unique_ptr<Domain>> domains;
  for (const std::string& name : input.spec.domains) domains.push_back(make_domain(name));
  RunContext context = session.context;
  context.progress = [&](std::string_view s, double fraction) {
    session.context.progress(s == "stage.run" ? stage : s, fraction);
  };
  const Stopwatch clock;
  auto record = run(input, std::move(domains), context);
  if (!record)
    return Result<FinishedRun>(
        placed(record.diagnostics(), plan.series_where, session.files.scenario.string()));
  if (record->status == RunStatus::stopped) throw Stopped{};
  FinishedRun finished;
  finished.label = label;
  finished.model = input.model;
  finished.record = *std::move(record);
  finished.record.machine.load_s = session.load_s;
  finished.record.machine.wall_s = clock.wall_s();
  finished.record.machine.cpu_s = clock.cpu_s();
  finished.record.machine.peak_rss_mb = peak_rss_mb();
  session.context.progress("stage.assess", -1);
  finished.impact = risk::assess(*input.model, finished.record, plan.vulnerability, plan.impact);
  return Result<FinishedRun>(std::move(finished));
}

Result<Plan> load(const ScenarioFile& file, Session& session) {
  const auto path = city_path(session.options, file);
  if (!path) return Result<Plan>(path.diagnostics());
  session.context.progress("stage.read_city", -1);
  auto city = gis::read_city(*path, session.context);
  if (!city) return Result<Plan>(city.diagnostics());
  session.noticed.append(city.diagnostics());
  std::error_code ignored;
  session.files.city = fs::absolute(*path, ignored);
  session.files.scenario = fs::absolute(file.path, ignored);
  session.files.city_hash = content_hash(*city).hex();
  session.context.check_stop();
  session.context.progress("stage.prepare", -1);
  auto planned = plan(file, std::make_shared<const CityModel>(*std::move(city)));
  session.noticed.append(planned.diagnostics());
  session.load_s = session.clock.wall_s();
  return planned;
}

json total_summary(const RunFolder& folder, const Plan& plan, const std::string& answer,
                   const Session& session) {
  json summary = run_summary(folder.run);
  summary["scenario"] = folder.scenario.name;
  summary["city"] = folder.scenario.city_name;
  summary["headline"] = answer;
  summary["currency"] = plan.vulnerability.currency;
  summary["price_year"] = plan.vulnerability.price_year;
  summary["cost"] = folder.scenario.cost;
  summary["cells"] = static_cast<long long>(plan.input.spec.grid.nx) * plan.input.spec.grid.ny;
  summary["warnings"] = warnings_json(session.noticed);
  // Of the run alone, as the report says them: a report made again takes them from here.
  summary["run_wall_s"] = folder.run.record.machine.wall_s;
  summary["run_cpu_s"] = folder.run.record.machine.cpu_s;
  summary["run_peak_rss_mb"] = folder.run.record.machine.peak_rss_mb;
  if (folder.baseline) {
    summary["baseline"] = run_summary(*folder.baseline);
    summary["difference"] = difference_json(folder.run.impact.totals, folder.baseline->impact.totals);
  }
  // Of the whole command, report included: this file is written last.
  summary["wall_s"] = session.clock.wall_s();
  summary["cpu_s"] = session.clock.cpu_s();
  summary["peak_rss_mb"] = peak_rss_mb();
  return summary;
}

Result<Done> write_all(RunFolder& folder, const Plan& plan, const fs::path& out,
                       const std::string& scenario_text, const Session& session) {
  session.context.progress("stage.write", -1);
  Diagnostics problems;
  const auto note = [&](const Result<Done>& result) { problems.append(result.diagnostics()); };
  const StartTime start = *parse_start(plan.input.spec.start);
  note(write_results(folder.run, start, out, session.context));
  if (folder.baseline) {
    std::error_code error;
    fs::create_directory(out / "baseline", error);
    note(write_results(*folder.baseline, start, out / "baseline", session.context));
    note(write_json(out / "baseline" / "summary.json", run_summary(*folder.baseline)));
  }
  note(gis::write_file(out / "scenario.toml", scenario_text));
  const json manifest = manifest_json(plan, folder.run.record, session.files, session.options);
  note(write_json(out / "manifest.json", manifest));
  folder.manifest = flattened(manifest);
  session.context.progress("stage.report", -1);
  note(write_report(folder, out / "report.html", session.context));
  note(write_json(out / "summary.json", total_summary(folder, plan, headline(folder), session)));
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  return Result<Done>(Done{}, std::move(problems));
}

std::string plain_name(const std::string& name) {
  std::string plain;
  for (const char c : name)
    plain += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ? c : '_';
  return plain.empty() ? "run" : plain;
}

}  // namespace

Result<RunSummary> run_scenario(const RunOptions& options, const RunContext& context) {
  const auto failed = [](const Diagnostics& why) { return Result<RunSummary>(why); };
  Session session{options, context, {}, 0, {}, {}};
  set_thread_count(options.threads);
  auto file = read_scenario(options.scenario, options.set);
  if (!file) return failed(file.diagnostics());
  const auto scenario_text = gis::read_file(file->path);
  if (!scenario_text) return failed(scenario_text.diagnostics());
  session.files.scenario_hash = hash_bytes(scenario_text->data(), scenario_text->size()).hex();
  const fs::path out = options.out.empty() ? fs::path("out") / plain_name(file->name) : options.out;
  if (auto problems = OutFolder::check(out); problems.has_errors()) return failed(problems);

  auto planned = load(*file, session);
  if (!planned) return failed(planned.diagnostics());
  if (auto problems = check_memory(planned->input.spec, context); problems.has_errors())
    return failed(problems);

  RunFolder folder;
  folder.path = out;
  folder.scenario = planned->text;
  if (planned->has_measures() && options.baseline) {
    RunInput input = planned->input;
    for (const std::string& breach : drop_breaches_of_measures(input, *planned->strategy))
      folder.scenario.assumptions.emplace_back(breach, text("assumption.no_breach_in_baseline"));
    auto baseline = finish_run(input, *planned, text("label.baseline"), "stage.run_baseline", session);
    if (!baseline) return failed(baseline.diagnostics());
    folder.baseline = std::make_unique<FinishedRun>(*std::move(baseline));
  }
  auto finished =
      finish_run(planned->strategy_input(), *planned, planned->strategy_name, "stage.run", session);
  if (!finished) return failed(finished.diagnostics());
  folder.run = *std::move(finished);
  folder.run.measures = planned->measures;
  session.noticed.append(warn_of_idle_tanks(folder.run));

  const auto unwritten = [&](const Diagnostics& why) { return failed(not_written(out, why)); };
  OutFolder target(out);
  if (auto made = target.create(); !made) return unwritten(made.diagnostics());
  if (auto written = write_all(folder, *planned, target.temporary(), *scenario_text, session); !written)
    return unwritten(written.diagnostics());
  context.check_stop();
  if (auto done = target.commit(); !done) return unwritten(done.diagnostics());

  RunSummary summary{out, folder.run.record.status, headline(folder)};
  if (folder.baseline && folder.baseline->record.status == RunStatus::failed)
    summary.status = RunStatus::failed;
  return Result<RunSummary>(std::move(summary), std::move(session.noticed));
}

}  // namespace citytwin::scenarios
