// Control rules: what they look at, how premises join, priorities, gates that take time; and dates.
#include "engine/drainage/control_rules.hpp"

#include <doctest/doctest.h>

#include "engine/drainage/calendar.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

// Tank 0 (3 m deep in water), an orifice and a pump from it to outfall 1.
Network works() {
  Network network;
  network.options.start_date = 45501.25;  // 2024-07-28 06:00, a Sunday
  Node tank;
  tank.key = "T";
  tank.kind = NodeKind::storage;
  tank.max_depth = 5;
  tank.initial_depth = 3;
  tank.storage.constant = 100;
  Node outfall;
  outfall.key = "O";
  outfall.kind = NodeKind::outfall;
  network.nodes = {tank, outfall};
  Link gate;
  gate.key = "G";
  gate.kind = LinkKind::orifice;
  gate.from = 0;
  gate.to = 1;
  gate.section.shape = Shape::circular;
  gate.section.full_depth = 0.3;
  Link pump;
  pump.key = "P";
  pump.kind = LinkKind::pump;
  pump.from = 0;
  pump.to = 1;
  pump.pump.kind = PumpKind::type4;
  pump.pump.curve = {{0, 5}, {0.1, 0.1}};
  network.links = {gate, pump};
  return network;
}

Premise depth(Relation relation, double value, bool is_or = false) {
  Premise p;
  p.is_or = is_or;
  p.left = {Observed::node_depth, 0, 0};
  p.relation = relation;
  p.value = value;
  return p;
}

Premise time(Relation relation, double seconds) {
  Premise p;
  p.left = {Observed::simulation_time, -1, 0};
  p.relation = relation;
  p.value = seconds;
  return p;
}

Action set(Index link, double value) {
  Action a;
  a.link = link;
  a.value = value;
  return a;
}

Rule rule(std::vector<Premise> premises, std::vector<Action> then, std::vector<Action> otherwise = {},
          double priority = 0) {
  Rule r;
  r.premises = std::move(premises);
  r.then_actions = std::move(then);
  r.else_actions = std::move(otherwise);
  r.priority = priority;
  return r;
}

double setting_after(const Network& network, Index link, double t = 60, double dt = 10) {
  DynamicWave wave(network);
  ControlRules rules(network);
  rules.apply(wave, t, dt);
  return wave.setting(link);
}

}  // namespace

TEST_CASE("a rule sets what it says, and its else part when it does not hold") {
  Network network = works();
  network.rules = {rule({depth(Relation::greater, 2)}, {set(0, 0.25)}, {set(0, 0.75)})};
  CHECK(setting_after(network, 0) == 0.25);
  network.nodes[0].initial_depth = 1;
  CHECK(setting_after(network, 0) == 0.75);
  CHECK(setting_after(network, 1) == 1);  // untouched
}

TEST_CASE("OR binds tighter than AND") {
  Network network = works();
  const Premise yes = depth(Relation::greater, 2), no = depth(Relation::greater, 4);
  const Premise or_yes = depth(Relation::greater, 2, true), or_no = depth(Relation::greater, 4, true);
  const auto holds = [&](std::vector<Premise> premises) {
    network.rules = {rule(std::move(premises), {set(0, 0)})};
    return setting_after(network, 0) == 0;
  };
  CHECK(holds({yes}));
  CHECK_FALSE(holds({yes, no}));
  CHECK(holds({no, or_yes, yes}));        // (no or yes) and yes
  CHECK(holds({yes, no, or_yes}));        // yes and (no or yes)
  CHECK_FALSE(holds({yes, or_yes, no}));  // (yes or yes) and no
  CHECK_FALSE(holds({no, yes, or_yes}));  // no and (yes or yes)
  CHECK_FALSE(holds({yes, or_no, no, or_no}));
}

TEST_CASE("the higher priority wins, among equals the earlier rule") {
  Network network = works();
  network.rules = {rule({depth(Relation::greater, 2)}, {set(0, 0.1)}, {}, 1),
                   rule({depth(Relation::greater, 2)}, {set(0, 0.2)}, {}, 2),
                   rule({depth(Relation::greater, 2)}, {set(0, 0.3)}, {}, 2)};
  CHECK(setting_after(network, 0) == 0.2);
}

TEST_CASE("a moment is met by the step that reaches it, once") {
  Network network = works();
  network.rules = {rule({time(Relation::equal, 100)}, {set(1, 0)})};
  CHECK(setting_after(network, 1, 90, 10) == 1);
  CHECK(setting_after(network, 1, 104, 10) == 0);
  CHECK(setting_after(network, 1, 120, 10) == 1);
}

TEST_CASE("clock and calendar: 06:00 of a Sunday in July") {
  Network network = works();
  const auto value_is = [&](Observed observed, double value) {
    Premise p;
    p.left = {observed, -1, 0};
    p.relation = Relation::equal;
    p.value = value;
    network.rules = {rule({p}, {set(0, 0)})};
    return setting_after(network, 0, 0, 0) == 0;
  };
  CHECK(value_is(Observed::simulation_month, 7));
  CHECK(value_is(Observed::simulation_day_of_week, 1));
  CHECK(value_is(Observed::simulation_day_of_year, 210));
  CHECK(value_is(Observed::simulation_date, 45501));
  CHECK_FALSE(value_is(Observed::simulation_month, 8));
}

TEST_CASE("a gate with a travel time moves as far as a step lets it") {
  Network network = works();
  network.links[0].orifice.full_travel_time = 100;
  network.rules = {rule({depth(Relation::greater, 2)}, {set(0, 0.5)})};
  DynamicWave wave(network);
  ControlRules rules(network);
  rules.apply(wave, 10, 10);
  CHECK(wave.setting(0) == doctest::Approx(0.9));
  for (int k = 2; k < 8; ++k) rules.apply(wave, 10 * k, 10);
  CHECK(wave.setting(0) == doctest::Approx(0.5));
}

TEST_CASE("settings from a curve of what is looked at, and from a series in time") {
  Network network = works();
  network.modulation_curves = {{{0, 6}, {0, 1}}};
  network.modulation_series = {{{0, 100}, {0, 1}, Series::Between::linear}};
  Action by_depth = set(0, 0);
  by_depth.how = Action::How::curve;
  by_depth.table = 0;
  Action by_time = set(1, 0);
  by_time.how = Action::How::series;
  by_time.table = 0;
  network.rules = {rule({depth(Relation::greater, 2)}, {by_depth, by_time})};
  CHECK(setting_after(network, 0) == doctest::Approx(0.5));
  CHECK(setting_after(network, 1) == doctest::Approx(0.6));
}

TEST_CASE("a PID controller closes a gate until the depth is what is asked for") {
  Network network = works();
  Action pid = set(0, 0);
  pid.how = Action::How::pid;
  pid.gain = -1;  // more depth: more opening
  pid.integral_time = 60;
  network.rules = {rule({depth(Relation::greater, 2)}, {pid})};
  network.rules[0].premises[0].relation = Relation::not_equal;
  network.links[1].pump.curve = {{0, 5}, {0, 0}};
  DynamicWave wave(network);
  ControlRules rules(network);
  wave.set_inflow(0, 0.15);
  for (double t = 0; t < 20 * 3600; t += 10) {
    (void)wave.step(10);
    rules.apply(wave, t + 10, 10);
  }
  CHECK(wave.depth(0) == doctest::Approx(2).epsilon(0.02));
}

TEST_CASE("dates: months, week days and days of the year, leap years too") {
  CHECK(calendar_time(36526).month == 1);  // 2000-01-01, a Saturday
  CHECK(calendar_time(36526).day_of_week == 7);
  CHECK(calendar_time(36526).weekend());
  CHECK(calendar_time(36526).day_of_year == 1);
  CHECK(calendar_time(36526 + 59).month == 2);  // the 29th
  CHECK(calendar_time(36526 + 365).day_of_year == 366);
  CHECK(calendar_time(36526 + 366).day_of_year == 1);
  CHECK(calendar_time(36526.75).hour() == 18);
  CHECK(calendar_time(36526.75).second_of_day == doctest::Approx(64800));
  CHECK(calendar_time(45501 + 1e-12).second_of_day == doctest::Approx(0));
}
