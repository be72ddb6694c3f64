// `citytwin flood`: from a case file to gauges and a closed balance, and what is refused.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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
  CHECK(one->mass_error < 1e-12);
  // 180 s of 72 mm/h and of 1 m3/s on 100 m x 100 m.
  CHECK(one->max_depth > 0.0036 + 0.018);
  for (const char* name : {"gauges.csv", "series.csv", "summary.json", "manifest.json", "max_depth.tif"})
    CHECK_MESSAGE(fs::exists(folder.path / "a" / name), name);
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
