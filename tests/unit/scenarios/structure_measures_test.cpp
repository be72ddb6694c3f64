// Measures that move water or hold it for a time: the strategy's run has their structures, the baseline none.
#include <doctest/doctest.h>

#include "scenarios/core/scenario.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

Result<Plan> planned(const std::string& measures, bool forcing = true) {
  const std::string storm =
      "[grid]\ncell_m = 10\n[[event]]\ntype = \"design_storm\"\ndepth_mm = 50\nduration_min = 60\n";
  const auto scenario = check_scenario(*parse_toml(storm + measures, "case.toml"), "case.toml");
  if (!scenario) return Result<Plan>(scenario.diagnostics());
  return plan(*scenario, test::tiny_city_with_water(), forcing);
}

std::string first_error(const Result<Plan>& plan) {
  for (const auto& item : plan.diagnostics().items())
    if (item.severity == Severity::error) return item.code;
  return "";
}

std::string measure(const std::string& type, const std::string& keys) {
  return "[[measure]]\ntype = \"" + type + "\"\n" + keys + "\n";
}

const std::string kGate =
    "[[event]]\ntype = \"structure\"\nname = \"sluice\"\nkind = \"orifice\"\nfrom = [60, 60]\nto = [90, 60]\n"
    "width_m = 2\nheight_m = 1\nlevel_m = 0\n";

}  // namespace

TEST_CASE("structures of measures are in the strategy's run and not in the baseline's") {
  const auto p = planned(kGate + measure("culvert", "from = [60, 80]\nto = [60, 120]\nbarrels = 2") +
                         measure("pump", "at = [155, 45]\ncapacity_m3_per_s = 0.2") +
                         measure("mobile_pump", "at = [155, 45]\nto = [60, 60]\ncount = 3\nwarning_h = 0.5") +
                         measure("mobile_barrier", "along = [[10, 30], [290, 30]]\nheight_m = 1") +
                         measure("gate_operation",
                                 "along = [[100, 100], [100, 120]]\nheight_m = 2\n"
                                 "close_h = 1\nopen_h = 3"));
  REQUIRE(p.ok());
  REQUIRE(p->input.forcing.structures);
  CHECK(p->input.forcing.structures->structures.size() == 1);  // the event's
  CHECK(p->input.forcing.structures->barriers.empty());
  const auto with = p->strategy_input().forcing.structures;
  REQUIRE(with->structures.size() == 4);
  REQUIRE(with->barriers.size() == 2);
  const HydraulicStructure& culvert = with->structures[1];
  CHECK(culvert.kind == StructureKind::culvert);
  CHECK(culvert.length == doctest::Approx(40));
  CHECK(culvert.level == 0);  // the ground
  CHECK(with->structures[2].rule.on_level == doctest::Approx(0.1));
  CHECK_FALSE(with->structures[2].to);
  CHECK_FALSE(with->structures[2].deployed);
  CHECK(with->structures[3].capacity == doctest::Approx(0.3));
  REQUIRE(with->structures[3].deployed);
  CHECK(with->structures[3].deployed->warning == 1800);
  CHECK(with->structures[3].deployed->setup == 7200);
  CHECK(with->barriers[0].deployed->setup == 4 * 3600);
  CHECK(with->barriers[1].rule.opening.at(3599) == 0);
  CHECK(with->barriers[1].rule.opening.at(3601) == 1);
  CHECK(with->barriers[1].rule.opening.at(3 * 3600 + 1) == 0);
  CHECK(p->has_measures());
  // 2 x 40 m x 2 m x 3500 + 0.2 x 1.5 M + 3 x 60 000 + 280 m x 2500 + 20 m x 40 000
  CHECK(p->text.cost == doctest::Approx(560'000 + 300'000 + 180'000 + 700'000 + 800'000));
  CHECK(p->text.measures[2].second.find("3 mobile pumps with 0.30 m³/s in all") != std::string::npos);
  CHECK(p->text.measures[2].second.find("In place 2.5 h after") != std::string::npos);
}

TEST_CASE("a gate that an event describes is worked by the measure's rule, in the strategy only") {
  const std::string operated =
      measure("gate_operation", "structure = \"sluice\"\nclose_level_m = 0.4\nopen_level_m = 0.2");
  const auto p = planned(kGate + operated);
  REQUIRE(p.ok());
  CHECK_FALSE(p->input.forcing.structures->structures[0].rule.switched());
  const auto with = p->strategy_input().forcing.structures;
  REQUIRE(with->structures.size() == 1);
  CHECK(with->structures[0].rule.on_level == 0.2);  // it lets water through below
  CHECK(with->structures[0].rule.off_level == 0.4);
  CHECK(with->structures[0].width == 2);
  const auto timed = planned(kGate + measure("gate_operation", "structure = \"sluice\"\nclose_h = 1"));
  REQUIRE(timed.ok());
  const Series opening = timed->strategy_input().forcing.structures->structures[0].rule.opening;
  CHECK(opening.at(0) == 1);
  CHECK(opening.at(3601) == 0);
  CHECK(first_error(planned(operated)) == "measure.no_structure");
  CHECK(planned(operated, false).ok());  // a run that is read back without its events
}

TEST_CASE("measures with structures say what they lack") {
  const std::string gate = "along = [[100, 100], [100, 120]]\nheight_m = 2\n";
  CHECK(first_error(planned(measure("gate_operation", gate))) == "measure.gate_rule");
  CHECK(first_error(planned(measure("gate_operation", gate + "close_h = 2\nopen_h = 1"))) ==
        "measure.gate_rule");
  CHECK(first_error(planned(measure("gate_operation", "close_h = 2"))) == "measure.gate_place");
  CHECK(first_error(planned(measure("gate_operation", gate + "close_level_m = 2\nopen_level_m = 1"))) ==
        "measure.gate_watch");
  CHECK(first_error(planned(measure("mobile_pump", "at = \"centre\"\nwatch = \"centre\""))) ==
        "measure.warning_level");
  CHECK(first_error(planned(measure("pump", "at = \"centre\"\noff_depth_m = 0.5"))) == "measure.pump_levels");
  CHECK(first_error(planned(measure("mobile_barrier", "along = \"coast\""))) ==
        "measure.wall_height_or_crest");
  CHECK(first_error(planned(measure("pump", "at = [900, 60]"))) != "");
}

TEST_CASE("a mobile barrier says which streets it closes, and warns of buildings in its way") {
  const auto street =
      planned(measure("mobile_barrier", "along = [[140, 80], [170, 80]]\nheight_m = 1"));  // l3
  REQUIRE(street.ok());
  CHECK_FALSE(street.diagnostics().has("measure.wall_crosses"));
  CHECK(street->text.measures.front().second.find("closes 1 street section") != std::string::npos);
  CHECK(planned(measure("mobile_barrier", "along = [[30, 1], [30, 60]]\ncrest_level_m = 2"))
            .diagnostics()
            .has("measure.wall_crosses"));
}
