// A flood map from its raster to the numbers of the report: nothing is simulated, all follows from the map.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "gis/io/city_file.hpp"
#include "scenarios/core/run.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("citytwin_flood_map." + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

constexpr double kFlooded = 40 * 40 - 15 * 15;  // the ground inside a house does not count [m2]

// 40 m x 40 m of water, `centimetres` deep, around a house for ten people; no data in the row in the north.
void write_map(const fs::path& file, int centimetres) {
  std::ofstream out(file);
  out << "ncols 60\nnrows 40\nxllcorner 0\nyllcorner 0\ncellsize 5\nNODATA_value -9999\n";
  for (int row = 39; row >= 0; --row) {
    for (int i = 0; i < 60; ++i) {
      const bool wet = i >= 30 && i < 38 && row >= 10 && row < 18;
      out << (row == 39 ? -9999 : wet ? centimetres : 0) << " ";
    }
    out << "\n";
  }
}

json totals_of(const Folder& folder, int centimetres) {
  write_map(folder.path / "map.asc", centimetres);
  std::ofstream(folder.path / "s.toml") << "format_version = 1\nname = \"map\"\n[run]\nduration_h = 1\n"
                                           "[grid]\ncell_m = 5\n"
                                           "[[event]]\ntype = \"flood_map\"\nname = \"the map\"\n"
                                           "path = \"map.asc\"\nunit = \"cm\"\nstart_h = 0.25\n";
  scenarios::RunOptions options;
  options.scenario = (folder.path / "s.toml").string();
  options.city = folder.path / "city.gpkg";
  options.out = folder.path / ("out" + std::to_string(centimetres));
  const auto run = scenarios::run_scenario(options, {});
  std::string why;
  for (const Diagnostic& d : run.diagnostics().items()) why += d.code + " ";
  REQUIRE_MESSAGE(run.ok(), why);
  CHECK(run.diagnostics().has("flood_map.unknown"));
  std::ifstream in(options.out / "summary.json");
  const json summary = json::parse(in);
  CHECK(summary.at("status") == "ok");
  CHECK(fs::exists(options.out / "report.html"));
  return summary.at("totals");
}

}  // namespace

TEST_CASE("a flood map: the report's numbers are those of the map") {
  const Folder folder;
  CityTables tables = test::tiny_tables();
  test::add_building(tables, "in the map", {{160, 60}, {175, 75}}, 10);
  REQUIRE(gis::write_city(*build_city(std::move(tables)), folder.path / "city.gpkg", {}).ok());
  const json shallow = totals_of(folder, 80);
  CHECK(std::abs(shallow.at("max_depth_m").get<double>() - 0.8) < 1e-6);
  CHECK(std::abs(shallow.at("flooded_area_m2").get<double>() - kFlooded) < 1e-6);
  CHECK(shallow.at("buildings_flooded").get<double>() == 1);
  CHECK(shallow.at("people_affected").get<double>() == 10);
  CHECK(shallow.at("loss").get<double>() > 0);
  const json deep = totals_of(folder, 200);
  CHECK(std::abs(deep.at("max_depth_m").get<double>() - 2) < 1e-6);
  CHECK(std::abs(deep.at("flooded_area_m2").get<double>() - kFlooded) < 1e-6);
  CHECK(deep.at("loss").get<double>() > shallow.at("loss").get<double>());
}
