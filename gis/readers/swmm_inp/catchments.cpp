// SUBCATCHMENTS, SUBAREAS, INFILTRATION.
#include <algorithm>

#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::RunoffTo;
using drainage::Subcatchment;

void read_subcatchment(Project& project, Fields& f, Subcatchment& s) {
  if (!f.need(7)) return;
  const Units& u = project.units;
  s.line = static_cast<int>(f.row().line);
  if (f.text(1) != "*") s.gauge = f.gauge(1);
  s.outlet_node = project.nodes.find(f.text(2));
  s.outlet_subcatchment = project.subcatchments.find(f.text(2));
  if (s.outlet_node != kNone && s.outlet_subcatchment != kNone) {
    project.error("swmm.outlet_ambiguous", f.row(), {{"id", shown(f.text(2))}});
  } else if (s.outlet_node == kNone && s.outlet_subcatchment == kNone) {
    project.error("swmm.no_such_outlet", f.row(), {{"id", shown(f.text(2))}});
  }
  // One that drains to itself keeps its runoff out of the network: no outlet.
  if (s.outlet_subcatchment != kNone && project.subcatchments.find(f.text(0)) == s.outlet_subcatchment)
    s.outlet_subcatchment = kNone;
  s.area = f.number(3, "Area", {0, 1e9, "0 ... 1e9"}) * u.land;
  s.impervious = std::min(f.number(4, "%Imperv", kNotNegative), 100.0) / 100;
  s.width = f.number(5, "Width", kNotNegative) * u.length;
  s.slope = f.number(6, "%Slope", kNotNegative) / 100;
  s.curb_length = f.number_or(7, "CurbLen", 0, kNotNegative) * u.length;
}

void read_subarea(Project& project, Fields& f, Subcatchment& s) {
  if (!f.need(7)) return;
  s.impervious_n = f.number(1, "N-Imperv", kNotNegative);
  s.pervious_n = f.number(2, "N-Perv", kNotNegative);
  s.impervious_storage = f.number(3, "S-Imperv", kNotNegative) * project.units.rain;
  s.pervious_storage = f.number(4, "S-Perv", kNotNegative) * project.units.rain;
  s.impervious_without_storage = f.number(5, "PctZero", kPercent) / 100;
  s.route_to = f.word<RunoffTo>(6, "RouteTo",
                                {{"OUTLET", RunoffTo::outlet},
                                 {"IMPERVIOUS", RunoffTo::impervious},
                                 {"PERVIOUS", RunoffTo::pervious},
                                 {"IMPERV", RunoffTo::impervious},
                                 {"PERV", RunoffTo::pervious}});
  s.routed = f.number_or(7, "PctRouted", 100, kPercent) / 100;
}

constexpr std::pair<std::string_view, InfiltrationModel> kModels[]{
    {"HORTON", InfiltrationModel::horton},
    {"MODIFIED_HORTON", InfiltrationModel::modified_horton},
    {"GREEN_AMPT", InfiltrationModel::green_ampt},
    {"MODIFIED_GREEN_AMPT", InfiltrationModel::modified_green_ampt},
    {"CURVE_NUMBER", InfiltrationModel::curve_number}};

void read_horton(Project& project, Fields& f, std::size_t count, Infiltration& out) {
  const Units& u = project.units;
  out.max_rate = f.number(1, "MaxRate", kNotNegative) * u.rain_rate();
  out.min_rate = f.number(2, "MinRate", kNotNegative) * u.rain_rate();
  out.decay = f.number(3, "Decay", kNotNegative) / kHour;
  out.drying_time = f.number(4, "DryTime", kNotNegative) * kDay;
  if (count > 5) out.max_volume = f.number_or(5, "MaxInfil", 0, kNotNegative) * u.rain;
  if (f.ok() && out.max_rate < out.min_rate) project.error("swmm.horton_rates", f.row());
}

void read_soil(Project& project, Fields& f) {
  Infiltration& out = at(project.network.subcatchments, project.subcatchments.find(f.text(0))).infiltration;
  out = {};
  out.model = project.infiltration;
  std::size_t count = f.size();
  for (const auto& [word, model] : kModels)
    if (f.is(count - 1, word)) out.model = model;
  for (const auto& [word, model] : kModels)
    if (f.is(f.size() - 1, word)) count = f.size() - 1;
  const bool horton =
      out.model == InfiltrationModel::horton || out.model == InfiltrationModel::modified_horton;
  if (out.model == InfiltrationModel::none) return;
  if (count < (horton ? 5U : 4U)) {
    project.error("swmm.too_few_fields", f.row(),
                  {{"need", horton ? "5" : "4"}, {"found", std::to_string(count)}});
    return;
  }
  const Units& u = project.units;
  if (horton) {
    read_horton(project, f, count, out);
  } else if (out.model == InfiltrationModel::curve_number) {
    out.curve_number = f.number(1, "CurveNum", kNotNegative);
    (void)f.number(2, "Conductivity");  // no longer used
    out.drying_time = f.number(3, "DryTime", kNotNegative) * kDay;
  } else {
    out.suction = f.number(1, "Suction", kNotNegative) * u.rain;
    out.conductivity = f.number(2, "Ksat", kNotNegative) * u.rain_rate();
    out.initial_deficit = f.number(3, "IMD", kShare);
  }
}

}  // namespace

void read_subcatchments(Project& project) {
  for (const Row& row : project.text.rows(Section::subcatchments)) {
    const Index index = project.subcatchments.find(row.fields[0]);
    if (index == kNone || project.subcatchments.line(index) != row.line) continue;
    Fields f(project, row);
    read_subcatchment(project, f, at(project.network.subcatchments, index));
  }
  std::vector<bool> has_subareas(project.subcatchments.size());
  for (const Row& row : project.text.rows(Section::subareas)) {
    Fields f(project, row);
    const Index index = f.subcatchment(0);
    if (index == kNone) continue;
    has_subareas[static_cast<std::size_t>(index)] = true;
    read_subarea(project, f, at(project.network.subcatchments, index));
  }
  for (const Row& row : project.text.rows(Section::subcatchments)) {
    const Index index = project.subcatchments.find(row.fields[0]);
    if (index != kNone && !has_subareas[static_cast<std::size_t>(index)])
      project.error("swmm.no_subareas", row);
  }
}

void read_infiltration(Project& project) {
  for (const Row& row : project.text.rows(Section::infiltration)) {
    Fields f(project, row);
    if (f.subcatchment(0) != kNone) read_soil(project, f);
  }
}

}  // namespace citytwin::gis::swmm
