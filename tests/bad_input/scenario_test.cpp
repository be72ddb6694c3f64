// Scenario files, run options and run folders that cannot be used.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

const std::string kRun =
    "format_version = 1\nname = \"test\"\nquestion = \"What happens?\"\n[run]\nstart = "
    "\"2026-07-14T18:00:00+02:00\"\n"
    "duration_h = 0.1\n[grid]\ncell_m = 30\n";
const std::string kStorm = "[[event]]\ntype = \"design_storm\"\ndepth_mm = 20\nduration_min = 5\n";

BadCase scenario_case(const std::string& name, const std::string& code, const std::string& text,
                      const Arguments& options = {}) {
  return {"scenario: " + name,
          [=](const Path& folder) {
            put_city(folder / "city.gpkg");
            put(folder / "scenario.toml", text);
            put(folder / "rain.csv", "time_min,rain_mm_per_h\n0,10\n5,heavy\n");
            put(folder / "back.csv", "time_min,rain_mm_per_h\n0,10\n5,20\n4,20\n");
            put(folder / "wet.csv", "minute,water\n0,10\n5,20\n");
            Arguments arguments{"run", "scenario.toml", "--city", "city.gpkg", "-o", "result"};
            arguments.insert(arguments.end(), options.begin(), options.end());
            return arguments;
          },
          code};
}

std::string measure(const std::string& lines) { return kRun + kStorm + "[[measure]]\n" + lines; }

std::string rain_from(const std::string& file) {
  return kRun + "[[event]]\ntype = \"design_storm\"\nshape = \"series\"\nseries_csv = \"" + file + "\"\n";
}

BadCase without_terrain() {
  BadCase bad = scenario_case("city without terrain", "scenario.needs_terrain", kRun + kStorm);
  bad.prepare = [prepare = bad.prepare](const Path& folder) {
    auto arguments = prepare(folder);
    put_city(folder / "city.gpkg", "DELETE FROM grids WHERE name = 'terrain'");
    return arguments;
  };
  return bad;
}

}  // namespace

TEST_CASE("the good scenario runs") { check_accepted(scenario_case("good", "", kRun + kStorm)); }

TEST_CASE("scenarios that are wrong are refused with key and line") {
  check_refused({
      scenario_case("TOML syntax", "toml.syntax", "[run\nduration_h = 1"),
      scenario_case("newer version", "scenario.newer",
                    "format_version = 99\n" + kRun.substr(kRun.find("name")) + kStorm),
      scenario_case("unknown key", "toml.unknown_key",
                    kRun + "[[event]]\ntype = \"design_storm\"\ndepht_mm = 20\nduration_min = 5\n"),
      scenario_case("wrong unit", "toml.wrong_unit",
                    kRun + "[[event]]\ntype = \"design_storm\"\ndepth_cm = 2\nduration_min = 5\n"),
      scenario_case("out of range", "toml.out_of_range",
                    kRun + "[[event]]\ntype = \"design_storm\"\ndepth_mm = -20\nduration_min = 5\n"),
      scenario_case("number in words", "toml.wrong_type",
                    kRun + "[[event]]\ntype = \"design_storm\"\ndepth_mm = \"much\"\nduration_min = 5\n"),
      scenario_case("unknown event", "scenario.unknown_type", kRun + "[[event]]\ntype = \"dragon\"\n"),
      scenario_case("event without type", "scenario.no_type", kRun + "[[event]]\ndepth_mm = 20\n"),
      scenario_case(
          "start that is no time", "scenario.bad_start",
          "format_version = 1\nname = \"t\"\n[run]\nstart = \"tomorrow\"\nduration_h = 1\n" + kStorm),
      scenario_case("shorter than a beat", "scenario.shorter_than_beat", kRun + kStorm,
                    {"--set", "run.duration_h=0.001"}),
      scenario_case("rain series absent", "path.not_found", rain_from("absent.csv")),
      scenario_case("rain series outside", "path.parent", rain_from("../rain.csv")),
      scenario_case("rain series in words", "csv.bad_number", rain_from("rain.csv")),
      scenario_case("rain series back in time", "csv.time_order", rain_from("back.csv")),
      scenario_case("rain series with other columns", "csv.bad_header", rain_from("wet.csv")),
      scenario_case("power loss of an unknown asset", "event.no_such_asset",
                    kRun + "[[event]]\ntype = \"power_loss\"\nasset = \"node/999\"\nstart_h = 0\n"),
      scenario_case("river in a city without one", "place.not_found",
                    kRun + "[[event]]\ntype = \"river_hydrograph\"\nat = \"facility:none\"\nbase_m3_per_s = "
                           "1\npeak_m3_per_s = 5\n"),
      scenario_case("unknown measure", "scenario.unknown_type", measure("type = \"moat\"\n")),
      scenario_case("measure outside the city", "measure.outside_city",
                    measure("type = \"raised_ground\"\narea = [[90000, 90000], [90100, 90000], [90100, "
                            "90100]]\nraise_by_m = 1\n")),
      scenario_case("measure of two points", "toml.bad_geometry",
                    measure("type = \"raised_ground\"\narea = [[0, 0], [10, 0]]\nraise_by_m = 1\n")),
      scenario_case("wall without height", "measure.wall_height_or_crest",
                    measure("type = \"flood_wall\"\nalong = [[10, 10], [200, 10]]\n")),
      scenario_case("wall of 90 m", "toml.out_of_range",
                    measure("type = \"flood_wall\"\nalong = [[10, 10], [200, 10]]\nheight_m = 90\n")),
      scenario_case("unknown --set", "toml.unknown_key", kRun + kStorm, {"--set", "grid.cel_m=10"}),
      scenario_case("--set without value", "toml.bad_set", kRun + kStorm, {"--set", "grid.cell_m"}),
      scenario_case("cells of 1 mm", "toml.out_of_range", kRun + kStorm, {"--set", "grid.cell_m=0.001"}),
      without_terrain(),
  });
}

TEST_CASE("run folders that are none are refused") {
  check_refused({
      {"report: no such folder",
       [](const Path&) {
         return Arguments{"report", "result"};
       },
       "out.not_a_run"},
      {"report: other folder",
       [](const Path& folder) {
         put(folder / "result/readme.txt", "my holiday");
         return Arguments{"report", "result"};
       },
       "out.not_a_run"},
      {"run: into somebody's folder",
       [](const Path& folder) {
         put_city(folder / "city.gpkg");
         put(folder / "scenario.toml", kRun + kStorm);
         put(folder / "result/readme.txt", "my holiday");
         return Arguments{"run", "scenario.toml", "--city", "city.gpkg", "-o", "result"};
       },
       "out.not_ours"},
      {"run: no city",
       [](const Path& folder) {
         put(folder / "scenario.toml", kRun + kStorm);
         return Arguments{"run", "scenario.toml", "-o", "result"};
       },
       "run.no_city"},
      {"run: no scenario",
       [](const Path&) {
         return Arguments{"run", "absent.toml", "-o", "result"};
       },
       "toml.no_file"},
  });
}

}  // namespace citytwin::bad_input
