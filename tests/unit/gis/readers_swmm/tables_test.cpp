// Patterns, series and their dates, rain.
#include <cmath>
#include <fstream>

#include "tests/unit/gis/io/temporary_folder.hpp"
#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;

namespace {

// The project starts on 2020-01-02 at 06:00.
Series inflow(const std::string& rows, const std::filesystem::path& folder = {}) {
  return network_of(project("CMS", "[INFLOWS]\nJ FLOW S\n[TIMESERIES]\n" + rows), folder)
      .inflows.at(0)
      .series;
}

Series rain(const std::string& gauge, const std::string& rows, const std::filesystem::path& folder = {}) {
  return network_of(
             project("CMS", "[RAINGAGES]\nG " + gauge + "\n[TIMESERIES]\n" + rows +
                                "[SUBCATCHMENTS]\nS G J 1 50 100 1 0\n[SUBAREAS]\nS 0.01 0.1 0 0 0 OUTLET\n"),
             folder)
      .gauges.at(0)
      .rain;
}

void put(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

}  // namespace

TEST_CASE("times without a date count from the start; a date holds for the rows after it") {
  const Series hours = inflow("S 0 0\nS 0.5 10\nS 1:30 0\n");
  CHECK(hours.time == std::vector<double>{0, 1800, 5400});
  const Series dated = inflow("S 01/02/2020 06:00 0\nS 07:00 10\nS 1/3/2020 0:00 0\n");
  CHECK(dated.time == std::vector<double>{0, 3600, 18 * 3600.0});
  const Series in_one_row = inflow("S 0 0 1 10 2 0\n");
  CHECK(in_one_row.time.size() == 3);
  CHECK(in_one_row.at(5400) == Approx(5));
}

TEST_CASE("there is no inflow outside the times of its series") {
  const Series s = inflow("S 1 5\nS 2 7\n");
  CHECK(s.at(3599) == 0);
  CHECK(s.at(3600) == Approx(5));
  CHECK(s.at(7200) == Approx(7));
  CHECK(s.at(7201) == 0);
}

TEST_CASE("a series in a file of its own") {
  const TemporaryFolder folder;
  put(folder / "flow.dat", "; date time value\n01/02/2020 06:00 1\n\n01/02/2020 08:00 3 ; end\n");
  const Series s = inflow("S FILE \"flow.dat\"\n", folder.path());
  CHECK(s.at(3600) == Approx(2));
  const auto read = gis::parse_swmm_inp(
      project("CMS", "[INFLOWS]\nJ FLOW S\n[TIMESERIES]\nS FILE ../flow.dat\n"), "test.inp", folder.path());
  CHECK(read.diagnostics().has("swmm.no_file"));
  CHECK(read.diagnostics().has("path.parent"));
}

TEST_CASE("rain as intensity, volume and running total") {
  // 12 mm/h for 15 min, then 3 mm in 15 min, nothing, then the same as a total.
  const Series intensity = rain("INTENSITY 0:15 1 TIMESERIES R", "R 0:00 12\nR 0:15 6\nR 1:00 4\n");
  CHECK(intensity.at(60) == Approx(12e-3 / 3600));
  CHECK(intensity.at(900) == Approx(6e-3 / 3600));
  CHECK(intensity.at(1900) == 0);
  CHECK(intensity.at(3600) == Approx(4e-3 / 3600));
  CHECK(intensity.at(4500) == 0);
  CHECK(intensity.integral(0, 1e6) == Approx(12e-3 / 4 + 6e-3 / 4 + 4e-3 / 4));
  const Series volume = rain("VOLUME 0.25 1 TIMESERIES R", "R 0:00 3\nR 0:15 1\n");
  CHECK(volume.integral(0, 900) == Approx(3e-3));
  CHECK(volume.integral(0, 1e6) == Approx(4e-3));
  const Series total = rain("CUMULATIVE 0:15 1 TIMESERIES R", "R 0:00 1\nR 0:15 3\nR 0:30 3\nR 0:45 2\n");
  CHECK(total.integral(0, 900) == Approx(1e-3));
  CHECK(total.integral(900, 1800) == Approx(2e-3));
  CHECK(total.integral(1800, 2700) == 0);
  CHECK(total.integral(2700, 1e6) == Approx(2e-3));  // a new count
}

TEST_CASE("rain from a file of its own, in its own unit, of one station") {
  const TemporaryFolder folder;
  put(folder / "storm.dat",
      "Station Year Month Day Hour Minute Rain\nA 2020 1 2 6 0 1\nB 2020 1 2 6 0 9\nA 2020 1 2 6 30 2\n");
  const Series inches = rain("VOLUME 0:30 1 FILE storm.dat A IN", "R 0 0\n", folder.path());
  CHECK(inches.integral(0, 1800) == Approx(0.0254));
  CHECK(inches.integral(0, 1e6) == Approx(3 * 0.0254));
  const Series mm = rain("VOLUME 0:30 1 FILE \"storm.dat\" B MM", "R 0 0\n", folder.path());
  CHECK(mm.integral(0, 1e6) == Approx(9e-3));
  const Series later = rain("VOLUME 0:30 1 FILE storm.dat A MM 01/03/2020", "R 0 0\n", [&] {
    put(folder / "storm.dat", "A 2020 1 2 6 0 1\nA 2020 1 3 6 0 5\n");
    return folder.path();
  }());
  CHECK(later.integral(0, 1e6) == Approx(5e-3));
}

TEST_CASE("a gauge that nobody uses needs no rain") {
  CHECK(gis::parse_swmm_inp(project("CMS", "[RAINGAGES]\nG VOLUME 1:00 1 FILE absent.dat A MM\n"), "t").ok());
}

TEST_CASE("patterns go over several rows; what is not given is 1") {
  const auto n =
      network_of(project("CMS",
                         "[PATTERNS]\nM MONTHLY 1 2 3 4 5 6\nM 7 8 9 10 11 12\nD DAILY 1 2 3 4 5 6 7\n"
                         "W WEEKEND 0.5\n[DWF]\nJ FLOW 1 \"\" M \"\" W\n"
                         "[INFLOWS]\nJ FLOW \"\" FLOW 1 1 2 D\n"));
  CHECK(n.patterns.at(0).factor.size() == 12);
  CHECK(n.patterns.at(0).factor.at(11) == 12);
  CHECK(n.patterns.at(2).factor.size() == 24);
  CHECK(n.patterns.at(2).factor.at(1) == 1);
  CHECK(n.dry_weather_flows.at(0).patterns == std::vector<drainage::Index>{0, 2});
  CHECK(n.inflows.at(0).baseline_pattern == 1);
}

TEST_CASE("infiltration by the project's model, or by one of the catchment's own") {
  const auto n = network_of(project(
      "CMS",
      "[OPTIONS]\nINFILTRATION CURVE_NUMBER\n[SUBCATCHMENTS]\nA * J 1 0 10 1 0\nB * J 1 0 10 1 0\n"
      "C * J 1 0 10 1 0\nD * J 1 0 10 1 0\n[SUBAREAS]\nA 0.1 0.1 0 0 0 OUTLET\nB 0.1 0.1 0 0 0 OUTLET\n"
      "C 0.1 0.1 0 0 0 OUTLET\nD 0.1 0.1 0 0 0 OUTLET\n"
      "[INFILTRATION]\nA 80 0.5 7\nB 90 12 0.3 GREEN_AMPT\nC 50 7 4 7 0 MODIFIED_HORTON\n"
      "D 90 12 0.3 MODIFIED_GREEN_AMPT\n"));
  CHECK(n.subcatchments[0].infiltration.model == InfiltrationModel::curve_number);
  CHECK(n.subcatchments[0].infiltration.curve_number == 80);
  CHECK(n.subcatchments[0].infiltration.drying_time == 7 * 86400.0);
  CHECK(n.subcatchments[1].infiltration.model == InfiltrationModel::green_ampt);
  CHECK(n.subcatchments[1].infiltration.suction == Approx(0.09));
  CHECK(n.subcatchments[1].infiltration.conductivity == Approx(0.012 / 3600));
  CHECK(n.subcatchments[1].infiltration.initial_deficit == 0.3);
  CHECK(n.subcatchments[2].infiltration.model == InfiltrationModel::modified_horton);
  CHECK(n.subcatchments[2].infiltration.max_rate == Approx(0.05 / 3600));
  CHECK(n.subcatchments[3].infiltration.model == InfiltrationModel::modified_green_ampt);
}
