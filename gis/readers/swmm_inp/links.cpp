// CONDUITS, PUMPS, ORIFICES, WEIRS, OUTLETS, LOSSES.
#include <cmath>

#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Link;
using drainage::PumpKind;

// Above the node's invert. A file may give elevations instead; '*' is the invert.
double offset(Project& project, Fields& f, std::size_t i, const char* name, Index node) {
  if (!project.network.options.offsets_are_elevations)
    return f.number_or(i, name, 0, kElevation) * project.units.length;
  if (node == kNone || f.text(i) == "*" || !f.has(i)) return 0;
  return f.number(i, name, kElevation) * project.units.length - at(project.network.nodes, node).invert;
}

// Below the invert is taken as at the invert, as SWMM does; less than 0.001 ft is rounding.
double not_below_invert(Project& project, const Row& row, double height) {
  if (height < -0.001 * kFoot) project.warning("swmm.offset_below_invert", row);
  return std::max(height, 0.0);
}

bool read_ends(Fields& f, Link& link) {
  link.from = f.node(1);
  link.to = f.node(2);
  return link.from != kNone && link.to != kNone;
}

void read_conduit(Project& project, Fields& f, Link& link) {
  if (!f.need(7)) return;
  (void)read_ends(f, link);
  const Units& u = project.units;
  const double length = f.number(3, "Length", {-1e7, 1e7, "-1e7 ... 1e7"});
  if (f.ok() && length <= 0)
    project.error("swmm.zero_length", f.row(), {{"value", shown(f.text(3))}}, "Length");
  link.conduit.length = length * u.length;
  link.conduit.roughness = f.number(4, "Roughness", {0, 1000, "0 ... 1000"});
  link.from_offset = not_below_invert(project, f.row(), offset(project, f, 5, "InOffset", link.from));
  link.to_offset = not_below_invert(project, f.row(), offset(project, f, 6, "OutOffset", link.to));
  link.initial_flow = f.number_or(7, "InitFlow", 0) * u.flow;
  const double most = f.number_or(8, "MaxFlow", 0, kNotNegative) * u.flow;
  if (most > 0) link.max_flow = most;
}

// Of its inlet node; conduits have one for each end.
void read_crest(Project& project, Fields& f, std::size_t i, Link& link) {
  const double crest = offset(project, f, i, "Offset", link.from);
  link.from_offset = not_below_invert(project, f.row(), crest);
  link.to_offset = 0;
}

// x of a pump curve: volume, depth or head difference.
void read_pump_curve(Project& project, Index index, drainage::Pump& pump) {
  const Units& u = project.units;
  double x_unit = u.length;
  switch (at(project.raw_curves, index).kind) {
    case CurveKind::pump1:
      pump.kind = PumpKind::type1;
      x_unit = u.volume();
      break;
    case CurveKind::pump2:
      pump.kind = PumpKind::type2;
      break;
    case CurveKind::pump3:
      pump.kind = PumpKind::type3;
      break;
    case CurveKind::pump4:
      pump.kind = PumpKind::type4;
      break;
    default:
      pump.kind = PumpKind::type5;
      break;
  }
  pump.curve = si_curve(project, index, x_unit, u.flow);
}

void read_pump(Project& project, Fields& f, Link& link) {
  if (!f.need(3)) return;
  (void)read_ends(f, link);
  if (f.has(3) && f.text(3) != "*") {
    const Index curve = f.curve(
        3, {CurveKind::pump1, CurveKind::pump2, CurveKind::pump3, CurveKind::pump4, CurveKind::pump5});
    if (curve != kNone) read_pump_curve(project, curve, link.pump);
  }
  if (f.has(4)) link.pump.initially_on = f.word<bool>(4, "Status", {{"OFF", false}, {"ON", true}});
  link.pump.startup_depth = f.number_or(5, "Startup", 0, kDepth) * project.units.length;
  link.pump.shutoff_depth = f.number_or(6, "Shutoff", 0, kDepth) * project.units.length;
  if (link.pump.startup_depth > 0 && link.pump.startup_depth <= link.pump.shutoff_depth)
    project.error("swmm.pump_limits", f.row());
}

void read_orifice(Project& project, Fields& f, Link& link) {
  if (!f.need(6)) return;
  (void)read_ends(f, link);
  using drainage::OrificeKind;
  link.orifice.kind =
      f.word<OrificeKind>(3, "Type", {{"SIDE", OrificeKind::side}, {"BOTTOM", OrificeKind::bottom}});
  read_crest(project, f, 4, link);
  link.orifice.discharge_coefficient = f.number(5, "Qcoeff", {0, 100, "0 ... 100"});
  link.flap_gate = f.yes_or(6, "Gated", false);
  link.orifice.full_travel_time = f.number_or(7, "CloseTime", 0, kNotNegative) * kHour;
}

void read_weir(Project& project, Fields& f, Link& link) {
  if (!f.need(6)) return;
  (void)read_ends(f, link);
  const Units& u = project.units;
  using drainage::RoadSurface;
  using drainage::WeirKind;
  drainage::Weir& weir = link.weir;
  weir.kind = f.word<WeirKind>(3, "Type",
                               {{"TRANSVERSE", WeirKind::transverse},
                                {"SIDEFLOW", WeirKind::side_flow},
                                {"V-NOTCH", WeirKind::v_notch},
                                {"TRAPEZOIDAL", WeirKind::trapezoidal},
                                {"ROADWAY", WeirKind::roadway}});
  read_crest(project, f, 4, link);
  weir.coefficient = f.number(5, "Qcoeff", {0, 1000, "0 ... 1000"}) * u.weir;
  link.flap_gate = f.yes_or(6, "Gated", false);
  weir.end_contractions = f.number_or(7, "EndCon", 0, kNotNegative);
  weir.end_coefficient = f.number_or(8, "EndCoeff", 0, kNotNegative) * u.weir;
  weir.can_surcharge = f.yes_or(9, "Surcharge", true);
  if (weir.kind == WeirKind::roadway) {
    weir.road_width = f.number_or(10, "RoadWidth", 0, kNotNegative) * u.length;
    if (f.is(11, "PAVED")) weir.road_surface = RoadSurface::paved;
    if (f.is(11, "GRAVEL")) weir.road_surface = RoadSurface::gravel;
  }
  if (f.has(12) && f.text(12) != "*")
    weir.coefficient_of_head = si_curve(project, f.curve(12, {CurveKind::weir}), u.length, u.weir);
}

void read_outlet(Project& project, Fields& f, Link& link) {
  if (!f.need(6)) return;
  (void)read_ends(f, link);
  const Units& u = project.units;
  drainage::Outlet& outlet = link.outlet;
  read_crest(project, f, 3, link);
  enum class Kind { table_depth, table_head, power_depth, power_head };
  const Kind kind = f.word<Kind>(4, "Type",
                                 {{"TABULAR/DEPTH", Kind::table_depth},
                                  {"TABULAR/HEAD", Kind::table_head},
                                  {"FUNCTIONAL/DEPTH", Kind::power_depth},
                                  {"FUNCTIONAL/HEAD", Kind::power_head},
                                  {"TABULAR", Kind::table_depth},
                                  {"FUNCTIONAL", Kind::power_depth}});
  outlet.by_head = kind == Kind::table_head || kind == Kind::power_head;
  std::size_t next = 6;
  if (kind == Kind::table_depth || kind == Kind::table_head) {
    outlet.rating = si_curve(project, f.curve(5, {CurveKind::rating}), u.length, u.flow);
  } else {
    if (!f.need(7)) return;
    outlet.exponent = f.number(6, "Qexpon", {-10, 100, "-10 ... 100"});
    outlet.coefficient = f.number(5, "Qcoeff") * u.flow / std::pow(u.length, outlet.exponent);
    next = 7;
  }
  link.flap_gate = f.yes_or(next, "Gated", false);
}

void read_section(Project& project, Section section, void (*read)(Project&, Fields&, Link&)) {
  for (const Row& row : project.text.rows(section)) {
    const Index index = project.links.find(row.fields[0]);
    if (index == kNone || project.links.line(index) != row.line) continue;  // reported with its name
    Fields f(project, row);
    Link& link = at(project.network.links, index);
    read(project, f, link);
    if (link.from != kNone && link.from == link.to) project.error("swmm.link_to_itself", row);
  }
}

}  // namespace

void read_links(Project& project) {
  read_section(project, Section::conduits, read_conduit);
  read_section(project, Section::pumps, read_pump);
  read_section(project, Section::orifices, read_orifice);
  read_section(project, Section::weirs, read_weir);
  read_section(project, Section::outlets, read_outlet);
}

void read_losses(Project& project) {
  for (const Row& row : project.text.rows(Section::losses)) {
    Fields f(project, row);
    if (!f.need(4)) continue;
    const Index index = f.link(0);
    if (index == kNone) continue;
    Link& link = at(project.network.links, index);
    link.conduit.entry_loss = f.number(1, "Kentry", kNotNegative);
    link.conduit.exit_loss = f.number(2, "Kexit", kNotNegative);
    link.conduit.average_loss = f.number(3, "Kavg", kNotNegative);
    link.flap_gate = f.yes_or(4, "FlapGate", false);
    link.conduit.seepage = f.number_or(5, "Seepage", 0, kNotNegative) * project.units.rain_rate();
  }
}

}  // namespace citytwin::gis::swmm
