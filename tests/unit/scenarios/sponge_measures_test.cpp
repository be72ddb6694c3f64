// Measures that keep rain where it falls.
#include <doctest/doctest.h>

#include "scenarios/core/scenario.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

Result<Plan> planned(const std::string& measures) {
  const std::string storm =
      "[grid]\ncell_m = 10\n[[event]]\ntype = \"design_storm\"\ndepth_mm = 50\nduration_min = 60\n";
  const auto scenario = check_scenario(*parse_toml(storm + measures, "case.toml"), "case.toml");
  if (!scenario) return Result<Plan>(scenario.diagnostics());
  return plan(*scenario, test::tiny_city_with_water());
}

std::string measure(const std::string& type, const std::string& keys) {
  return "[[measure]]\ntype = \"" + type + "\"\n" + keys + "\n";
}

}  // namespace

TEST_CASE("ground and roofs that keep rain are in the strategy's city, and cost what they cover") {
  const auto p = planned(measure("permeable_surface", "area = [[10, 15], [60, 15], [60, 65], [10, 65]]") +
                         measure("rain_garden", "area = [[60, 20], [160, 20], [160, 60], [60, 60]]") +
                         measure("green_roof", "area = \"extent\"\nstorage_mm = 40"));
  REQUIRE(p.ok());
  CHECK(p->baseline->land_cover().retention.empty());
  const auto& kept = p->strategy->land_cover().retention;
  REQUIRE(kept.size() == 4);  // two roofs
  CHECK(kept[0].storage == doctest::Approx(0.060));
  CHECK(kept[0].intake == doctest::Approx(0.180 / 3600));
  CHECK(kept[1].storage == doctest::Approx(0.3));  // 200 mm + 500 mm x 0.2
  CHECK(kept[2].kind == RetentionArea::Kind::roof);
  CHECK(kept[2].storage == doctest::Approx(0.040));
  CHECK(content_hash(*p->strategy) != content_hash(*p->baseline));
  // 30 % of 2500 m2 less b1's 400 x 90; 5 % of 4000 m2 x 150; 60 % of 2 x 400 m2 x 80
  CHECK(p->text.cost == doctest::Approx(0.3 * 2100 * 90 + 0.05 * 4000 * 150 + 0.6 * 800 * 80));
  CHECK(p->text.measures[2].second.find("Green roofs on 2 buildings, 480 m²") != std::string::npos);
}

TEST_CASE("no paving in the sea, and no green roof where there is no such roof") {
  const auto sea = planned(measure("permeable_surface", "area = [[0, 0], [300, 0], [300, 20], [0, 20]]"));
  REQUIRE(sea.ok());
  CHECK(sea->text.cost < 0.3 * 300 * 20 * 90 * 0.6);
  const auto none = planned(measure("green_roof", "area = \"extent\"\nsmallest_m2 = 1000"));
  REQUIRE(none.ok());
  CHECK(none.diagnostics().has("measure.no_roof"));
  CHECK(none->text.cost == 0);
  CHECK(content_hash(*none->strategy) == content_hash(*none->baseline));
}
