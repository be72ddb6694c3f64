#include "engine/drainage/structures.hpp"

#include <numbers>

#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

// Villemonte 1947: what is left of a weir's flow when the water below stands above its crest.
double submerged_share(double upstream, double downstream, double exponent) {
  if (downstream <= 0) return 1;
  const double ratio = std::min(downstream / upstream, 1.0);
  return std::pow(1 - std::pow(ratio, exponent), 0.385);
}

// The curve's value at its last point at or below x: pumps that change by steps.
double step_at(const Curve& curve, double x) {
  double y = 0;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    y = curve.y[i];
    if (x < curve.x[i]) break;
  }
  return y;
}

double pump_flow(const Pump& pump, const StructureHeads& h) {
  const double depth = h.from - h.from_invert;
  const double lift = h.to - h.from;
  double q = 0;
  switch (pump.kind) {
    case PumpKind::type1:
      q = step_at(pump.curve, h.from_volume);
      break;
    case PumpKind::type2:
      q = step_at(pump.curve, depth);
      break;
    case PumpKind::type3:
    case PumpKind::type5:
      q = pump.curve.at(std::max(lift, 0.0));
      break;
    case PumpKind::type4:
      q = pump.curve.at(depth);
      break;
    case PumpKind::ideal:
      q = h.from_inflow;
      break;
  }
  if (pump.kind == PumpKind::type5) {  // affinity laws: flow ~ speed, head ~ speed^2
    const double speed = std::max(h.setting, 1e-3);
    return h.setting <= 0 ? 0 : speed * pump.curve.at(std::max(lift, 0.0) / (speed * speed));
  }
  return std::max(q, 0.0) * h.setting;
}

// The upper and the lower water above a crest, and the direction of the flow.
struct OverCrest {
  double upstream, downstream, sign;
  OverCrest(const StructureHeads& h, double crest) {
    sign = h.from >= h.to ? 1 : -1;
    upstream = std::max(h.from, h.to) - crest;
    downstream = std::min(h.from, h.to) - crest;
  }
};

double orifice_flow(const Link& link, const SectionTable& section, const StructureHeads& h) {
  if (h.setting <= 0) return 0;
  const double opening = section.full_depth() * h.setting;
  const double area = section.at(opening).area;
  const double coefficient = link.orifice.discharge_coefficient * area * std::sqrt(2 * kGravity);
  const OverCrest over(h, h.from_invert + link.from_offset);
  if (over.upstream <= 0) return 0;
  if (link.orifice.kind == OrificeKind::bottom) {
    const bool round = link.section.shape == Shape::circular;
    const double rim = round ? std::numbers::pi * opening : 2 * (opening + section.max_width());
    const double weir_until = link.orifice.discharge_coefficient * area / (0.414 * rim);
    const double head = over.upstream - std::max(over.downstream, 0.0);
    if (over.upstream >= weir_until) return over.sign * coefficient * std::sqrt(head);
    return over.sign * coefficient * std::sqrt(weir_until) * std::pow(over.upstream / weir_until, 1.5) *
           submerged_share(over.upstream, over.downstream, 1.5);
  }
  if (over.upstream < opening)
    return over.sign * coefficient * std::sqrt(0.5 * opening) * std::pow(over.upstream / opening, 1.5) *
           submerged_share(over.upstream, over.downstream, 1.5);
  return over.sign * coefficient * std::sqrt(over.upstream - std::max(over.downstream, 0.5 * opening));
}

// Free flow over a weir under a head, and the exponent of its submergence.
double free_weir_flow(const Link& link, double head, double& exponent) {
  const Weir& w = link.weir;
  const double c = w.coefficient_of_head.x.empty() ? w.coefficient : w.coefficient_of_head.at(head);
  const double length = link.section.width;
  const double slope = link.section.left_slope;
  exponent = 1.5;
  switch (w.kind) {
    case WeirKind::side_flow:
      exponent = 5.0 / 3.0;
      return c * std::pow(length, 0.83) * std::pow(head, exponent);
    case WeirKind::v_notch:
      exponent = 2.5;
      return c * slope * std::pow(head, exponent);
    case WeirKind::trapezoidal:
      return c * length * std::pow(head, 1.5) + w.end_coefficient * slope * std::pow(head, 2.5);
    default:
      break;
  }
  const double effective = std::max(length - 0.1 * w.end_contractions * head, 0.0);
  return c * effective * std::pow(head, 1.5);
}

double weir_flow(const Link& link, const StructureHeads& h) {
  if (h.setting <= 0) return 0;
  const double opening = link.section.full_depth * h.setting;
  const double crest = h.from_invert + link.from_offset + link.section.full_depth - opening;
  const OverCrest over(h, crest);
  if (over.upstream <= 0) return 0;
  double exponent = 1.5;
  if (over.upstream > opening && link.weir.can_surcharge) {
    // Drowned to its top: an orifice that carries the same when just full.
    const double at_full = free_weir_flow(link, opening, exponent) / std::sqrt(0.5 * opening);
    return over.sign * at_full * std::sqrt(over.upstream - std::max(over.downstream, 0.5 * opening));
  }
  const double head = link.weir.can_surcharge ? over.upstream : std::min(over.upstream, opening);
  return over.sign * free_weir_flow(link, head, exponent) *
         submerged_share(over.upstream, over.downstream, exponent);
}

double outlet_flow(const Link& link, const StructureHeads& h) {
  const double crest = h.from_invert + link.from_offset;
  const double sign = h.from >= h.to ? 1 : -1;
  const double up = std::max(h.from, h.to), down = std::min(h.from, h.to);
  const double head = link.outlet.by_head ? up - std::max(crest, down) : up - crest;
  if (head <= 0) return 0;
  const Outlet& o = link.outlet;
  const double q = o.rating.x.empty() ? o.coefficient * std::pow(head, o.exponent) : o.rating.at(head);
  return sign * q * h.setting;
}

}  // namespace

double structure_flow(const Link& link, const SectionTable* section, const StructureHeads& heads) {
  double q = 0;
  switch (link.kind) {
    case LinkKind::pump:
      q = pump_flow(link.pump, heads);
      break;
    case LinkKind::orifice:
      q = orifice_flow(link, *section, heads);
      break;
    case LinkKind::weir:
      q = weir_flow(link, heads);
      break;
    case LinkKind::outlet:
      q = outlet_flow(link, heads);
      break;
    case LinkKind::conduit:
      break;
  }
  if (link.flap_gate && q < 0) return 0;
  return std::clamp(q, -link.max_flow, link.max_flow);
}

bool pump_runs(const Pump& pump, bool runs, double inlet_depth) {
  if (runs && pump.shutoff_depth > 0 && inlet_depth < pump.shutoff_depth) return false;
  if (!runs && pump.startup_depth > 0 && inlet_depth > pump.startup_depth) return true;
  return runs;
}

}  // namespace citytwin::drainage
