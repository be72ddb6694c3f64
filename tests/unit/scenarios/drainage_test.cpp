// `citytwin drainage`: from a project file to tables in its units, a summary and a closed balance.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "scenarios/core/manifest.hpp"
#include "scenarios/standalone/drainage.hpp"

using namespace citytwin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("citytwin_drainage_test." + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path / name) << content;
  }
  [[nodiscard]] std::vector<std::string> lines(const std::string& name) const {
    std::ifstream file(path / name);
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
  }
};

// One hectare of tight ground, one pipe, 10 mm of rain within 30 min; reports start after 1 h.
const std::string kTown =
    "[OPTIONS]\nFLOW_UNITS LPS\nFLOW_ROUTING DYNWAVE\nSTART_DATE 07/28/2024\nEND_DATE 07/28/2024\n"
    "END_TIME 06:00\nREPORT_START_DATE 07/28/2024\nREPORT_START_TIME 01:00\nREPORT_STEP 00:15:00\n"
    "WET_STEP 0:01:00\nROUTING_STEP 5\n"
    "[RAINGAGES]\nG1 INTENSITY 0:30 1 TIMESERIES STORM\n[TIMESERIES]\nSTORM 0:00 20\nSTORM 0:30 0\n"
    "[SUBCATCHMENTS]\nS1 G1 J1 1 100 100 1 0\n[SUBAREAS]\nS1 0.015 0.15 0 0 100 OUTLET\n"
    "[INFILTRATION]\nS1 75 5 4 7 0\n[JUNCTIONS]\nJ1 10 3 0 0 0\n[OUTFALLS]\nO1 8 FREE NO\n"
    "[CONDUITS]\nC1 J1 O1 80 0.013 0 0 0 0\n[XSECTIONS]\nC1 CIRCULAR 0.6 0 0 0 1\n"
    "[COORDINATES]\nJ1 0 0\nO1 80 0\n";

}  // namespace

TEST_CASE("a drainage project runs to tables in its units and a closed balance, the same each time") {
  const Folder folder;
  folder.write("town.inp", kTown);
  const auto one = scenarios::run_drainage(folder.path / "town.inp", folder.path / "a", {}, {});
  const auto two = scenarios::run_drainage(folder.path / "town.inp", folder.path / "b", {}, {});
  REQUIRE(one.ok());
  REQUIRE(two.ok());
  CHECK(one->hash == two->hash);
  CHECK(std::abs(one->routing_error) < 1e-12);
  for (const char* name : {"summary.json", "manifest.json", "nodes.csv", "links.csv", "results.gpkg"})
    CHECK_MESSAGE(fs::exists(folder.path / "a" / name), name);

  const auto flow = folder.lines("a/town_link_flow.csv");
  REQUIRE(flow.size() == 21);  // 1:15 to 6:00
  CHECK(flow[0] == "t_s,C1");
  CHECK(flow[1].starts_with("4500,"));
  CHECK(flow[20].starts_with("21600,"));
  CHECK(folder.lines("a/town_node_depth.csv")[0] == "t_s,J1,O1");
  CHECK(folder.lines("a/town_node_head.csv").size() == 21);
  CHECK(folder.lines("a/town_node_flooding.csv").size() == 21);

  const auto summary = scenarios::read_json(folder.path / "a/summary.json");
  REQUIRE(summary.ok());
  CHECK((*summary)["origin"] == "file");
  CHECK(folder.lines("a/nodes.csv")[1].starts_with("J1,junction,file,"));
  CHECK(folder.lines("a/links.csv")[1].starts_with("C1,conduit,file,"));
  CHECK((*summary)["runoff_continuity"]["rain_m3"].get<double>() == doctest::Approx(100));
  CHECK((*summary)["routing_continuity"]["outflow_m3"].get<double>() == doctest::Approx(100).epsilon(0.02));
  CHECK((*summary)["links"]["C1"]["max_flow_m3_per_s"].get<double>() > 0.02);
  CHECK((*summary)["links"]["C1"]["max_flow_m3_per_s"].get<double>() < 0.0556);  // 20 mm/h x 1 ha
}

TEST_CASE("runoff that conserves its volume closes the whole balance") {
  const Folder folder;
  folder.write("town.inp", kTown);
  scenarios::DrainageRun run;
  run.runoff = drainage::Interpolation::conserving;
  const auto r = scenarios::run_drainage(folder.path / "town.inp", folder.path / "a", run, {});
  REQUIRE(r.ok());
  CHECK(std::abs(r->runoff_error) < 1e-12);
  CHECK(std::abs(r->routing_error) < 1e-12);
}

TEST_CASE("a project that is refused or stopped leaves nothing behind") {
  const Folder folder;
  folder.write("town.inp", kTown + "[NO_SUCH_SECTION]\nx\n");
  const auto refused = scenarios::run_drainage(folder.path / "town.inp", folder.path / "a", {}, {});
  REQUIRE(!refused.ok());
  CHECK(refused.diagnostics().has("swmm.unknown_section"));
  folder.write("town.inp", kTown);
  const std::atomic<bool> stop = true;
  RunContext context;
  context.stop = &stop;
  CHECK_THROWS_AS((void)scenarios::run_drainage(folder.path / "town.inp", folder.path / "a", {}, context),
                  Stopped);
  for (const auto& entry : fs::directory_iterator(folder.path))
    CHECK_MESSAGE(entry.path().filename() == "town.inp", entry.path().string());
}
