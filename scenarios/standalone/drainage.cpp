#include "scenarios/standalone/drainage.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/drainage/calendar.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/readers/swmm_inp.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/out_folder.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/standalone/drainage_summary.hpp"
#include "scenarios/standalone/drainage_tables.hpp"

namespace citytwin::scenarios {

namespace {

namespace fs = std::filesystem;
using drainage::kSecondsPerDay;
using drainage::Network;
using nlohmann::json;

struct ReportTimes {
  double first, step, end;  // [s since the start]
  explicit ReportTimes(const drainage::Options& o)
      : first(std::max(0.0, (o.report_start_date - o.start_date) * kSecondsPerDay)),
        step(o.report_step),
        end(std::round((o.end_date - o.start_date) * kSecondsPerDay * 1000) / 1000) {
    first = std::round(first * 1000) / 1000 + step;
  }
  [[nodiscard]] double rows() const { return std::max(0.0, std::floor((end - first) / step) + 1); }
};

// What the project asks for and the solver leaves out.
void warn_of_simplifications(const Network& network, const std::string& file, Diagnostics& noticed) {
  const auto warn = [&](const char* what, std::size_t count, const std::string& first) {
    if (count > 0)
      noticed.warning(std::string("drainage.not_simulated.") + what, {.file = file},
                      {{"count", std::to_string(count)}, {"first", first}});
  };
  std::string first;
  const auto count = [&](const auto& rows, const auto& is) {
    std::size_t n = 0;
    for (const auto& r : rows)
      if (is(r) && n++ == 0) first = r.key;
    return n;
  };
  using drainage::Link;
  using drainage::LinkKind;
  std::size_t n = count(network.links, [](const Link& l) { return l.conduit.culvert_code > 0; });
  warn("culvert", n, first);
  n = count(network.links, [](const Link& l) {
    return l.kind == LinkKind::weir && l.weir.kind == drainage::WeirKind::roadway;
  });
  warn("roadway", n, first);
  if (network.options.routing != drainage::Routing::dynamic_wave)
    noticed.warning("drainage.dynamic_wave_instead", {.file = file});
  if (network.options.ignore_routing) noticed.warning("drainage.routing_not_ignored", {.file = file});
  if (network.options.skip_steady_state) noticed.warning("drainage.steady_not_skipped", {.file = file});
  if (network.options.lengthening_step > 0) noticed.warning("drainage.not_lengthened", {.file = file});
}

// What the run itself gives rise to doubt; too many steps that did not settle degrade it.
void warn_of_doubts(const FinishedDrainage& run, const std::string& file, DrainageSummary& summary,
                    Diagnostics& noticed) {
  const drainage::RoutingWork& work = run.flow.work();
  const auto& nodes = run.extremes.nodes();
  const auto least = std::max_element(nodes.begin(), nodes.end(),
                                      [](const auto& a, const auto& b) { return a.unsettled < b.unsettled; });
  if (work.is_doubtful() && least != nodes.end()) {
    const auto index = static_cast<std::size_t>(least - nodes.begin());
    noticed.warning("drainage.unsettled", {.file = file, .feature = run.network.nodes[index].key},
                    {{"percent", fmt::format("{:.1f}", 100 * work.unsettled_share())}});
    summary.status = RunStatus::degraded;
  }
  if (const double missing = run.flow.wave().books().not_withdrawn; missing > 0)
    noticed.warning("drainage.not_withdrawn", {.file = file}, {{"volume", fmt::format("{:.1f}", missing)}});
}

json manifest(const fs::path& project, const std::string& project_hash, const DrainageRun& run,
              const DrainageSummary& summary) {
  return {{"format_version", 1},
          {"command", "drainage"},
          {"program", {{"name", "citytwin"}, {"version", CITYTWIN_VERSION}, {"compiler", __VERSION__}}},
          {"project", project.filename().string()},
          {"project_hash", project_hash},
          {"longest_step_s", run.steps.longest},
          {"shortest_step_s", run.steps.shortest},
          {"rise_per_step_m", run.steps.rise},
          {"runoff", run.runoff == drainage::Interpolation::straight ? "straight" : "conserving"},
          {"results_hash", summary.hash}};
}

json sentences(const Diagnostics& noticed) {
  json list = json::array();
  for (const Diagnostic& d : noticed.items()) list.push_back(sentence(d));
  return list;
}

std::string headline(const FinishedDrainage& run, const DrainageSummary& summary) {
  double overflow = 0;
  std::size_t nodes = 0;
  for (const auto& node : run.extremes.nodes()) {
    overflow += node.overflow;
    nodes += node.overflow > 0;
  }
  return text("drainage.summary", {{"nodes", std::to_string(nodes)},
                                   {"flooding", fmt::format("{:.1f}", overflow)},
                                   {"outflow", fmt::format("{:.1f}", run.flow.wave().books().outflow)},
                                   {"runoff_error", fmt::format("{:.2f}", 100 * summary.runoff_error)},
                                   {"routing_error", fmt::format("{:.1e}", 100 * summary.routing_error)},
                                   {"cpu", fmt::format("{:.2f}", run.cpu_s)}});
}

// Runs to the end or until a value is no number; the key of the node or link where, or empty.
class Runner {
 public:
  Runner(const Network& network, const DrainageRun& run, const ReportTimes& times)
      : times_(times), flow(network, times.end, run.steps, run.runoff), extremes(flow.wave()) {}

  void run(DrainageTables& tables, const RunContext& context) {
    const double rows = times_.rows();
    for (double k = 0; k < rows; ++k) {
      const double t = times_.first + k * times_.step;
      advance(t, context);
      if (!tables.add(flow.wave(), t)) return;
    }
    advance(times_.end, context);
  }

 private:
  void advance(double end, const RunContext& context) {
    constexpr int kStepsPerLook = 64;
    const std::clock_t begin = std::clock();
    for (int k = 0; flow.now() < end - 1e-6; ++k) {
      const drainage::StepOutcome outcome = flow.step_towards(end);
      extremes.add(flow.wave(), outcome, flow.now(), flow.last_step());
      if (k % kStepsPerLook != 0) continue;
      context.check_stop();
      context.progress("stage.run", flow.now() / times_.end);
    }
    cpu_s += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  ReportTimes times_;

 public:
  drainage::NetworkFlow flow;
  drainage::NetworkExtremes extremes;
  double cpu_s = 0;
};

Result<Done> write_all(const fs::path& project, const std::string& project_hash, const DrainageRun& options,
                       const FinishedDrainage& run, const DrainageSummary& summary,
                       const Diagnostics& noticed, const fs::path& out) {
  Diagnostics problems;
  const auto note = [&](const Result<Done>& done) { problems.append(done.diagnostics()); };
  note(gis::write_file(out / "nodes.csv", nodes_csv(run)));
  note(gis::write_file(out / "links.csv", links_csv(run)));
  note(write_drainage_map(run, out / "results.gpkg"));
  note(write_json(out / "manifest.json", manifest(project, project_hash, options, summary)));
  const ReportUnits units = report_units(run.network.options.flow_units);
  note(write_json(out / "summary.json",
                  {{"status", status_name(summary.status)},
                   {"headline", summary.headline},
                   {"hash", summary.hash},
                   {"origin", kDrainageOrigin},
                   {"table_units", {{"depth", units.length_name}, {"flow", units.flow_name}}},
                   {"simulated_s", run.flow.now()},
                   {"runoff_continuity", runoff_continuity(run)},
                   {"routing_continuity", routing_continuity(run)},
                   {"solver", solver_work(run)},
                   {"flooded_nodes", flooded_nodes(run)},
                   {"surcharged_links", surcharged_links(run)},
                   {"unsettled_nodes", unsettled_nodes(run)},
                   {"nodes", node_extremes(run)},
                   {"links", link_extremes(run)},
                   {"warnings", sentences(noticed)}}));
  return problems.has_errors() ? Result<Done>(std::move(problems))
                               : Result<Done>(Done{}, std::move(problems));
}

// Is there room for the tables?
Diagnostics check_size(const Network& network, const ReportTimes& times, const fs::path& project,
                       const fs::path& folder) {
  Diagnostics problems;
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  const double bytes = DrainageTables::estimated_bytes(network, times.rows());
  if (!error && bytes > static_cast<double>(space.available))
    problems.error("drainage.tables_too_large", {.file = project.string()},
                   {{"gb", fmt::format("{:.1f}", bytes / 1e9)},
                    {"rows", fmt::format("{:.0f}", times.rows())},
                    {"step", fmt::format("{:g}", times.step)},
                    {"free", fmt::format("{:.1f}", static_cast<double>(space.available) / 1e9)}});
  return problems;
}

}  // namespace

Result<DrainageSummary> run_drainage(const fs::path& project, const fs::path& out_folder,
                                     const DrainageRun& options, const RunContext& context) {
  if (auto problems = OutFolder::check(out_folder); problems.has_errors())
    return Result<DrainageSummary>(std::move(problems));
  const auto network = gis::read_swmm_inp(project);
  if (!network) return Result<DrainageSummary>(network.diagnostics());
  Diagnostics noticed = network.diagnostics();
  warn_of_simplifications(*network, project.string(), noticed);
  const auto content = gis::read_file(project);
  if (!content) return Result<DrainageSummary>(content.diagnostics());
  const std::string project_hash = hash_bytes(content->data(), content->size()).hex();

  const auto unwritten = [&](const Diagnostics& why) {
    return Result<DrainageSummary>(not_written(out_folder, why));
  };
  OutFolder target(out_folder);
  if (auto made = target.create(); !made) return unwritten(made.diagnostics());
  const ReportTimes times(network->options);
  if (auto large = check_size(*network, times, project, target.temporary()); large.has_errors())
    return Result<DrainageSummary>(std::move(large));
  DrainageTables tables(*network, target.temporary(), project.stem().string());
  Runner runner(*network, options, times);
  runner.run(tables, context);
  if (auto closed = tables.close(); !closed) return unwritten(closed.diagnostics());

  const FinishedDrainage run{*network, runner.flow, runner.extremes, runner.cpu_s};
  DrainageSummary summary;
  summary.out = out_folder;
  summary.hash = tables.hash();
  if (run.flow.runoff() != nullptr) summary.runoff_error = run.flow.runoff()->balance().error();
  summary.routing_error = run.flow.wave().continuity_error();
  warn_of_doubts(run, project.string(), summary, noticed);
  if (!tables.bad().empty()) {
    summary.status = RunStatus::failed;
    noticed.warning("drainage.no_number", {.file = project.string(), .feature = tables.bad()},
                    {{"time", fmt::format("{:.0f}", run.flow.now())}});
  }
  summary.headline = headline(run, summary);
  if (auto written = write_all(project, project_hash, options, run, summary, noticed, target.temporary());
      !written)
    return unwritten(written.diagnostics());
  context.check_stop();
  if (auto done = target.commit(); !done) return unwritten(done.diagnostics());
  return Result<DrainageSummary>(std::move(summary), std::move(noticed));
}

}  // namespace citytwin::scenarios
