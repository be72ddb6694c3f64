// One small storm whose numbers are written down: they change only on purpose, with a sentence in CHANGELOG
// under "Results change". CITYTWIN_UPDATE_GOLDEN=1 writes the file anew.
//
// The city of tests/support/tiny_city.hpp in a valley that falls to the east and has a hollow around the
// hospital: the hollow fills, the hospital's road closes and cuts it off, the building beside it floods.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "gis/generate/sewers/synthesise_sewers.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/run.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

CityTables valley() {
  CityTables t = test::tiny_tables();
  auto& ground = t.terrain.elevation;
  ground = Grid<float>({{0, 0}, 5, 60, 40}, 0.0F);
  for (int j = 0; j < 40; ++j)
    for (int i = 0; i < 60; ++i) {
      const Point2 p = ground.spec.centre(i, j);
      const double hollow = std::max(0.0, 1 - distance(p, {155, 55}) / 50) * 1.5;
      ground.at(i, j) = static_cast<float>(20 + std::abs(p.y - 100) * 0.01 - p.x * 0.01 - hollow);
    }
  t.terrain.true_resolution_m = 5;
  test::add_building(t, "b3", {{160, 60}, {175, 75}}, 10);  // in the hollow
  return t;
}

json measured(const fs::path& out) {
  std::ifstream in(out / "summary.json");
  const json summary = json::parse(in);
  json result = {{"totals", summary.at("totals")}, {"status", summary.at("status")}};
  if (summary.contains("sewers")) result["sewers"] = summary.at("sewers");
  const auto record = scenarios::read_record(out / "record.ctr");
  REQUIRE(record.ok());
  result["occurrences"] = json::array();
  for (const Occurrence& o : record->occurrences)
    result["occurrences"].push_back({{"time_s", o.time.seconds()},
                                     {"asset", o.asset},
                                     {"to", o.to},
                                     {"reason", o.reason},
                                     {"because", o.because}});
  return result;
}

// The shipped scenario "cloudburst" on a city, 2 h on cells of 5 m.
json cloudburst(CityTables city) {
  const fs::path folder = fs::temp_directory_path() / ("citytwin_golden_test." + std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  REQUIRE(gis::write_city(*build_city(std::move(city)), folder / "city.gpkg", {}).ok());
  scenarios::RunOptions options;
  options.scenario = "cloudburst";
  options.city = folder / "city.gpkg";
  options.out = folder / "out";
  options.set = {"grid.cell_m=5", "run.duration_h=2"};
  const auto run = scenarios::run_scenario(options, {});
  REQUIRE(run.ok());
  json result = measured(options.out);
  fs::remove_all(folder);
  return result;
}

void check_numbers(const json& result, const json& expected) {
  for (const auto& item : expected.items()) {
    CAPTURE(item.key());
    const double wanted = item.value().get<double>();
    CHECK(std::abs(result[item.key()].get<double>() - wanted) <= 0.005 * std::abs(wanted));
  }
}

void check_golden(const json& result, const std::string& name) {
  const fs::path golden = CITYTWIN_SOURCE_DIR "/tests/golden/" + name + ".json";
  if (std::getenv("CITYTWIN_UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << result.dump(1) << "\n";
  std::ifstream in(golden);
  const json expected = json::parse(in);
  CHECK(result["status"] == expected["status"]);
  check_numbers(result["totals"], expected["totals"]);
  CHECK(result.contains("sewers") == expected.contains("sewers"));
  if (expected.contains("sewers")) check_numbers(result["sewers"], expected["sewers"]);
  REQUIRE(result["occurrences"].size() == expected["occurrences"].size());
  for (std::size_t i = 0; i < expected["occurrences"].size(); ++i) {
    const json &got = result["occurrences"][i], &wanted = expected["occurrences"][i];
    CAPTURE(i);
    for (const char* key : {"asset", "to", "reason", "because"}) CHECK(got[key] == wanted[key]);
    CHECK(std::abs(got["time_s"].get<double>() - wanted["time_s"].get<double>()) <= 20);  // two beats
  }
}

}  // namespace

TEST_CASE("the valley storm gives the numbers that are written down") {
  check_golden(cloudburst(valley()), "valley_storm");
}

TEST_CASE("so does the storm on the valley with sewers, synthesised for it") {
  CityTables city = valley();
  REQUIRE(gis::synthesise_sewers(city, gis::default_sewer_design(), {}).ok());
  check_golden(cloudburst(std::move(city)), "valley_sewers");
}
