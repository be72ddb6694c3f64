#include "gis/readers/swmm_inp/expression.hpp"
#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;
using drainage::Action;
using drainage::Observed;
using drainage::Relation;

namespace {

drainage::Network with_rules(const std::string& rules, const std::string& unit = "CFS") {
  return network_of(project(unit,
                            "[OUTFALLS]\nO2 8 FREE\nO3 8 FREE\nO4 8 FREE\n[PUMPS]\nP J O2 *\n"
                            "[ORIFICES]\nR J O3 SIDE 0 0.6\n[WEIRS]\nW J O4 TRANSVERSE 0 3\n"
                            "[XSECTIONS]\nR CIRCULAR 1\nW RECT_OPEN 1 1\n"
                            "[RAINGAGES]\nG INTENSITY 1:00 1 TIMESERIES T\n"
                            "[CURVES]\nK CONTROL 0 0 10 1\n[TIMESERIES]\nT 0 0\nT 2 1\n[CONTROLS]\n" +
                                rules));
}

}  // namespace

TEST_CASE("a rule: premises, actions, otherwise, priority") {
  const auto n = with_rules(
      "rule Up ; comment\nIf Node j Depth >= 4\nAND Link C Flow < 2\nOR SIMULATION CLOCKTIME > 6:30\n"
      "Then Pump P Status = On\nAND ORIFICE R SETTING = 0.5\nElse PUMP P STATUS = OFF\nPRIORITY 2.5\n"
      "RULE Down\nIF NODE J HEAD < 3\nTHEN CONDUIT C STATUS = CLOSED\n");
  REQUIRE(n.rules.size() == 2);
  const auto& r = n.rules[0];
  CHECK(r.key == "Up");
  CHECK(r.priority == 2.5);
  REQUIRE(r.premises.size() == 3);
  CHECK(r.premises[0].left.observed == Observed::node_depth);
  CHECK(r.premises[0].left.row == 0);
  CHECK(r.premises[0].relation == Relation::greater_or_equal);
  CHECK(r.premises[0].value == Approx(4 * kFoot));
  CHECK(r.premises[1].value == Approx(2 * kCubicFoot));
  CHECK(r.premises[2].is_or);
  CHECK(r.premises[2].value == 6.5 * 3600);
  REQUIRE(r.then_actions.size() == 2);
  CHECK(r.then_actions[0].value == 1);
  CHECK(r.then_actions[1].value == 0.5);
  REQUIRE(r.else_actions.size() == 1);
  CHECK(r.else_actions[0].value == 0);
  CHECK(n.rules[1].then_actions[0].value == 0);
}

TEST_CASE("everything that a premise can look at, in SI units") {
  const auto premise = [](const std::string& text) {
    return with_rules("RULE A\nIF " + text + "\nTHEN PUMP P STATUS = ON\n").rules.at(0).premises.at(0);
  };
  const std::tuple<const char*, Observed, double> all[]{
      {"NODE J MAXDEPTH > 2", Observed::node_max_depth, 2 * kFoot},
      {"NODE J VOLUME > 2", Observed::node_volume, 2 * kCubicFoot},
      {"NODE J INFLOW > 2", Observed::node_inflow, 2 * kCubicFoot},
      {"CONDUIT C FULLFLOW > 2", Observed::link_full_flow, 2 * kCubicFoot},
      {"CONDUIT C FULLDEPTH > 2", Observed::link_full_depth, 2 * kFoot},
      {"CONDUIT C DEPTH > 2", Observed::link_depth, 2 * kFoot},
      {"CONDUIT C VELOCITY > 2", Observed::link_velocity, 2 * kFoot},
      {"CONDUIT C LENGTH > 2", Observed::link_length, 2 * kFoot},
      {"CONDUIT C SLOPE > 0.01", Observed::link_slope, 0.01},
      {"PUMP P STATUS = ON", Observed::link_status, 1},
      {"CONDUIT C STATUS = CLOSED", Observed::link_status, 0},
      {"ORIFICE R SETTING <> 0.5", Observed::link_setting, 0.5},
      {"PUMP P TIMEOPEN >= 1:30", Observed::link_time_open, 5400},
      {"WEIR W TIMECLOSED >= 2", Observed::link_time_closed, 7200},
      {"GAGE G INTENSITY > 2", Observed::gauge_rain, 2 * 0.0254 / 3600},
      {"GAGE G 6-HR_DEPTH > 2", Observed::gauge_rain, 2 * 0.0254},
      {"SIMULATION TIME > 12", Observed::simulation_time, 12 * 3600},
      {"SIMULATION DATE = 1/1/1900", Observed::simulation_date, 2},
      {"SIMULATION MONTH = 6", Observed::simulation_month, 6},
      {"SIMULATION DAY = 7", Observed::simulation_day_of_week, 7},
      {"SIMULATION DAYOFYEAR > 2/1", Observed::simulation_day_of_year, 32},
      {"SIMULATION CLOCKTIME <= 8:00PM", Observed::simulation_clock_time, 20 * 3600}};
  for (const auto& [text, observed, value] : all) {
    const auto p = premise(text);
    CHECK_MESSAGE(p.left.observed == observed, text);
    CHECK_MESSAGE(p.value == Approx(value), text);
  }
  CHECK(premise("GAGE G 6-HR_DEPTH > 2").left.hours == 6);
  const auto both = premise("NODE J HEAD > NODE O HEAD");
  CHECK(both.has_right_operand);
  CHECK(both.right.row == 1);
}

TEST_CASE("named variables stand for what they name") {
  const auto n = with_rules(
      "VARIABLE up = NODE J DEPTH\nVARIABLE down = NODE O DEPTH\nVARIABLE t = SIMULATION TIME\n"
      "RULE A\nIF up > down\nAND up > 3\nAND t > 1\nTHEN PUMP P STATUS = ON\n");
  const auto& p = n.rules.at(0).premises;
  CHECK(p.at(0).left.row == 0);
  CHECK(p.at(0).right.row == 1);
  CHECK(p.at(1).value == Approx(3 * kFoot));
  CHECK(p.at(2).value == 3600);
}

TEST_CASE("settings by curve, series and PID controller") {
  const auto n = with_rules(
      "RULE A\nIF NODE J DEPTH > 0\nTHEN ORIFICE R SETTING = CURVE K\n"
      "RULE B\nIF LINK C FLOW > 0\nTHEN WEIR W SETTING = CURVE K\n"
      "RULE C\nIF SIMULATION TIME > 0\nTHEN PUMP P SETTING = TIMESERIES T\n"
      "RULE D\nIF NODE J DEPTH <> 2\nTHEN ORIFICE R SETTING = PID 10 5 0.5\n"
      "RULE E\nIF NODE J DEPTH > 0\nTHEN WEIR W SETTING = CURVE K\n");
  // The curve's x is what the rule looks at: a depth, a flow.
  CHECK(n.rules[0].then_actions[0].how == Action::How::curve);
  CHECK(n.modulation_curves.at(0).at(5 * kFoot) == Approx(0.5));
  CHECK(n.modulation_curves.at(1).at(5 * kCubicFoot) == Approx(0.5));
  CHECK(n.rules[4].then_actions[0].table == 0);
  CHECK(n.modulation_curves.size() == 2);
  CHECK(n.named_curves.at(0) == "K");
  CHECK(n.rules[2].then_actions[0].how == Action::How::series);
  CHECK(n.modulation_series.at(0).at(3600) == Approx(0.5));
  const auto& pid = n.rules[3].then_actions[0];
  CHECK(pid.how == Action::How::pid);
  CHECK(pid.gain == 10);
  CHECK(pid.integral_time == 300);
  CHECK(pid.derivative_time == 30);
}

TEST_CASE("expressions count in the units of the file") {
  const auto n = with_rules(
      "VARIABLE d = NODE J DEPTH\nVARIABLE q = CONDUIT C FLOW\n"
      "EXPRESSION e = -2 * ( d + 1.5e1 ) / sqrt( q ) + 3\n"
      "RULE A\nIF e >= 4\nAND e < d\nTHEN PUMP P STATUS = ON\n");
  const auto& premise = n.rules.at(0).premises.at(0);
  // With a depth of 5 ft and a flow of 4 cfs: -2 x 20 / 2 + 3.
  const auto value_of = [](const drainage::Operand& o) {
    return o.observed == Observed::node_depth ? 5 * kFoot : 4 * kCubicFoot;
  };
  CHECK(drainage::evaluate(premise.expression, value_of) == Approx(-17));
  CHECK(premise.value == 4);
  CHECK(n.rules[0].premises[1].right_unit == Approx(kFoot));
}

TEST_CASE("expressions rank * / ^ alike, as SWMM does, and refuse what is none") {
  using gis::swmm::parse_expression;
  const auto none = [](std::string_view) { return std::optional<drainage::ExpressionStep>(); };
  const auto value = [&](const char* text) {
    const auto parsed = parse_expression(text, none);
    REQUIRE_MESSAGE(parsed.has_value(), std::string(text));
    return drainage::evaluate(*parsed, [](const drainage::Operand&) { return 0.0; });
  };
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("2*3^2") == 36);
  CHECK(value("(2) * (3 ^ 2)") == 18);
  CHECK(value("10 - 4 - 3") == 3);
  CHECK(value("-4 + step(0.1) + STEP(-1) + abs(-2)") == -1);
  CHECK(value("log10(1000) + sqrt(-1) + sgn(-3)") == Approx(2));
  const std::string deep(100000, '(');
  for (const char* wrong :
       {"", "1 +", "* 2", "(1", "1)", "sin 3", "2 * -3", "x", "1..2", "1 2", deep.c_str()})
    CHECK_MESSAGE(!parse_expression(wrong, none), std::string(wrong).substr(0, 10));
}
