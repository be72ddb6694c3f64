// Every shipped scenario runs from its file to a report on a small generated city, and a run can be read
// back, explained, compared and written again.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cctype>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "gis/generate/generate.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/run_files.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/text.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;
namespace fs = std::filesystem;

namespace {

// Two cities of 10 000 people, made once, gone at the end of the program.
struct Cities {
  Cities() : folder(fs::temp_directory_path() / ("citytwin_library_test." + std::to_string(getpid()))) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    for (const char* water : {"river", "coast"}) {
      gis::GenerateOptions options;
      options.population = 10'000;
      options.seed = 3;
      options.water = water;
      options.terrain_cell_m = 20;
      options.data_folder = data_folder();
      const auto city = gis::generate_city(options, {});
      REQUIRE(city.ok());
      REQUIRE(gis::write_city(*city, path(water), {}).ok());
    }
  }
  ~Cities() { fs::remove_all(folder); }
  [[nodiscard]] fs::path path(const std::string& water) const { return folder / (water + ".gpkg"); }
  fs::path folder;
};

const Cities& cities() {
  static const Cities made;
  return made;
}

RunOptions options_for(const std::string& scenario, const fs::path& out) {
  RunOptions options;
  options.scenario = scenario;
  options.city =
      cities().path(scenario.starts_with("storm_surge") || scenario.starts_with("surge") ? "coast" : "river");
  options.out = out;
  options.command_line = "test";
  options.set = {"grid.cell_m=40", "run.duration_h=1"};
  return options;
}

void report(const Diagnostics& diagnostics) {
  for (const auto& d : diagnostics.items())
    if (d.severity == Severity::error) MESSAGE(sentence(d));
}

nlohmann::json summary_of(const fs::path& out) {
  std::ifstream in(out / "summary.json");
  return nlohmann::json::parse(in);
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("every shipped scenario ends in a report") {
  int shipped = 0;
  for (const auto& entry : fs::directory_iterator(library_folder())) {
    if (entry.path().extension() != ".toml") continue;
    ++shipped;
    const std::string name = entry.path().stem().string();
    CAPTURE(name);
    const fs::path out = cities().folder / name;
    const auto run = run_scenario(options_for(name, out), {});
    report(run.diagnostics());
    REQUIRE(run.ok());
    CHECK(run->status == RunStatus::ok);
    CHECK(!run->headline.empty());
    for (const char* file :
         {"manifest.json", "summary.json", "record.ctr", "events.csv", "series.csv", "roads.csv", "cells.csv",
          "facilities.csv", "results.gpkg", "max_depth.tif", "scenario.toml"})
      CHECK_MESSAGE(fs::file_size(out / file) > 0, file);
    CHECK(fs::file_size(out / "report.html") < 3'000'000);
    const auto summary = summary_of(out);
    CHECK(summary.at("mass_error").get<double>() <= 1e-7);  // in 32 bits
    for (const char* key : {"status", "hash", "threads", "wall_s", "load_s", "cpu_s", "peak_rss_mb"})
      CHECK_MESSAGE(summary.contains(key), key);
    const auto file = read_scenario(name, {});
    REQUIRE(file.ok());
    CHECK(!file->question.empty());
    CHECK(file->city.empty());                                                             // names no place
    CHECK(summary.at("warnings").dump().find("scenario.screening") != std::string::npos);  // 40 m cells
    CHECK(fs::exists(out / "baseline") == (file->root.find("measure") != nullptr));
  }
  CHECK(shipped >= 5);
}

TEST_CASE("the same scenario gives the same record on any number of threads") {
  std::string first;
  for (const int threads : {1, 3}) {
    auto options = options_for("cloudburst", cities().folder / "threads");
    options.threads = threads;
    REQUIRE(run_scenario(options, {}).ok());
    const std::string record = bytes_of(options.out / "record.ctr");
    if (first.empty()) first = record;
    CHECK(record == first);
  }
}

TEST_CASE("a run is read back equal, explained, compared and reported again") {
  const fs::path a = cities().folder / "a", b = cities().folder / "b", c = cities().folder / "c";
  REQUIRE(run_scenario(options_for("basin_and_floodproofing", a), {}).ok());
  auto heavier = options_for("basin_and_floodproofing", b);
  heavier.set.emplace_back("event.depth_mm=160");
  REQUIRE(run_scenario(heavier, {}).ok());

  const auto folder = load_run_folder(a, {});
  report(folder.diagnostics());
  REQUIRE(folder.ok());
  REQUIRE(folder->baseline);
  CHECK(record_bytes(folder->run.record) == bytes_of(a / "record.ctr"));
  const auto summary = summary_of(a);
  CHECK(folder->run.impact.totals.loss == summary["totals"]["loss"].get<double>());
  CHECK(folder->baseline->impact.totals.loss == summary["baseline"]["totals"]["loss"].get<double>());
  CHECK(folder->run.model->terrain().patches.size() == 1);
  CHECK(folder->scenario.events.size() == 1);

  fs::remove(a / "report.html");
  CHECK(rewrite_report(a, {}).ok());
  CHECK(fs::file_size(a / "report.html") > 10'000);

  const auto compared = compare_runs(a, b, c, {});
  report(compared.diagnostics());
  REQUIRE(compared.ok());
  CHECK(fs::exists(c / "report.html"));
  CHECK(fs::exists(c / "max_depth_difference.tif"));
  CHECK(summary_of(c)["difference"]["loss"].get<double>() > 0);
  CHECK(compare_runs(c, b, cities().folder / "d", {}).diagnostics().has("compare.of_comparison"));
  CHECK(rewrite_report(c, {}).ok());

  fs::rename(cities().path("river"), cities().folder / "hidden.gpkg");
  CHECK(load_run_folder(a, {}).diagnostics().has("out.no_city"));
  fs::rename(cities().folder / "hidden.gpkg", cities().path("river"));
}

namespace {
std::string upper_case(std::string s) {
  for (char& c : s) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return s;
}
}  // namespace

TEST_CASE("a run is read back in the language of now, as far as its files go") {
  struct Chinese {
    Chinese() { set_language("zh_CN"); }
    ~Chinese() { set_language("en"); }
  };
  const fs::path out = cities().folder / "language";
  REQUIRE(run_scenario(options_for("cloudburst", out), {}).ok());
  const auto english = load_run_folder(out, {});
  REQUIRE(english.ok());
  CHECK(english->scenario.title == "A cloudburst over the city");
  {
    const Chinese chinese;
    const auto again = load_run_folder(out, {});
    REQUIRE(again.ok());
    CHECK(again->scenario.name == "cloudburst");
    CHECK(again->scenario.title == text("A cloudburst over the city"));
    CHECK(again->scenario.events.front().second != english->scenario.events.front().second);
    CHECK(again->scenario.assumptions.size() == english->scenario.assumptions.size());
  }
  // The series of an event is not in the folder: its sentence stays as it was said.
  const fs::path scenario = cities().folder / "measured.toml";
  std::ofstream(scenario)
      << "[[event]]\ntype = \"design_storm\"\nshape = \"series\"\nseries_csv = \"rain.csv\"\n";
  std::ofstream(cities().folder / "rain.csv") << "time_min,rain_mm_per_h\n0,30\n60,0\n";
  auto options = options_for("cloudburst", cities().folder / "measured");
  options.scenario = scenario;
  options.set = {"grid.cell_m=40", "run.duration_h=0.5"};
  const auto measured = run_scenario(options, {});
  report(measured.diagnostics());
  REQUIRE(measured.ok());
  const auto before = summary_of(options.out).at("scenario").get<std::string>();
  const Chinese chinese;
  const auto again = load_run_folder(options.out, {});
  REQUIRE(again.ok());
  CHECK(again->scenario.name == before);
  REQUIRE(again->scenario.events.size() == 1);
  CHECK(again->scenario.title == "Measured");
}

TEST_CASE("why: a facility without power is traced back to the failed grid") {
  const fs::path out = cities().folder / "why";
  auto options = options_for("power_loss", out);
  options.set = {"grid.cell_m=40", "run.duration_h=1.5", "event.power_loss.start_h=0.5"};
  REQUIRE(run_scenario(options, {}).ok());
  const auto record = read_record(out / "record.ctr");
  REQUIRE(record.ok());
  std::string victim;
  for (const Occurrence& o : record->occurrences)
    if (o.reason == "cause.no_power" && o.asset_kind != "substation") victim = o.asset;
  REQUIRE(!victim.empty());
  const auto why = explain(out, victim, "");
  REQUIRE(why.ok());
  CHECK(why->find(victim) != std::string::npos);
  CHECK(why->find("grid") != std::string::npos);
  CHECK(why->find("run again without") != std::string::npos);
  // By the name that the report shows, in any case of letters.
  const std::string opening = "Why is ";
  REQUIRE(why->starts_with(opening));
  const std::string name = why->substr(opening.size(), why->find(" (" + victim) - opening.size());
  CAPTURE(name);
  const auto by_name = explain(out, upper_case(name), "");
  CHECK((by_name.ok() ? *by_name == *why : by_name.diagnostics().has("why.several_assets")));
  const auto before = explain(out, victim, "60");
  REQUIRE(before.ok());
  CHECK(before->find("Nothing happened") != std::string::npos);
  CHECK(explain(out, "hospitl/77", "").diagnostics().has("why.unknown_asset"));
  CHECK(explain(out, victim, "noonish").diagnostics().has("why.bad_time"));
  CHECK(explain(cities().folder, victim, "").diagnostics().has("out.not_a_run"));
}

TEST_CASE("a stop leaves nothing behind; what cannot run says so before it starts") {
  const fs::path out = cities().folder / "stopped";
  std::atomic<bool> stop{false};
  RunContext context;
  context.stop = &stop;
  context.progress = [&](std::string_view stage, double fraction) {
    if (stage == "stage.run" && fraction > 0.2) stop = true;
  };
  CHECK_THROWS_AS(static_cast<void>(run_scenario(options_for("cloudburst", out), context)), Stopped);
  CHECK_FALSE(fs::exists(out));
  for (const auto& entry : fs::directory_iterator(cities().folder))
    CHECK_MESSAGE(entry.path().string().find(".tmp") == std::string::npos, entry.path().string());

  auto options = options_for("cloudburst", out);
  options.city.clear();
  CHECK(run_scenario(options, {}).diagnostics().has("run.no_city"));
  options = options_for("cloudburst", out);
  options.set = {"grid.cell=10"};
  CHECK(run_scenario(options, {}).diagnostics().has("toml.unknown_key"));
  options = options_for("no_such_scenario", out);
  CHECK(run_scenario(options, {}).diagnostics().has("toml.no_file"));
  RunContext small;
  small.memory_limit_bytes = 1000;
  CHECK_FALSE(run_scenario(options_for("cloudburst", out), small).ok());
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("results that cannot be written are no fault of the input, and leave nothing") {
  const fs::path parent = cities().folder / "lost", out = parent / "out";
  RunContext context;
  context.progress = [&](std::string_view stage, double) {
    if (stage == "stage.run" && !fs::exists(parent)) std::ofstream(parent) << "in the way";
  };
  const auto run = run_scenario(options_for("cloudburst", out), context);
  CHECK_FALSE(run.ok());
  CHECK(run.diagnostics().items().front().code == "out.not_written");
  CHECK(fs::is_regular_file(parent));
  fs::remove(parent);
}

TEST_CASE("what is declared can be listed for people and for programs") {
  for (const char* what : {"measures", "events", "projections", "domains"}) {
    const auto lines = list_declared(what, false);
    REQUIRE(lines.ok());
    CHECK(!lines->empty());
    const auto json = nlohmann::json::parse(*list_declared(what, true));
    CHECK(json.is_array());
    for (const auto& entry : json)
      for (const auto& p : entry.at("parameters")) CHECK(p.contains("key"));
  }
  CHECK(list_declared("castles", false).diagnostics().has("list.unknown"));
}
