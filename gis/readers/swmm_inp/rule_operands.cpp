#include "gis/readers/swmm_inp/rule_operands.hpp"

#include <array>
#include <charconv>

#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::LinkKind;
using drainage::Observed;
using drainage::Operand;

struct Attribute {
  std::string_view word;
  Observed observed;
};
constexpr std::array kOfNodes{
    Attribute{"DEPTH", Observed::node_depth}, Attribute{"MAXDEPTH", Observed::node_max_depth},
    Attribute{"HEAD", Observed::node_head}, Attribute{"VOLUME", Observed::node_volume},
    Attribute{"INFLOW", Observed::node_inflow}};
constexpr std::array kOfLinks{Attribute{"FLOW", Observed::link_flow},
                              Attribute{"FULLFLOW", Observed::link_full_flow},
                              Attribute{"DEPTH", Observed::link_depth},
                              Attribute{"FULLDEPTH", Observed::link_full_depth},
                              Attribute{"VELOCITY", Observed::link_velocity},
                              Attribute{"LENGTH", Observed::link_length},
                              Attribute{"SLOPE", Observed::link_slope},
                              Attribute{"STATUS", Observed::link_status},
                              Attribute{"SETTING", Observed::link_setting},
                              Attribute{"TIMEOPEN", Observed::link_time_open},
                              Attribute{"TIMECLOSED", Observed::link_time_closed}};
constexpr std::array kOfSimulation{Attribute{"TIME", Observed::simulation_time},
                                   Attribute{"DATE", Observed::simulation_date},
                                   Attribute{"MONTH", Observed::simulation_month},
                                   Attribute{"DAY", Observed::simulation_day_of_week},
                                   Attribute{"DAYOFYEAR", Observed::simulation_day_of_year},
                                   Attribute{"CLOCKTIME", Observed::simulation_clock_time}};

template <class Attributes>
bool find_attribute(Project& project, Fields& f, std::size_t i, const Attributes& attributes, Operand& out) {
  std::string all;
  for (const Attribute& a : attributes) {
    if (f.is(i, a.word)) {
      out.observed = a.observed;
      return true;
    }
    all += (all.empty() ? "" : ", ") + std::string(a.word);
  }
  project.error("swmm.unknown_word", f.row(),
                {{"field", "Attribute"}, {"value", shown(f.text(i))}, {"words", all}});
  return false;
}

// INTENSITY, or a depth over the past hours: "6-HR_DEPTH", "6HR_PRECIP".
bool gauge_attribute(Project& project, Fields& f, std::size_t i, Operand& out) {
  out.observed = Observed::gauge_rain;
  if (f.is(i, "INTENSITY")) return true;
  const std::string_view text = f.text(i);
  std::from_chars(text.data(), text.data() + text.size(), out.hours);
  if (out.hours >= 1 && out.hours <= 48) return true;
  project.error(
      "swmm.unknown_word", f.row(),
      {{"field", "Attribute"}, {"value", shown(text)}, {"words", "INTENSITY, 1-HR_DEPTH ... 48-HR_DEPTH"}});
  return false;
}

}  // namespace

std::optional<LinkKind> link_kind_of(std::string_view word) {
  if (same_word(word, "CONDUIT")) return LinkKind::conduit;
  if (same_word(word, "PUMP")) return LinkKind::pump;
  if (same_word(word, "ORIFICE")) return LinkKind::orifice;
  if (same_word(word, "WEIR")) return LinkKind::weir;
  if (same_word(word, "OUTLET")) return LinkKind::outlet;
  return {};
}

bool is_link_word(std::string_view word) { return same_word(word, "LINK") || link_kind_of(word).has_value(); }

Index read_rule_link(Project& project, Fields& f, std::size_t i) {
  const Index link = f.link(i + 1);
  const auto kind = link_kind_of(f.text(i));
  if (link == kNone || !kind || at(project.network.links, link).kind == *kind) return link;
  project.error("swmm.wrong_link_kind", f.row(), {{"id", shown(f.text(i + 1))}, {"kind", shown(f.text(i))}});
  return kNone;
}

bool is_operand(Fields& f, std::size_t i) {
  return f.is(i, "NODE") || f.is(i, "GAGE") || f.is(i, "GAUGE") || f.is(i, "SIMULATION") ||
         is_link_word(f.text(i));
}

std::optional<Operand> read_operand(Project& project, Fields& f, std::size_t& i) {
  Operand out;
  bool good = false;
  if (f.is(i, "SIMULATION")) {
    if (!f.need(i + 2)) return {};
    good = find_attribute(project, f, i + 1, kOfSimulation, out);
    i += 2;
  } else {
    if (!f.need(i + 3)) return {};
    if (f.is(i, "NODE")) {
      out.row = f.node(i + 1);
      good = find_attribute(project, f, i + 2, kOfNodes, out);
    } else if (is_link_word(f.text(i))) {
      out.row = read_rule_link(project, f, i);
      good = find_attribute(project, f, i + 2, kOfLinks, out);
    } else {
      out.row = f.gauge(i + 1);
      good = gauge_attribute(project, f, i + 2, out);
    }
    good = good && out.row != kNone;
    i += 3;
  }
  if (!good) return {};
  return out;
}

double unit_of(const Units& units, const Operand& operand) {
  switch (operand.observed) {
    case Observed::node_depth:
    case Observed::node_max_depth:
    case Observed::node_head:
    case Observed::link_depth:
    case Observed::link_full_depth:
    case Observed::link_velocity:
    case Observed::link_length:
      return units.length;
    case Observed::node_volume:
      return units.volume();
    case Observed::node_inflow:
    case Observed::link_flow:
    case Observed::link_full_flow:
      return units.flow;
    case Observed::gauge_rain:
      return operand.hours > 0 ? units.rain : units.rain_rate();
    default:
      return 1;
  }
}

// Times stand in curves as hours (open, closed) or days (SWMM, controls.c: ControlValue).
double curve_unit_of(const Units& units, const Operand& operand) {
  switch (operand.observed) {
    case Observed::link_time_open:
    case Observed::link_time_closed:
      return kHour;
    case Observed::simulation_time:
    case Observed::simulation_clock_time:
      return kDay;
    default:
      return unit_of(units, operand);
  }
}

std::optional<double> read_rule_value(Project& project, Fields& f, std::size_t i, const Operand& operand) {
  switch (operand.observed) {
    case Observed::link_status:
      return f.word<double>(i, "Status", {{"OFF", 0}, {"ON", 1}, {"CLOSED", 0}, {"OPEN", 1}});
    case Observed::simulation_time:
    case Observed::simulation_clock_time:
    case Observed::link_time_open:
    case Observed::link_time_closed: {
      const auto time = time_of(f.text(i));
      if (!time) project.error("swmm.bad_time", f.row(), {{"value", shown(f.text(i))}});
      return time;
    }
    case Observed::simulation_date: {
      const auto date = date_of(f.text(i));
      if (!date) project.error("swmm.bad_date", f.row(), {{"value", shown(f.text(i))}});
      return date;
    }
    case Observed::simulation_day_of_year:
      if (const auto day = day_of_year(f.text(i))) return *day;
      return f.number(i, "DAYOFYEAR", {1, 365, "1 ... 365"});
    case Observed::simulation_day_of_week:
      return f.number(i, "DAY", {1, 7, "1 ... 7"});
    case Observed::simulation_month:
      return f.number(i, "MONTH", {1, 12, "1 ... 12"});
    default:
      return f.number(i, "Value") * unit_of(project.units, operand);
  }
}

}  // namespace citytwin::gis::swmm
