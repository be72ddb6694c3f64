// Measures on sewers.
#include <doctest/doctest.h>

#include "scenarios/core/scenario.hpp"
#include "scenarios/core/text.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

// A manhole 3 m deep in a street, and one of 1 m, on the way to an outfall.
std::shared_ptr<const CityModel> sewered() {
  CityTables t = test::tiny_tables();
  const auto node = [&](const char* key, double x, double depth, SewerNodeKind kind) {
    t.sewers.nodes.push_back(
        key, Provenance::synthesised, SourceId{0},
        {.position = {x, 60}, .kind = kind, .ground_level = 5, .invert_level = 5 - depth});
  };
  node("deep", 50, 3, SewerNodeKind::manhole);
  node("shallow", 150, 1, SewerNodeKind::manhole);
  node("out", 250, 1.5, SewerNodeKind::outfall);
  for (std::size_t k = 0; k < 2; ++k)
    t.sewers.links.push_back(k == 0 ? "p0" : "p1", Provenance::synthesised, SourceId{0},
                             {.from = SewerNodeId{k},
                              .to = SewerNodeId{k + 1},
                              .line = {t.sewers.nodes.position[k], t.sewers.nodes.position[k + 1]},
                              .full_depth = 0.4,
                              .length = 100,
                              .roughness = 0.013,
                              .from_offset = k == 0 ? 2.1 : 0.0});
  return std::make_shared<const CityModel>(*build_city(std::move(t)));
}

Result<Plan> planned(const std::string& measure) {
  const std::string storm =
      "[grid]\ncell_m = 10\n[[event]]\ntype = \"design_storm\"\ndepth_mm = 50\nduration_min = 60\n";
  const auto scenario = check_scenario(*parse_toml(storm + measure, "case.toml"), "case.toml");
  if (!scenario) return Result<Plan>(scenario.diagnostics());
  return plan(*scenario, sewered());
}

}  // namespace

TEST_CASE("a storage tank stands beside its manhole, behind a weir at the crown of the highest pipe") {
  const auto p = planned("[[measure]]\ntype = \"storage_tank\"\nat = [52, 64]\nvolume_m3 = 600\n");
  REQUIRE(p.ok());
  CHECK_FALSE(p.diagnostics().has("measure.wide_tank"));
  CHECK(p->baseline->sewers().nodes.size() == 3);
  const SewerNodes& nodes = p->strategy->sewers().nodes;
  const SewerLinks& links = p->strategy->sewers().links;
  REQUIRE(nodes.size() == 4);
  CHECK(nodes.kind[3] == SewerNodeKind::storage);
  CHECK(nodes.storage_area[3] == doctest::Approx(200));
  CHECK(nodes.invert_level[3] == doctest::Approx(2));
  CHECK(nodes.surcharge_depth[3] >= kSealed);
  CHECK(distance(nodes.position[3], nodes.position[0]) == doctest::Approx(4));
  REQUIRE(links.size() == 4);
  CHECK(links.from_offset[2] == doctest::Approx(2.5));  // 2.1 + 0.4
  CHECK(links.from[2].row() == 0);
  CHECK(links.to[3].row() == 0);
  CHECK(links.flap_gate[2] == 1);
  CHECK(links.flap_gate[3] == 1);
  CHECK(p->text.cost == doctest::Approx(600 * 900));
  const std::string& words = p->text.measures[0].second;
  CHECK_MESSAGE(words.find("off-line tank of 600 m³") != std::string::npos, words);
  CHECK_MESSAGE(words.find("(deep): 200 m² of plan area, 3.0 m deep") != std::string::npos, words);
}

TEST_CASE("a tank too large for its shallow manhole is warned of with its depth and area") {
  const auto p = planned("[[measure]]\ntype = \"storage_tank\"\nat = [150, 60]\nvolume_m3 = 2300\n");
  REQUIRE(p.ok());
  REQUIRE(p.diagnostics().has("measure.wide_tank"));
  for (const Diagnostic& d : p.diagnostics().items())
    if (d.code == "measure.wide_tank")
      CHECK_MESSAGE(
          sentence(d).find("2,300 m² of plan area, because it is only 1.0 m deep") != std::string::npos,
          sentence(d));
}

TEST_CASE("a manhole of the report's table can be named") {
  const auto p = planned("[[measure]]\ntype = \"storage_tank\"\nat = \"sewer:shallow\"\nvolume_m3 = 100\n");
  REQUIRE(p.ok());
  CHECK(p->strategy->sewers().links.from[2].row() == 1);
}

TEST_CASE("two tanks at one manhole are two tanks") {
  const std::string one = "[[measure]]\ntype = \"storage_tank\"\nat = [50, 60]\nvolume_m3 = 100\n";
  const auto p = planned(one + one);
  REQUIRE(p.ok());
  CHECK(p->strategy->sewers().nodes.size() == 5);
}
