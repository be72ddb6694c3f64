// `citytwin flood`: from a case file to gauges and a closed balance, and what is refused.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "scenarios/standalone/flood.hpp"

using namespace citytwin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("citytwin_flood_test." + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path / name) << content;
  }
};

std::string grid_file(int columns, const std::string& value) {
  std::string text = "ncols " + std::to_string(columns) +
                     "\nnrows 20\nxllcorner 0\nyllcorner 0\ncellsize 5\nNODATA_value -9999\n";
  for (int j = 0; j < 20; ++j) {
    for (int i = 0; i < columns; ++i) text += value + " ";
    text += "\n";
  }
  return text;
}

const char* const kCase =
    "dem = \"dem.asc\"\nduration_h = 0.05\nmanning = 0.03\n[water]\nedge = \"closed\"\n"
    "[[rain]]\nintensity_mm_per_h = 72\n[[inflow]]\nat = [52, 52]\nflow_m3_per_s = 1\n[[gauge]]\nname = "
    "\"g\"\nat = [12, 12]\n";

}  // namespace

TEST_CASE("a flood case runs to a closed balance, the same for any thread count") {
  const Folder folder;
  folder.write("dem.asc", grid_file(20, "3"));
  folder.write("case.toml", kCase);
  const auto one = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "a", 1, {}, {});
  const auto three = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "b", 3, {}, {});
  REQUIRE(one.ok());
  REQUIRE(three.ok());
  CHECK(one->hash == three->hash);
  CHECK(one->mass_error < 1e-7);  // in 32 bits
  // 180 s of 72 mm/h and of 1 m3/s on 100 m x 100 m.
  CHECK(one->max_depth > 0.0036 + 0.018);
  for (const char* name : {"gauges.csv", "series.csv", "summary.json", "manifest.json", "max_depth.tif"})
    CHECK_MESSAGE(fs::exists(folder.path / "a" / name), name);
}

TEST_CASE("a flood case that local inertia cannot follow says so in summary.json, with the case's own key") {
  const Folder folder;
  folder.write("dem.asc", grid_file(20, "3"));
  folder.write("case.toml", kCase);
  const auto run =
      scenarios::run_flood_case(folder.path / "case.toml", folder.path / "fast", 1,
                                {"water.scheme=\"local_inertia\"", "inflow.flow_m3_per_s=200"}, {});
  REQUIRE(run.ok());
  std::ifstream in(folder.path / "fast" / "summary.json");
  const auto summary = nlohmann::json::parse(in);
  CHECK(summary["status"] == "degraded");
  REQUIRE(!summary["reasons"].empty());
  REQUIRE(!summary["warnings"].empty());
  const std::string words = summary["warnings"].back()["text"];
  CHECK_MESSAGE(words.find("--set water.scheme=first_order") != std::string::npos, words);
}

TEST_CASE("what a flood case refuses leaves nothing behind") {
  const Folder folder;
  folder.write("dem.asc", grid_file(20, "3"));
  folder.write("n.asc", grid_file(19, "0.03"));
  folder.write("case.toml", kCase);
  const auto code = [&](const std::vector<std::string>& set) {
    const auto r = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "out", 1, set, {});
    return r.ok() ? std::string() : r.diagnostics().items().front().code;
  };
  CHECK(code({"durations_h=1"}).starts_with("toml."));
  CHECK(code({"manning_raster=\"n.asc\""}) == "flood.bad_raster_grid");
  CHECK(code({"gauge.at=[500, 1]"}) == "flood.gauge_outside");
  CHECK(code({"initial_depth_m=1", "initial_level_m=4"}) == "flood.needs_one_of");
  CHECK(code({"inflow.at=[5000, 1]"}) == "surface_water.inflow_outside");
  CHECK(code({"inflow.at=\"river\""}) == "flood.no_lonlat");
  CHECK(!fs::exists(folder.path / "out"));
}

TEST_CASE("every refusal of a flood case names the file, the line and the key") {
  const Folder folder;
  folder.write("dem.asc", grid_file(20, "3"));
  const std::string good =
      "dem = \"dem.asc\"\nduration_h = 0.05\n"                         // lines 1, 2
      "[[inflow]]\nat = [52, 52]\nflow_m3_per_s = 1\n"                 // 3
      "[[inflow]]\nat = [22, 22]\nflow_m3_per_s = 1\n"                 // 6
      "[[level]]\nline = [[2, 2], [2, 50]]\nlevel_m = 3\n"             // 9
      "[[rain]]\nintensity_mm_per_h = 10\n"                            // 12
      "[[wall]]\nline = [[10, 10], [90, 10]]\ncrest_m = 4\n"           // 14
      "[[gauge]]\nname = \"g\"\nat = [12, 12]\n[water]\ncfl = 0.5\n";  // 17, 20
  const auto told = [&](const std::string& from, const std::string& to) {
    std::string broken = good;
    const auto at = broken.rfind(from);
    REQUIRE(at != std::string::npos);
    folder.write("case.toml", broken.replace(at, from.size(), to));
    const auto r = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "out", 1, {}, {});
    REQUIRE_FALSE(r.ok());
    const auto& d = r.diagnostics().items().front();
    return fs::path(d.where.file).filename().string() + ":" + std::to_string(d.where.line) + " " +
           d.where.key + " " + d.code;
  };
  CHECK(told("\"dem.asc\"", "\"none.asc\"") == "case.toml:1 dem path.not_found");
  CHECK(told("0.05", "-1") == "case.toml:2 duration_h toml.out_of_range");
  CHECK(told("at = [22, 22]", "at = [2000, 22]") == "case.toml:6 inflow.2 surface_water.inflow_outside");
  CHECK(told("at = [22, 22]", "att = [22, 22]") == "case.toml:7 inflow.2.att toml.unknown_key");
  CHECK(told("at = [22, 22]", "at = [22]") == "case.toml:7 inflow.2.at toml.bad_geometry");
  CHECK(told("at = [22, 22]\n", "") == "case.toml:6 inflow.2 flood.needs_one_of");
  CHECK(told("flow_m3_per_s = 1", "flow_m3_per_s = -1") ==
        "case.toml:8 inflow.2.flow_m3_per_s toml.out_of_range");
  CHECK(told("flow_m3_per_s = 1", "series_csv = \"q.csv\"") ==
        "case.toml:8 inflow.2.series_csv path.not_found");
  CHECK(told("[[2, 2], [2, 50]]", "[[-90, 2], [-90, 50]]") ==
        "case.toml:9 level.1 surface_water.level_outside");
  CHECK(told("[[2, 2], [2, 50]]", "[[-90, 2], [50, 2]]") ==
        "case.toml:9 level.1 surface_water.mostly_outside");
  CHECK(told("at = [22, 22]", "line = [[22, 22], [222, 22]]") ==
        "case.toml:6 inflow.2 surface_water.mostly_outside");
  CHECK(told("intensity_mm_per_h = 10", "intensity_mm_per_h = 10\nstart_min = 3") ==
        "case.toml:12 rain.1 surface_water.outside_time");
  folder.write("late.csv", "time_min,flow_m3_per_s\n0,0\n5,0\n6,2\n");
  CHECK(told("flow_m3_per_s = 1", "series_csv = \"late.csv\"") ==
        "case.toml:6 inflow.2 surface_water.outside_time");
  CHECK(told("[[rain]]", "[[level]]\nline = [[2, 10], [2, 40]]\nlevel_m = 4\n[[rain]]") ==
        "case.toml:12 level.2 surface_water.level_on_level");
  CHECK(told("crest_m = 4", "crest_m = 3") == "case.toml:16 wall.1.crest_m flood.wall_below_ground");
  CHECK(told("[[10, 10], [90, 10]]", "[[11, 11], [12, 12]]") ==
        "case.toml:15 wall.1.line flood.wall_too_short");
  CHECK(told("level_m = 3", "level_m = \"high\"") == "case.toml:11 level.1.level_m toml.wrong_type");
  CHECK(told("intensity_mm_per_h = 10\n", "") == "case.toml:12 rain.1 flood.needs_one_of");
  CHECK(told("[[10, 10], [90, 10]]", "[[10, 10]]") == "case.toml:15 wall.1.line toml.bad_geometry");
  CHECK(told("crest_m = 4\n", "") == "case.toml:14 wall.1.crest_m toml.missing_key");
  CHECK(told("at = [12, 12]", "at = [120, 12]") == "case.toml:19 gauge.1.at flood.gauge_outside");
  CHECK(told("cfl = 0.5", "cfl = 5") == "case.toml:21 water.cfl toml.out_of_range");
  CHECK(told("[[gauge]]", "[gauge]") == "case.toml:17 gauge scenario.not_a_list");
  folder.write("q.csv", "time_min,flow_m3_per_s\n0,1\n5,-2\n");
  CHECK(told("flow_m3_per_s = 1", "series_csv = \"q.csv\"") == "q.csv:3 flow_m3_per_s csv.value_too_low");
}

TEST_CASE("what is odd in a flood case is said, and the run goes on") {
  const Folder folder;
  std::string dem = grid_file(20, "3");
  const std::string corner = "xllcorner 0\nyllcorner 0";
  dem.replace(dem.find(corner), corner.size(), "xllcorner 372000\nyllcorner 4844000");
  folder.write("dem.asc", dem);
  std::string gaps = dem;
  gaps.replace(gaps.find("3 3 3"), 5, "0 -9999 1");
  folder.write("gaps.asc", gaps);
  const auto noticed = [&](const std::string& more) {
    folder.write("case.toml", "dem = \"dem.asc\"\nduration_h = 0.05\nmanning = 0.03\n" + more);
    const auto r = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "out", 1, {}, {});
    fs::remove_all(folder.path / "out");
    REQUIRE(r.ok());
    std::string told;
    for (const Diagnostic& d : r.diagnostics().items()) {
      told += d.code + ":" + std::to_string(d.where.line);
      for (const auto& [name, value] : d.args) told += " " + name + "=" + value;
    }
    return told;
  };
  CHECK(noticed("") == "");
  CHECK(noticed("[[level]]\nline = [[372002, 4844010], [372002, 4844050]]\nlevel_m = 2.5\n") ==
        "surface_water.level_below_ground:4 key=level1 level=2.50 ground=3.00");
  CHECK(noticed("initial_depth_raster = \"gaps.asc\"\n") ==
        "flood.no_start:4 key=initial_depth_raster count=1 x=372007.5 y=4844097.5");
  CHECK(noticed("manning_raster = \"gaps.asc\"\n") ==
        "flood.no_roughness:4 key=manning_raster count=1 x=372007.5 y=4844097.5");
}

TEST_CASE("a flood case is told places in the frame of its raster") {
  const Folder folder;
  std::string dem = grid_file(20, "3");
  const std::string corner = "xllcorner 0\nyllcorner 0";
  dem.replace(dem.find(corner), corner.size(), "xllcorner 372000\nyllcorner 4844000");
  folder.write("dem.asc", dem);
  folder.write(
      "case.toml",
      "dem = \"dem.asc\"\nduration_h = 0.05\n[[inflow]]\nat = [372500, 4844010]\nflow_m3_per_s = 1\n");
  const auto r = scenarios::run_flood_case(folder.path / "case.toml", folder.path / "out", 1, {}, {});
  REQUIRE_FALSE(r.ok());
  const Diagnostic& d = r.diagnostics().items().front();
  CHECK(d.code == "surface_water.inflow_outside");
  REQUIRE(d.args.size() == 2);
  CHECK(d.args[0].second == "372500");
  CHECK(d.args[1].second == "4844010");
}
