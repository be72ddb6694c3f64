#include <doctest/doctest.h>

#include "engine/model/ground.hpp"
#include "engine/sim/simulation.hpp"
#include "tests/support/pond_domain.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;

namespace {

RunInput tiny_input(double hours = 6) {
  RunInput input;
  input.model = std::make_shared<const CityModel>(*build_city(test::tiny_tables()));
  input.spec.duration = SimTime::from_seconds(hours * 3600);
  input.spec.grid = grid_over(input.model->info().frame.extent, 10);
  return input;
}

ForcingSeries rain(double m_per_h) {
  return {"storm", "rain", "m/s", {}, {{0, 3600}, {m_per_h / 3600, 0}, Series::Between::step}};
}

std::vector<std::unique_ptr<Domain>> pond(Box2 where) {
  std::vector<std::unique_ptr<Domain>> domains;
  domains.push_back(std::make_unique<test::PondDomain>(where));
  return domains;
}

const Occurrence* find(const RunRecord& record, const std::string& asset, const std::string& to) {
  for (const Occurrence& o : record.occurrences)
    if (o.asset == asset && o.to == to) return &o;
  return nullptr;
}

constexpr Box2 kEast{{200, 0}, {300, 200}};     // the substation
constexpr Box2 kMiddle{{140, 60}, {160, 120}};  // link l3 only

}  // namespace

TEST_CASE("a flooded substation takes the hospital down when its backup is spent, and the chain says so") {
  RunInput input = tiny_input();
  input.forcing.series.push_back(rain(1.21));  // 0.5 m at 1488 s
  const auto record = run(std::move(input), pond(kEast), {});
  REQUIRE(record.ok());
  const Occurrence* substation = find(*record, "substation/1", "failed");
  const Occurrence* backup = find(*record, "hospital/1", "backup");
  const Occurrence* failed = find(*record, "hospital/1", "failed");
  REQUIRE(substation != nullptr);
  REQUIRE(backup != nullptr);
  REQUIRE(failed != nullptr);
  CHECK(substation->time.seconds() == doctest::Approx(1490));
  CHECK(substation->reason == "cause.flooded");
  CHECK(substation->value > 0.5);
  CHECK(backup->time == substation->time);  // solved to a fixed point in the same beat
  CHECK(failed->time.seconds() - backup->time.seconds() == doctest::Approx(7200));
  CHECK(failed->reason == "cause.no_power");
  // hospital failed <- substation failed <- storm
  const auto is = [&](std::uint32_t i, const Occurrence* o) { return &record->occurrences[i] == o; };
  CHECK(
      std::any_of(failed->because.begin(), failed->because.end(), [&](auto i) { return is(i, substation); }));
  REQUIRE(substation->because.size() == 1);
  CHECK(record->occurrences[substation->because[0]].asset == "event/storm");
  CHECK(record->facilities.failed_duration[2] == doctest::Approx(6 * 3600 - failed->time.seconds()));
}

TEST_CASE("counterfactual: without the outage the hospital works, and a repair restores it") {
  RunInput input = tiny_input(4);
  input.controls.push_back({SimTime::from_seconds(600), "grid", Control::Verb::fail, "", 0});
  input.controls.push_back({SimTime::from_seconds(10'800), "grid", Control::Verb::repair, "", 0});
  const auto record = run(std::move(input), pond(kEast), {});
  REQUIRE(record.ok());
  const Occurrence* failed = find(*record, "hospital/1", "failed");
  const Occurrence* restored = find(*record, "hospital/1", "working");
  REQUIRE(failed != nullptr);
  REQUIRE(restored != nullptr);
  CHECK(failed->time.seconds() == doctest::Approx(610 + 7200));
  CHECK(restored->time.seconds() == doctest::Approx(10'810));
  const auto without = run(tiny_input(4), pond(kEast), {});
  CHECK(find(*without, "hospital/1", "failed") == nullptr);
}

TEST_CASE("a closed road cuts the hospital off and is named as the cause; a bridge stays open") {
  RunInput input = tiny_input(1);
  input.forcing.series.push_back(rain(1.0));  // 0.3 m at 18 min
  SUBCASE("street") {
    const auto record = run(std::move(input), pond(kMiddle), {});
    REQUIRE(record.ok());
    const Occurrence* closed = find(*record, "link/l3", "closed");
    const Occurrence* failed = find(*record, "hospital/1", "failed");
    REQUIRE(closed != nullptr);
    REQUIRE(failed != nullptr);
    CHECK(failed->reason == "cause.no_access");
    REQUIRE(failed->because.size() == 1);
    CHECK(&record->occurrences[failed->because[0]] == closed);
    CHECK(record->links.max_depth[2] == doctest::Approx(1.0));
    CHECK(record->links.first_closed[2] == doctest::Approx(closed->time.seconds()));
    CHECK(record->find_series("links.closed_km")->value.back() == doctest::Approx(0.1));
  }
  SUBCASE("bridge") {
    CityTables tables = test::tiny_tables();
    tables.streets.links.structure[2] = Structure::bridge;
    input.model = std::make_shared<const CityModel>(*build_city(std::move(tables)));
    const auto record = run(std::move(input), pond(kMiddle), {});
    REQUIRE(record.ok());
    CHECK(find(*record, "link/l3", "closed") == nullptr);
  }
}

TEST_CASE("a street along permanent water is not flooded by that water") {
  CityTables tables = test::tiny_tables();
  WaterBodies& w = tables.water_bodies;
  w.origin.push_back("lake", Provenance::given, SourceId{0});
  w.area.push_back(Polygon{{{130, 60}, {170, 60}, {170, 120}, {130, 120}}, {}});
  w.kind.push_back(WaterKind::lake);
  w.level.push_back(1);
  w.level_provenance.push_back(Provenance::given);
  w.name.emplace_back();
  RunInput input = tiny_input(1);
  input.model = std::make_shared<const CityModel>(*build_city(std::move(tables)));
  input.forcing.series.push_back(rain(1.0));
  const auto record = run(std::move(input), pond(kMiddle), {});
  REQUIRE(record.ok());
  CHECK(find(*record, "link/l3", "closed") == nullptr);
}

TEST_CASE("a need whose provider is not in the model counts as met and is listed") {
  const auto record = run(tiny_input(0.1), pond(kEast), {});
  REQUIRE(record.ok());
  REQUIRE(record->unmodelled_needs.size() == 1);
  CHECK(record->unmodelled_needs[0].facility == "hospital/1");
  CHECK(record->unmodelled_needs[0].provider == "water_works");
}

TEST_CASE("facilities that need each other keep their last state, and the ring is reported") {
  CityTables tables = test::tiny_tables();
  const auto pump = test::add_facility(tables, "pump/1", FacilityKind::pump_station, {60, 60});
  test::add_need(tables, 1, NeedKind::water, "pump/1", 0, 0);  // the substation's cooling
  test::add_need(tables, pump, NeedKind::power, "substation/1", 0, 0);
  RunInput input = tiny_input(0.5);
  input.model = std::make_shared<const CityModel>(*build_city(std::move(tables)));
  input.controls.push_back({SimTime::from_seconds(300), "pump/1", Control::Verb::fail, "", 0});
  input.controls.push_back({SimTime::from_seconds(600), "pump/1", Control::Verb::repair, "", 0});
  const auto record = run(std::move(input), pond(kEast), {});
  REQUIRE(record.ok());
  REQUIRE(record->dependency_cycles.size() == 1);
  CHECK(record->dependency_cycles[0] == std::vector<std::string>{"substation/1", "pump/1"});
  CHECK(find(*record, "substation/1", "failed")->reason == "cause.no_water");
  CHECK(record->facilities.final_level[1] == FunctionLevel::failed);  // nobody can start it
  CHECK(record->facilities.final_level[pump] == FunctionLevel::failed);
}

TEST_CASE("controls act at the start of the first beat at or after their time, in file order") {
  RunInput input = tiny_input(0.05);
  input.controls.push_back({SimTime::from_seconds(25), "surface_water", Control::Verb::set, "depth", 1.0});
  input.controls.push_back({SimTime::from_seconds(25), "surface_water", Control::Verb::set, "depth", 0.1});
  input.controls.push_back({SimTime::from_seconds(5), "surface_water", Control::Verb::set, "depth", 0.7});
  auto simulation = Simulation::create(std::move(input), pond(kEast), {});
  REQUIRE(simulation.ok());
  std::vector<double> depth;
  for (int beat = 0; beat < 4; ++beat) {
    (*simulation)->step({});
    depth.push_back((*simulation)->exchange().grid("surface_water.depth")->at(25, 5));
  }
  CHECK(depth == std::vector<double>{0, 0.7, 0.7, 0.1});
}

TEST_CASE("an unknown control target is refused at the start") {
  RunInput input = tiny_input(0.1);
  input.controls.push_back({SimTime{}, "substation/9", Control::Verb::fail, "", 0});
  const auto record = run(std::move(input), pond(kEast), {});
  CHECK_FALSE(record.ok());
  CHECK(record.diagnostics().has("control.unknown_target"));
}

TEST_CASE("controls that nobody takes are refused, live ones too") {
  auto simulation = Simulation::create(tiny_input(0.1), pond(kEast), {});
  REQUIRE(simulation.ok());
  Simulation& s = **simulation;
  using Verb = Control::Verb;
  CHECK(s.add_control({SimTime{}, "nobody", Verb::fail, "", 0}).diagnostics().has("control.unknown_target"));
  CHECK(s.add_control({SimTime{}, "hospital/1", Verb::set, "mood", 1})
            .diagnostics()
            .has("control.not_accepted"));
  CHECK(s.add_control({SimTime{}, "surface_water", Verb::fail, "", 0})
            .diagnostics()
            .has("control.not_accepted"));
  CHECK(s.add_control({SimTime{}, "surface_water", Verb::set, "depth", 0.4}).ok());
  CHECK(s.add_control({SimTime{}, "link/l3", Verb::fail, "", 0}).ok());
  while (!s.finished()) s.step({});
  const RunRecord record = s.finish();
  CHECK(record.controls.size() == 2);
  CHECK(find(record, "link/l3", "closed")->reason == "cause.control");
}

TEST_CASE("a backup lasts exactly its hours, and who gets power back in that very beat never stopped") {
  RunInput input = tiny_input(4);
  // 2 h of backup from 610 s on; the grid is repaired in the beat in which it would run out.
  input.controls.push_back({SimTime::from_seconds(600), "grid", Control::Verb::fail, "", 0});
  input.controls.push_back({SimTime::from_seconds(600 + 7200), "grid", Control::Verb::repair, "", 0});
  const auto record = run(std::move(input), pond(kEast), {});
  REQUIRE(record.ok());
  CHECK(find(*record, "hospital/1", "backup") != nullptr);
  CHECK(find(*record, "hospital/1", "failed") == nullptr);
  CHECK(find(*record, "substation/1", "working")->reason == "cause.restored");
}

TEST_CASE("a checkpoint continues bit for bit, record included") {
  const auto make = [] {
    RunInput input = tiny_input(4);
    input.forcing.series.push_back(rain(1.2));
    input.controls.push_back(
        {SimTime::from_seconds(9000), "surface_water", Control::Verb::set, "depth", 0.0});
    return std::move(*Simulation::create(std::move(input), pond(kEast), {}));
  };
  auto straight = make();
  while (!straight->finished()) straight->step({});
  const RunRecord expected = straight->finish();
  for (const int beats : {1, 149, 152, 600, 901, 1100}) {
    CAPTURE(beats);
    auto first = make();
    for (int b = 0; b < beats; ++b) first->step({});
    const auto saved = first->checkpoint();
    auto second = make();
    REQUIRE(second->restore(saved).ok());
    while (!second->finished()) second->step({});
    const RunRecord record = second->finish();
    CHECK(record.hash == expected.hash);
    CHECK(record.occurrences.size() == expected.occurrences.size());
    CHECK(record.series.size() == expected.series.size());
    CHECK(record.series[0].value == expected.series[0].value);
    CHECK(record.facilities.failed_duration == expected.facilities.failed_duration);
  }
}

TEST_CASE("a broken or foreign checkpoint is refused") {
  auto simulation = Simulation::create(tiny_input(1), pond(kEast), {});
  auto bytes = (*simulation)->checkpoint();
  RunInput other = tiny_input(1);
  other.spec.seed = 99;
  CHECK((*Simulation::create(std::move(other), pond(kEast), {}))
            ->restore(bytes)
            .diagnostics()
            .has("checkpoint.other_run"));
  const Hash128 before = (*simulation)->hash();
  bytes.resize(bytes.size() / 2);
  CHECK((*simulation)->restore(bytes).diagnostics().has("checkpoint.broken"));
  CHECK((*simulation)->hash() == before);
  bytes[0] = 9;
  CHECK((*simulation)->restore(bytes).diagnostics().has("checkpoint.version"));
}

TEST_CASE("a stop ends the record at the last whole beat") {
  std::atomic<bool> stop{false};
  RunContext context;
  context.stop = &stop;
  context.progress = [&](std::string_view, double fraction) {
    if (fraction > 0.5) stop = true;
  };
  const auto record = run(tiny_input(1), pond(kEast), context);
  REQUIRE(record.ok());
  CHECK(record->status == RunStatus::stopped);
  CHECK(record->ended.seconds() > 1800);
  CHECK(record->ended.seconds() < 1830);
}

TEST_CASE("two domains of one name write one field: refused") {
  auto domains = pond(kEast);
  domains.push_back(std::make_unique<test::PondDomain>(kEast));
  CHECK_FALSE(Simulation::create(tiny_input(1), std::move(domains), {}).ok());
}
