// An output folder read back.
#include <nlohmann/json.hpp>

#include "gis/io/city_file.hpp"
#include "gis/io/safe_path.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/run_files.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// The city file where it was, or a file of that name in or beside the folder.
Result<fs::path> city_file(const fs::path& folder, const std::string& named) {
  const fs::path name = fs::path(named).filename();
  std::error_code error;
  for (const fs::path& candidate : {fs::path(named), folder / name, folder.parent_path() / name})
    if (!candidate.empty() && fs::is_regular_file(candidate, error))
      return gis::safe_input(candidate.string());
  return Result<fs::path>::failure("out.no_city", {folder.string(), "", "", "", 0}, {{"city", named}});
}

void read_machine(const json& summary, Machine& machine) {
  machine.threads = summary.value("threads", 0);
  machine.wall_s = summary.value("run_wall_s", summary.value("wall_s", 0.0));
  machine.load_s = summary.value("load_s", 0.0);
  machine.cpu_s = summary.value("run_cpu_s", summary.value("cpu_s", 0.0));
  machine.peak_rss_mb = summary.value("run_peak_rss_mb", summary.value("peak_rss_mb", 0.0));
  machine.advance_cpu_s = summary.value("advance_cpu_s", 0.0);
  machine.beat_rest_cpu_s = summary.value("beat_rest_cpu_s", 0.0);
}

// The scenario in the folder is a copy under another name: the run's own name stays.
void keep_names(const ScenarioText& of_run, ScenarioFile& file) {
  if (of_run.name.empty()) return;
  file.name = of_run.name;
  if (file.root.find("title") == nullptr) file.title = of_run.title;
}

// The plan of a run, with its sentences in the language of now. An event whose own file is gone, as that of
// a folder which was moved, has no sentences to be made again: then `text` stays in the run's language.
Result<Plan> plan_again(const ScenarioFile& file, std::shared_ptr<const CityModel> city, ScenarioText& text) {
  auto whole = plan(file, city);
  if (!whole) return plan(file, std::move(city), false);
  text = whole->text;
  return whole;
}

Result<FinishedRun> read_run(const fs::path& folder, std::string label,
                             std::shared_ptr<const CityModel> model, const Plan& plan) {
  const auto summary = read_json(folder / "summary.json");
  if (!summary) return Result<FinishedRun>(summary.diagnostics());
  auto record = read_record(folder / "record.ctr");
  if (!record) return Result<FinishedRun>(record.diagnostics());
  FinishedRun run;
  run.label = std::move(label);
  run.model = std::move(model);
  run.record = *std::move(record);
  read_machine(*summary, run.record.machine);
  run.impact = risk::assess(*run.model, run.record, plan.vulnerability, plan.impact);
  return Result<FinishedRun>(std::move(run));
}

}  // namespace

Result<RunFolder> load_run_folder(const fs::path& path, const RunContext& context) {
  const auto failed = [](const Diagnostics& why) { return Result<RunFolder>(why); };
  std::error_code error;
  if (!fs::is_regular_file(path / "manifest.json", error))
    return Result<RunFolder>::failure("out.not_a_run", {path.string(), "", "", "", 0});
  const auto manifest = read_json(path / "manifest.json");
  if (!manifest) return failed(manifest.diagnostics());
  if (manifest->contains("comparison"))
    return Result<RunFolder>::failure("compare.of_comparison", {path.string(), "", "", "", 0});
  RunFolder folder;
  folder.path = path;
  folder.manifest = flattened(*manifest);
  if (manifest->contains("text")) folder.scenario = text_from_json((*manifest)["text"]);

  const json set = manifest->value("/scenario/set"_json_pointer, json::array());
  auto file = read_scenario(path / "scenario.toml", set.get<std::vector<std::string>>());
  if (!file) return failed(file.diagnostics());
  keep_names(folder.scenario, *file);
  const auto city_name = city_file(path, folder.manifest["city.file"]);
  if (!city_name) return failed(city_name.diagnostics());
  auto city = gis::read_city(*city_name, context);
  if (!city) return failed(city.diagnostics());
  if (content_hash(*city).hex() != folder.manifest["city.hash"])
    return Result<RunFolder>::failure("out.other_city", {city_name->string(), "", "", "", 0});
  const auto planned =
      plan_again(*file, std::make_shared<const CityModel>(*std::move(city)), folder.scenario);
  if (!planned) return failed(planned.diagnostics());

  auto run = read_run(path, planned->strategy_name, planned->strategy, *planned);
  if (!run) return failed(run.diagnostics());
  folder.run = *std::move(run);
  folder.run.measures = planned->measures;
  if (fs::is_directory(path / "baseline", error)) {
    auto baseline = read_run(path / "baseline", text("label.baseline"), planned->baseline, *planned);
    if (!baseline) return failed(baseline.diagnostics());
    folder.baseline = std::make_unique<FinishedRun>(*std::move(baseline));
  }
  return Result<RunFolder>(std::move(folder));
}

}  // namespace citytwin::scenarios
