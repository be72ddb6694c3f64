// JUNCTIONS, OUTFALLS, STORAGE, DIVIDERS.
#include <cmath>
#include <numbers>

#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::DividerKind;
using drainage::Node;
using drainage::OutfallKind;

void read_junction(Project& project, Fields& f, Node& node) {
  if (!f.need(2)) return;
  const Units& u = project.units;
  node.invert = f.number(1, "Elevation", kElevation) * u.length;
  node.max_depth = f.number_or(2, "MaxDepth", 0, kDepth) * u.length;
  node.initial_depth = f.number_or(3, "InitDepth", 0, kDepth) * u.length;
  node.surcharge_depth = f.number_or(4, "SurDepth", 0, kDepth) * u.length;
  node.ponded_area = f.number_or(5, "Aponded", 0, kNotNegative) * u.area();
}

void read_outfall(Project& project, Fields& f, Node& node) {
  if (!f.need(3)) return;
  const Units& u = project.units;
  drainage::Outfall& outfall = node.outfall;
  node.invert = f.number(1, "Elevation", kElevation) * u.length;
  outfall.kind = f.word<OutfallKind>(2, "Type",
                                     {{"FREE", OutfallKind::free},
                                      {"NORMAL", OutfallKind::normal},
                                      {"FIXED", OutfallKind::fixed},
                                      {"TIDAL", OutfallKind::tidal},
                                      {"TIMESERIES", OutfallKind::series}});
  std::size_t next = 3;
  if (outfall.kind == OutfallKind::fixed || outfall.kind == OutfallKind::tidal ||
      outfall.kind == OutfallKind::series) {
    if (!f.need(4)) return;
    ++next;
  }
  if (outfall.kind == OutfallKind::fixed) outfall.stage = f.number(3, "Stage", kElevation) * u.length;
  if (outfall.kind == OutfallKind::tidal) {
    outfall.tide = si_curve(project, f.curve(3, {CurveKind::tidal}), 1, u.length);
    // SWMM counts the hours of the day from the first point.
    const double first = outfall.tide.x.empty() ? 0 : outfall.tide.x.front();
    for (double& hour : outfall.tide.x) hour -= first;
  }
  if (outfall.kind == OutfallKind::series)
    outfall.stage_series = si_series(project, f.series(3), u.length, true);
  outfall.flap_gate = f.yes_or(next, "Gated", false);
  if (f.has(next + 1)) outfall.route_to = f.subcatchment(next + 1);
}

// Area over depth of ellipses and rectangles with sloping sides (manual 5.2, storage shapes): a0 + a1 d + a2
// d2.
void read_shape(Fields& f, std::string_view kind, double unit, drainage::Storage& s) {
  constexpr double kPi = std::numbers::pi;
  const double length = f.number(5, "Length", kPositive) * unit;
  const double width = f.number(6, "Width", kPositive) * unit;
  if (same_word(kind, "CYLINDRICAL")) {
    s.constant = kPi / 4 * length * width;
  } else if (same_word(kind, "CONICAL")) {
    const double run = f.number(7, "Slope", kNotNegative);
    s.constant = kPi / 4 * length * width;
    s.linear = kPi * width * run;
    s.quadratic = kPi * width / length * run * run;
  } else if (same_word(kind, "PYRAMIDAL")) {
    const double run = f.number(7, "Slope", kNotNegative);
    s.constant = length * width;
    s.linear = 2 * (length + width) * run;
    s.quadratic = 4 * run * run;
  } else {
    const double height = f.number(7, "Height", kPositive) * unit;
    if (height > 0) s.linear = kPi / 4 * length * width / height;
  }
}

// Areas as a function of depth; the index of the field after it.
std::size_t read_area(Project& project, Fields& f, drainage::Storage& s) {
  const Units& u = project.units;
  enum class Kind { tabular, functional, shape };
  const Kind kind = f.word<Kind>(4, "Shape",
                                 {{"TABULAR", Kind::tabular},
                                  {"FUNCTIONAL", Kind::functional},
                                  {"CYLINDRICAL", Kind::shape},
                                  {"CONICAL", Kind::shape},
                                  {"PARABOLOID", Kind::shape},
                                  {"PARABOLIC", Kind::shape},
                                  {"PYRAMIDAL", Kind::shape}});
  if (kind == Kind::tabular) {
    s.area = si_curve(project, f.curve(5, {CurveKind::storage}), u.length, u.area());
    return 6;
  }
  if (!f.need(8)) return 8;
  if (kind == Kind::shape) {
    read_shape(f, f.text(4), u.length, s);
    return 8;
  }
  // A = a0 + a1 d^a2 in the file's units.
  s.exponent = f.number(6, "Expon", {0, 100, "0 ... 100"});
  s.coefficient = f.number(5, "Coeff") * u.area() / std::pow(u.length, s.exponent);
  s.constant = f.number(7, "Const", kNotNegative) * u.area();
  return 8;
}

// As SWMM looks areas up: from 0 at the bottom to the first point, and on with the last slope, if it widens,
// above the last one.
void extend_to(double depth, Curve& area) {
  if (area.x.empty()) return;
  if (area.x.front() > 0) {
    area.x.insert(area.x.begin(), 0);
    area.y.insert(area.y.begin(), 0);
  }
  const std::size_t n = area.x.size();
  if (area.x.back() >= depth) return;
  const double slope = n > 1 ? (area.y[n - 1] - area.y[n - 2]) / (area.x[n - 1] - area.x[n - 2]) : 0;
  if (!(slope > 0)) return;
  area.y.push_back(area.y.back() + slope * (depth - area.x.back()));
  area.x.push_back(depth);
}

void read_exfiltration(Project& project, Fields& f, std::size_t next, drainage::Storage& s) {
  const Units& u = project.units;
  if (!f.has(next)) return;
  if (f.size() == next + 1) {
    s.conductivity = f.number(next, "Ksat", kNotNegative) * u.rain_rate();
    return;
  }
  if (!f.need(next + 3)) return;
  s.suction = f.number(next, "Psi", kNotNegative) * u.rain;
  s.conductivity = f.number(next + 1, "Ksat", kNotNegative) * u.rain_rate();
  s.initial_deficit = f.number(next + 2, "IMD", kShare);
}

void read_storage(Project& project, Fields& f, Node& node) {
  if (!f.need(6)) return;
  const Units& u = project.units;
  node.invert = f.number(1, "Elevation", kElevation) * u.length;
  node.max_depth = f.number(2, "MaxDepth", kDepth) * u.length;
  node.initial_depth = f.number(3, "InitDepth", kDepth) * u.length;
  const std::size_t next = read_area(project, f, node.storage);
  node.surcharge_depth = f.number_or(next, "SurDepth", 0, kDepth) * u.length;
  extend_to(node.max_depth + node.surcharge_depth, node.storage.area);
  node.storage.evaporated_share = f.number_or(next + 1, "Fevap", 0, kNotNegative);
  read_exfiltration(project, f, next + 2, node.storage);
}

void read_divider(Project& project, Fields& f, Node& node) {
  if (!f.need(4)) return;
  const Units& u = project.units;
  drainage::Divider& divider = node.divider;
  node.invert = f.number(1, "Elevation", kElevation) * u.length;
  if (f.has(2) && f.text(2) != "*") divider.diverted_link = f.link(2);
  divider.kind = f.word<DividerKind>(3, "Type",
                                     {{"CUTOFF", DividerKind::cutoff},
                                      {"OVERFLOW", DividerKind::overflow},
                                      {"TABULAR", DividerKind::tabular},
                                      {"WEIR", DividerKind::weir}});
  std::size_t next = 4;
  if (divider.kind == DividerKind::cutoff) {
    divider.cutoff_flow = f.number(next++, "Qmin", kNotNegative) * u.flow;
  } else if (divider.kind == DividerKind::tabular) {
    if (!f.need(5)) return;
    divider.diverted = si_curve(project, f.curve(next++, {CurveKind::diversion}), u.flow, u.flow);
  } else if (divider.kind == DividerKind::weir) {
    if (!f.need(7)) return;
    divider.weir_min_flow = f.number(4, "Qmin", kNotNegative) * u.flow;
    divider.weir_depth = f.number(5, "Ht", kPositive) * u.length;
    // Flow units over length^1.5.
    divider.weir_coefficient = f.number(6, "Cd", kPositive) * u.flow / std::pow(u.length, 1.5);
    next = 7;
  }
  node.max_depth = f.number_or(next, "MaxDepth", 0, kDepth) * u.length;
  node.initial_depth = f.number_or(next + 1, "InitDepth", 0, kDepth) * u.length;
  node.surcharge_depth = f.number_or(next + 2, "SurDepth", 0, kDepth) * u.length;
  node.ponded_area = f.number_or(next + 3, "Aponded", 0, kNotNegative) * u.area();
}

void read_section(Project& project, Section section, void (*read)(Project&, Fields&, Node&)) {
  for (const Row& row : project.text.rows(section)) {
    const Index index = project.nodes.find(row.fields[0]);
    if (index == kNone || project.nodes.line(index) != row.line) continue;  // reported with its name
    Fields f(project, row);
    read(project, f, at(project.network.nodes, index));
  }
}

}  // namespace

void read_nodes(Project& project) {
  read_section(project, Section::junctions, read_junction);
  read_section(project, Section::outfalls, read_outfall);
  read_section(project, Section::storage, read_storage);
  read_section(project, Section::dividers, read_divider);
}

}  // namespace citytwin::gis::swmm
