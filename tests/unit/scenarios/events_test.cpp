#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/events/csv_series.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/events/hyetograph.hpp"
#include "scenarios/events/rain_frames.hpp"
#include "scenarios/events/structure_values.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

Result<EventOutcome> make(const EventType& type, const CityModel& model,
                          const std::vector<std::pair<std::string, ParameterValue>>& given) {
  ParameterValues values;
  for (const auto& [key, value] : given) values.set(key, value);
  fill_defaults(type.parameters, values);
  return type.make({model, "e", values, ".", SimTime::from_seconds(3 * 3600), {}});
}

// A file that is gone with the test.
struct TemporaryFile {
  explicit TemporaryFile(const std::string& content)
      : folder(std::filesystem::temp_directory_path() /
               ("citytwin_events_test." + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "series.csv") << content;
  }
  ~TemporaryFile() { std::filesystem::remove_all(folder); }
  std::filesystem::path folder;
};

std::string csv_error(const std::string& content) {
  const TemporaryFile file(content);
  const auto series =
      read_csv_series("series.csv", file.folder, "rain_mm_per_h", 1, 0, Series::Between::step);
  return series.ok() ? "" : series.diagnostics().items().front().code;
}

}  // namespace

TEST_CASE("every hyetograph brings exactly its depth") {
  for (const double hours : {0.25, 1.0, 2.0, 7.3}) {
    for (const double peak : {0.0, 0.4, 1.0}) {
      Storm storm;
      storm.depth = 0.08;
      storm.duration = hours * 3600;
      storm.peak_position = peak;
      for (const auto& series :
           {uniform_storm(storm), triangular_storm(storm), alternating_block_storm(storm)}) {
        CHECK(series.integral(0, storm.duration) == doctest::Approx(0.08).epsilon(1e-12));
        CHECK(series.integral(0, 10 * storm.duration) == doctest::Approx(0.08).epsilon(1e-12));
        for (std::size_t i = 1; i < series.time.size(); ++i) CHECK(series.time[i] > series.time[i - 1]);
        for (const double v : series.value) CHECK(v >= 0);
      }
    }
  }
}

TEST_CASE("the alternating block storm: hardest block at the peak, hardest d minutes follow the law") {
  Storm storm;
  storm.depth = 0.06;
  storm.duration = 7200;
  const auto series = alternating_block_storm(storm);
  const auto highest = std::max_element(series.value.begin(), series.value.end());
  CHECK(highest - series.value.begin() == 9);  // 0.4 of 24 blocks
  // Depth of the hardest block and of the hardest three, by the law i = K/(d+b)^c.
  const auto law = [&](double d) { return 0.06 * d / 7200 * std::pow((7200 + 600) / (d + 600), 0.8); };
  CHECK(*highest * 300 == doctest::Approx(law(300)));
  CHECK(series.integral(2400, 3300) == doctest::Approx(law(900)));
}

TEST_CASE("events make forcing in SI with a place") {
  const auto city = test::tiny_city_with_water();
  const auto storm = make(
      design_storm(), *city,
      {{"depth_mm", 36.0}, {"duration_min", 60.0}, {"shape", std::string("uniform")}, {"start_min", 10.0}});
  REQUIRE(storm.ok());
  const auto& rain = storm->forcing.front();
  CHECK(rain.field == "rain");
  CHECK(rain.unit == "m/s");
  CHECK(rain.place.kind == Place::Kind::everywhere);
  CHECK(rain.series.at(599) == 0);
  CHECK(rain.series.at(601) == doctest::Approx(1e-5));
  CHECK(rain.series.integral(0, 9000) == doctest::Approx(0.036));

  const auto wave =
      make(river_hydrograph(), *city,
           {{"at", std::vector<Point2>{{2, 100}}}, {"peak_m3_per_s", 50.0}, {"base_m3_per_s", 5.0}});
  REQUIRE(wave.ok());
  CHECK(wave->forcing.front().series.at(7200) == 50);
  CHECK(wave->forcing.front().place.kind == Place::Kind::point);

  const auto sea = make(sea_level(), *city, {{"surge_m", 2.0}, {"tide_amplitude_m", 0.5}, {"peak_h", 1.0}});
  REQUIRE(sea.ok());
  CHECK(sea->forcing.front().place.kind == Place::Kind::sea);
  CHECK(sea->forcing.front().series.at(3600) == doctest::Approx(2.5));
  CHECK(sea->forcing.front().series.time.back() >= 3 * 3600);

  const auto loss = make(power_loss(), *city,
                         {{"asset", std::string("kind:substation")}, {"start_h", 1.0}, {"duration_h", 0.5}});
  REQUIRE(loss.ok());
  REQUIRE(loss->controls.size() == 2);
  CHECK(loss->controls[0].target == "substation/1");
  CHECK(loss->controls[0].verb == Control::Verb::fail);
  CHECK(loss->controls[1].time.seconds() == 5400);
}

TEST_CASE("events that cannot be say why") {
  const auto dry = test::tiny_city();
  CHECK(make(sea_level(), *dry, {}).diagnostics().has("event.no_sea"));
  CHECK(make(design_storm(), *dry, {}).diagnostics().has("event.no_depth"));
  CHECK(make(design_storm(), *dry, {{"shape", std::string("series")}}).diagnostics().has("event.no_series"));
  CHECK(make(river_hydrograph(), *dry, {{"at", std::vector<Point2>{{2, 100}}}})
            .diagnostics()
            .has("event.no_peak"));
  CHECK(make(river_hydrograph(), *dry,
             {{"at", std::vector<Point2>{{2, 100}}}, {"peak_m3_per_s", 1.0}, {"base_m3_per_s", 2.0}})
            .diagnostics()
            .has("event.peak_below_base"));
  const auto nobody = make(power_loss(), *dry, {{"asset", std::string("hospitl/1")}});
  REQUIRE_FALSE(nobody.ok());
  CHECK(nobody.diagnostics().items().front().args[1].second == "hospital/1");
}

TEST_CASE("series from CSV: units of time, and every kind of broken line") {
  const TemporaryFile file("time_min,rain_mm_per_h\n0,10\n\n30,5.5\r\n60,0\n");
  const auto series =
      read_csv_series("series.csv", file.folder, "rain_mm_per_h", 2, 0, Series::Between::step);
  REQUIRE(series.ok());
  CHECK(series->time == std::vector<double>{0, 1800, 3600});
  CHECK(series->value == std::vector<double>{20, 11, 0});
  CHECK(csv_error("minutes,rain\n0,1\n1,2\n") == "csv.bad_header");
  CHECK(csv_error("time_min,rain_mm_per_h\n0,1\n1,x\n") == "csv.bad_number");
  CHECK(csv_error("time_min,rain_mm_per_h\n0,1\n1,nan\n") == "csv.bad_number");
  CHECK(csv_error("time_min,rain_mm_per_h\n0,1\n1,-2\n") == "csv.value_too_low");
  CHECK(csv_error("time_min,rain_mm_per_h\n0,1\n0,2\n") == "csv.time_order");
  CHECK(csv_error("time_min,rain_mm_per_h\n0,1\n") == "csv.too_short");
  CHECK(csv_error("time_min,rain_mm_per_h\n0;1\n") == "csv.two_columns");
  CHECK_FALSE(read_csv_series("../series.csv", file.folder, "x", 1, 0, Series::Between::step).ok());
}

TEST_CASE("rain from rasters: times, units, what they do not cover") {
  const TemporaryFile list("time_min,file\n0,a.asc\n10,b.asc\n30,\n");
  const auto raster = [&](const char* name, const char* values) {
    std::ofstream(list.folder / name)
        << "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 100\nNODATA_value -1\n"
        << values;
  };
  raster("a.asc", "60 0\n30 12\n");
  raster("b.asc", "6 6\n6 6\n");
  CityFrame frame;
  frame.extent = {{0, 0}, {200, 200}};
  const GridSpec run{{0, 0}, 10, 20, 20};
  const auto read = [&](const char* unit, bool dry) {
    return read_rain_frames({"series.csv", list.folder, unit, dry}, frame, run, {});
  };
  auto rain = read("mm_per_h", false);
  REQUIRE(rain.ok());
  CHECK(rain->forcing.series.time == std::vector<double>{0, 600, 1800});
  REQUIRE(rain->forcing.raster);
  CHECK(rain->forcing.raster->spec.nx == 2);
  CHECK(rain->forcing.raster->frame[0][2] == doctest::Approx(60 / 3.6e6));  // north-west; row 0 is the south
  CHECK(rain->forcing.raster->frame.back().empty());
  CHECK(rain->depth == doctest::Approx(25.5e-3 / 6 + 2e-3));
  CHECK(rain->files.size() == 2);
  auto depths = read("mm", false);
  REQUIRE(depths.ok());
  CHECK(depths->forcing.raster->frame[1][0] == doctest::Approx(0.006 / 1200));
  raster("b.asc", "6 -1\n6 6\n");
  CHECK(read("mm", false).diagnostics().has("rain.uncovered"));
  CHECK(read("mm", true).ok());
  CHECK(read("mm", true).diagnostics().has("rain.uncovered_dry"));
  raster("b.asc", "6 -5\n6 6\n");
  CHECK(read("mm", true).diagnostics().has("rain.bad_values"));
  std::ofstream(list.folder / "series.csv") << "time_min,file\n0,a.asc\n";
  CHECK(read("mm", false).diagnostics().has("rain.no_end"));
  std::ofstream(list.folder / "series.csv") << "time_min,file\n0,../a.asc\n30,\n";
  CHECK(read("mm", false).diagnostics().has("rain.bad_file"));
  std::ofstream(list.folder / "series.csv") << "time_min,file\n0,\n30,a.asc\n";
  CHECK(read("mm", false).diagnostics().has("rain.no_file"));
}

TEST_CASE("a flood map: unit, dry values, what is refused") {
  const TemporaryFile folder("");
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {200, 200}};
  const auto city = build_city(std::move(tables));
  REQUIRE(city.ok());
  const auto map = [&](const char* values) {
    std::ofstream(folder.folder / "map.asc") << "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 100\n"
                                                "NODATA_value 128\n"
                                             << values;
  };
  const auto event = [&](const char* unit, double dry) {
    ParameterValues values;
    values.set("path", std::string("map.asc"));
    values.set("unit", std::string(unit));
    values.set("start_h", 0.5);
    values.set("duration_h", 2.0);
    if (dry >= 0) values.set("dry_value", dry);
    fill_defaults(flood_map().parameters, values);
    return flood_map().make({*city,
                             "map",
                             values,
                             folder.folder,
                             SimTime::from_seconds(3 * 3600),
                             {},
                             GridSpec{{0, 0}, 50, 4, 4}});
  };
  map("12 0\n128 3\n");
  const auto made = event("dm", -1);
  REQUIRE(made.ok());
  REQUIRE(made->given_flood);
  CHECK(made.diagnostics().has("flood_map.unknown"));
  CHECK(made->given_flood->depth.at(0, 3) == doctest::Approx(1.2));
  CHECK(made->given_flood->depth.at(3, 0) == doctest::Approx(0.3));
  CHECK(made->given_flood->depth.at(0, 0) == 0);
  CHECK(made->given_flood->start == 1800);
  CHECK(made->given_flood->end == 9000);
  CHECK(event("dm", 12)->given_flood->depth.at(0, 3) == 0);
  map("60 0\n0 3\n");
  CHECK(event("m", -1).diagnostics().has("flood_map.bad_values"));
  map("0 0\n0 0\n");
  CHECK(event("m", -1).diagnostics().has("flood_map.dry"));
}

TEST_CASE("a rating curve and a structure need what their kind needs") {
  const TemporaryFile folder("level_m,flow_m3_per_s\n-0.5,0\n1.5,8\n");
  ParameterValues values;
  values.set("line", std::vector<Point2>{{0, 0}, {0, 9}});
  values.set("kind", std::string("rating"));
  fill_defaults(outflow_parameters(), values);
  CHECK(outflow_of(values, "o", folder.folder, {}).diagnostics().has("structure.needs"));
  values.set("rating_csv", std::string("series.csv"));
  const auto made = outflow_of(values, "o", folder.folder, {});
  REQUIRE(made.ok());
  CHECK(made->rating.at(0.5) == doctest::Approx(4));
  const TemporaryFile falling("level_m,flow_m3_per_s\n1.5,8\n-0.5,0\n");
  const auto refused = outflow_of(values, "o", falling.folder, {});
  REQUIRE(refused.diagnostics().has("csv.not_increasing"));
  CHECK(refused.diagnostics().items().front().where.key == "level_m");
  ParameterValues pump;
  pump.set("kind", std::string("pump"));
  pump.set("from", std::vector<Point2>{{0, 0}});
  fill_defaults(structure_parameters(), pump);
  CHECK(structure_of(pump, "p", folder.folder, {}).diagnostics().has("structure.needs"));
  pump.set("capacity_m3_per_s", 2.0);
  CHECK(structure_of(pump, "p", folder.folder, {}).ok());
  pump.set("on_level_m", 1.0);
  CHECK(structure_of(pump, "p", folder.folder, {}).diagnostics().has("structure.rule"));
}
