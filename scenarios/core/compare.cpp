// `citytwin compare` and `citytwin report`: new outputs from the folders of finished runs.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gis/io/atomic_file.hpp"
#include "gis/writers/raster_writer.hpp"
#include "scenarios/core/csv.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/out_folder.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/run_files.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/comparison.hpp"
#include "scenarios/report/report.hpp"
#include "scenarios/report/view.hpp"

namespace citytwin::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// b - a where both have a value; where one is dry (no data) its depth is 0, where both are there is none.
Grid<float> difference(const Grid<float>& a, const Grid<float>& b) {
  Grid<float> out(a.spec, kNoData);
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    const float from = a.values[i], to = b.values[i];
    if (std::isnan(from) && std::isnan(to)) continue;
    out.values[i] = (std::isnan(to) ? 0 : to) - (std::isnan(from) ? 0 : from);
  }
  return out;
}

std::string cells_csv(const FinishedRun& a, const FinishedRun& b) {
  Csv csv(
      "cell,people_affected_a,people_affected_b,max_depth_a_m,max_depth_b_m,loss_a,loss_b,loss_difference");
  const auto& keys = a.model->management_cells().origin.key;
  const auto &x = a.impact.cells, &y = b.impact.cells;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    csv.row().text(keys[row]).number(x.people_affected[row]).number(y.people_affected[row]);
    csv.number(x.max_depth[row], 4).number(y.max_depth[row], 4);
    csv.number(x.loss[row], 9).number(y.loss[row], 9).number(y.loss[row] - x.loss[row], 9);
  }
  return csv.finish();
}

json comparison_summary(const RunFolder& a, const RunFolder& b) {
  json summary = run_summary(b.run);
  summary["comparison"] = true;
  summary["headline"] = headline(a, b);
  summary["a"] = run_summary(a.run);
  summary["a"]["folder"] = a.path.string();
  summary["b"] = run_summary(b.run);
  summary["b"]["folder"] = b.path.string();
  summary["same_city"] = a.manifest.at("city.hash") == b.manifest.at("city.hash");
  summary["same_result"] = a.run.record.hash == b.run.record.hash;
  summary["difference"] = difference_json(b.run.impact.totals, a.run.impact.totals);
  return summary;
}

Diagnostics comparable(const RunFolder& a, const RunFolder& b) {
  Diagnostics problems;
  const auto differs = [&](const char* key) {
    const auto x = a.manifest.find(key), y = b.manifest.find(key);
    return x == a.manifest.end() || y == b.manifest.end() || x->second != y->second;
  };
  if (differs("city.hash"))
    problems.error("compare.other_city", {b.path.string(), "", "", "", 0}, {{"other", a.path.string()}});
  if (differs("grid.cell_m") || differs("grid.nx") || differs("grid.ny"))
    problems.warning("compare.other_grid", {b.path.string(), "", "", "grid.cell_m", 0},
                     {{"other", a.path.string()}});
  std::string what;
  for (const std::string& part : report::unlike_parts(a, b))
    if (part != "grid")
      what += (what.empty() ? "" : text("report.list_separator")) + text("report.unlike." + part);
  if (!what.empty())
    problems.warning("compare.unlike", {b.path.string(), "", "", "", 0},
                     {{"other", a.path.string()}, {"what", what}});
  return problems;
}

// A report made by another version may assess the same record differently: its numbers then are not those of
// the summary that lies beside it.
Diagnostics totals_differ(const RunFolder& folder) {
  Diagnostics problems;
  const auto summary = read_json(folder.path / "summary.json");
  if (!summary) return summary.diagnostics();
  const json stored = summary->value("totals", json::object());
  std::string which;
  const json totals = totals_json(folder.run.impact.totals);
  for (const auto& [key, value] : totals.items()) {
    const double now = value.get<double>();
    const double then = stored.contains(key) && stored[key].is_number() ? stored[key].get<double>() : now;
    if (std::abs(now - then) <= 1e-9 * std::max(std::abs(now), std::abs(then))) continue;
    which += (which.empty() ? "" : ", ") + fmt::format("{} {:.6g} / {:.6g}", key, then, now);
  }
  if (!which.empty())
    problems.warning("report.totals_differ", {(folder.path / "summary.json").string(), "", "", "", 0},
                     {{"which", which}});
  return problems;
}

Result<Done> write_comparison(const RunFolder& a, const RunFolder& b, const fs::path& out,
                              const RunContext& context) {
  Diagnostics problems;
  const auto note = [&](const Result<Done>& result) { problems.append(result.diagnostics()); };
  note(gis::write_file(out / "cells.csv", cells_csv(a.run, b.run)));
  for (const ObservedGrid& grid : b.run.record.grids) {
    const ObservedGrid* other = a.run.record.grid(grid.name);
    if (other == nullptr || grid.unit != "m" || !(other->grid.spec == grid.grid.spec)) continue;
    const auto dot = grid.name.rfind('.');
    const std::string name = dot == std::string::npos ? grid.name : grid.name.substr(dot + 1);
    note(gis::write_cog(difference(other->grid, grid.grid), b.run.model->info().frame, grid.name + " B - A",
                        grid.unit, out / (name + "_difference.tif")));
    context.check_stop();
  }
  note(write_comparison_report(a, b, out / "report.html", context));
  const json manifest = {{"format_version", 1},
                         {"comparison",
                          {{"a", fs::absolute(a.path).string()},
                           {"b", fs::absolute(b.path).string()},
                           {"a_hash", a.run.record.hash.hex()},
                           {"b_hash", b.run.record.hash.hex()}}}};
  note(write_json(out / "manifest.json", manifest));
  note(write_json(out / "summary.json", comparison_summary(a, b)));
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  return Result<Done>(Done{}, std::move(problems));
}

}  // namespace

namespace {

bool one_holds_the_other(const fs::path& a, const fs::path& b) {
  const fs::path first = fs::weakly_canonical(a);
  const fs::path second = fs::weakly_canonical(b);
  const auto [x, y] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
  return x == first.end() || y == second.end();
}

}  // namespace

Result<RunSummary> compare_runs(const fs::path& a, const fs::path& b, const fs::path& out,
                                const RunContext& context) {
  const auto failed = [](const Diagnostics& why) { return Result<RunSummary>(why); };
  if (auto problems = OutFolder::check(out); problems.has_errors()) return failed(problems);
  for (const fs::path& run : {a, b})
    if (one_holds_the_other(run, out))
      return Result<RunSummary>::failure("compare.onto_run", {.file = out.string()}, {{"run", run.string()}});
  const auto first = load_run_folder(a, context);
  if (!first) return failed(first.diagnostics());
  const auto second = load_run_folder(b, context);
  if (!second) return failed(second.diagnostics());
  Diagnostics problems = comparable(*first, *second);
  if (problems.has_errors()) return failed(problems);

  const auto unwritten = [&](const Diagnostics& why) { return failed(not_written(out, why)); };
  OutFolder target(out);
  if (auto made = target.create(); !made) return unwritten(made.diagnostics());
  if (auto written = write_comparison(*first, *second, target.temporary(), context); !written)
    return unwritten(written.diagnostics());
  context.check_stop();
  if (auto done = target.commit(); !done) return unwritten(done.diagnostics());
  RunSummary summary{out, second->run.record.status, headline(*first, *second)};
  return Result<RunSummary>(std::move(summary), std::move(problems));
}

Result<RunSummary> rewrite_report(const fs::path& out, const RunContext& context) {
  const auto failed = [](const Diagnostics& why) { return Result<RunSummary>(why); };
  std::error_code error;
  if (fs::is_regular_file(out / "manifest.json", error)) {
    // A comparison is made again from its two runs.
    const auto manifest = read_json(out / "manifest.json");
    if (!manifest) return failed(manifest.diagnostics());
    const auto flat = flattened(*manifest);
    if (flat.count("comparison.a") > 0) {
      const fs::path a = flat.at("comparison.a"), b = flat.at("comparison.b");
      for (const fs::path& run : {a, b})
        if (!fs::is_regular_file(run / "record.ctr", error))
          return Result<RunSummary>::failure("compare.run_gone", {out.string(), "", "", "", 0},
                                             {{"run", run.string()}});
      return compare_runs(a, b, out, context);
    }
  }
  const auto folder = load_run_folder(out, context);
  if (!folder) return failed(folder.diagnostics());
  if (auto written = write_report(*folder, out / "report.html", context); !written)
    return failed(not_written(out, written.diagnostics()));
  return Result<RunSummary>(RunSummary{out, folder->run.record.status, headline(*folder)},
                            totals_differ(*folder));
}

}  // namespace citytwin::scenarios
