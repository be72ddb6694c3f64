#include "engine/drainage/surface_opening.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kWeir = 1.66;     // [m^(1/2)/s]
constexpr double kOrifice = 0.67;  // [-]

struct Flow {
  double q = 0, slope = 0;  // [m3/s], dq / d(driving head) [m2/s]
};

// q = k sqrt(2 g (d - r q)): the orifice while the water on the ground sinks (or rises) by r q over the step.
Flow orifice(double area, double d, double r) {
  const double kk = 2 * kGravity * kOrifice * kOrifice * area * area;
  const double q = 2 * kk * d / (kk * r + std::sqrt(kk * kk * r * r + 4 * kk * d) + 1e-30);
  return {q, kk / (2 * q + kk * r)};
}

// q = 1.66 P (d - r q / 2)^1.5: the edge sees the mean depth of the step, and no more goes over than would
// level the water. Without the mean the flow would depend on the length of the step in first order.
Flow weir(const SurfaceOpening& o, double d, double r) {
  const double k = kWeir * o.open_share * o.weir_length;
  double q = k * d * std::sqrt(d), slope = 0;
  for (int i = 0; i < 4; ++i) {
    const double mean = std::max(0.0, d - 0.5 * r * q);
    const double over = k * mean * std::sqrt(mean);
    slope = 1.5 * k * std::sqrt(mean);
    q = std::max(0.0, q - (q - over) / (1 + 0.5 * r * slope));
  }
  const double level = d / r;
  return q < level ? Flow{q, slope / (1 + 0.5 * r * slope)} : Flow{level, 1 / r};
}

Flow smaller(const Flow& a, const Flow& b) { return a.q < b.q ? a : b; }

}  // namespace

OpeningFlow opening_flow(const SurfaceOpening& o, double head, double dt) {
  const double r = dt / o.ground_area;
  const double level = o.cover + o.depth;
  if (o.depth > 0 && level > head) {
    // Down: over the edge whatever the node's head, or against it once it stands above the cover.
    const Flow over_edge = weir(o, o.depth, r);
    const Flow drowned = orifice(o.open_share * o.orifice_area, level - std::max(head, o.cover), r);
    Flow flow = smaller(over_edge, drowned);
    const bool follows_head = drowned.q <= over_edge.q && head > o.cover;
    if (!follows_head) flow.slope = 0;
    if (flow.q > o.available / dt) flow = {o.available / dt, 0};
    return {flow.q + flow.slope * head, flow.slope};
  }
  Flow up;
  if (const double d = head - std::max(level, o.lifts_at); d > 0) {
    up = orifice(o.open_share * o.orifice_area, d, r);
    if (o.depth <= 0) up = smaller(up, weir(o, d, r));
  }
  if (const double d = head - std::max(level, o.cover_lifts_at); d > 0 && o.cover_area > 0) {
    const Flow around = orifice(o.cover_area, d, r);
    up.q += around.q;
    up.slope += around.slope;
  }
  return {-up.q + up.slope * head, up.slope};
}

}  // namespace citytwin::drainage
