#include "engine/domains/surface_water/structure_flow.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::surface_water {

namespace {
constexpr double kG = 9.81;
}

double weir_flow(double coefficient, double width, double crest, double up, double down) {
  const double head = up - crest;
  if (head <= 0) return 0;
  const double free = coefficient * width * head * std::sqrt(head);
  const double drowned = std::clamp((down - crest) / head, 0.0, 1.0);
  return drowned > 0 ? free * std::pow(std::max(0.0, 1 - std::pow(drowned, 1.5)), 0.385) : free;
}

double orifice_flow(double coefficient, double width, double height, double sill, double up, double down) {
  if (height <= 0 || up <= sill) return 0;
  if (up < sill + height) return weir_flow(coefficient * std::sqrt(kG), width, sill, up, down);
  const double head = up - std::max(down, sill + height / 2);
  return head > 0 ? coefficient * width * height * std::sqrt(2 * kG * head) : 0;
}

double culvert_flow(const HydraulicStructure& culvert, double up, double down, bool forward) {
  const double inlet_level = forward ? culvert.level : culvert.to_level;
  const double outlet_level = forward ? culvert.to_level : culvert.level;
  const double inlet =
      orifice_flow(culvert.coefficient, culvert.width, culvert.height, inlet_level, up, inlet_level);
  if (inlet <= 0) return 0;
  const double depth = std::min(up - inlet_level, culvert.height);
  const bool full = up - inlet_level >= culvert.height;
  const double perimeter = full ? 2 * (culvert.width + culvert.height) : culvert.width + 2 * depth;
  const double area = culvert.width * depth;
  const double radius = area / perimeter;
  const double losses =
      1 + culvert.loss +
      2 * kG * culvert.manning * culvert.manning * culvert.length / (radius * std::cbrt(radius));
  const double head = up - std::max(down, outlet_level + depth / 2);
  const double outlet = head > 0 ? area * std::sqrt(2 * kG * head / losses) : 0;
  return culvert.barrels * std::min(inlet, outlet);
}

double structure_flow(const HydraulicStructure& s, double opening, double from, double to) {
  const bool forward = from >= to;
  if (opening <= 0 || (!forward && s.one_way)) return 0;
  const double up = std::max(from, to);
  const double down = std::min(from, to);
  double flow = 0;
  if (s.kind == StructureKind::weir) flow = opening * weir_flow(s.coefficient, s.width, s.level, up, down);
  if (s.kind == StructureKind::orifice)
    flow = orifice_flow(s.coefficient, s.width, opening * s.height, s.level, up, down);
  if (s.kind == StructureKind::culvert) flow = opening * culvert_flow(s, up, down, forward);
  return forward ? flow : -flow;
}

}  // namespace citytwin::surface_water
