#include "engine/drainage/conduit.hpp"

#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kFilm = 3e-5;            // depth below which a conduit's end is dry [m] (1e-4 ft)
constexpr double kLeastResistance = 0.1;  // of friction and losses, left over when a flow widens [-]
constexpr double kMaxVelocity = 15.0;     // in the friction and inertia terms [m/s] (50 ft/s)

// 1 in slow flow, 0 from critical flow on.
double slow_share(double froude) { return froude <= 0.5 ? 1.0 : froude >= 1.0 ? 0.0 : 2.0 * (1.0 - froude); }

// Depth at an end that falls freely: critical, or uniform if that is shallower.
double falling_depth(const ConduitProperties& c, double discharge) {
  const double critical = c.section->critical_depth(discharge);
  if (c.uniform <= 0) return critical;
  return std::min(critical, c.section->depth_of_section_factor(discharge / c.uniform));
}

// One end as the flow sees it.
struct End {
  double depth = 0, head = 0;
  bool follows_node = true;  // else its head does not depend on the node's
};

End end_at(double head, double invert, double full_depth) {
  if (head > invert) return {std::min(head - invert, full_depth), head, true};
  return {0, invert, false};
}

struct Stored {
  double area, width;
};
Stored stored_at(const ConduitProperties& c, const SectionValues& values, double head, double invert,
                 double stores_to, double fade) {
  const double above = std::min(head, stores_to) - invert - c.roof_depth;
  if (above <= 0) return {values.area, values.width};
  const double area = c.section->at(c.roof_depth).area + c.roof_width * above;
  if (head <= stores_to) return {area, c.roof_width};
  const double left = std::exp(-(head - stores_to) / fade);
  return {area + c.roof_width * fade * (1 - left), c.roof_width * left};
}

// Friction over the step per unit of discharge squared, when the conduit is full.
double full_friction(const ConduitProperties& c, double area, double radius43, double velocity) {
  const double radius = std::pow(radius43, 0.75);
  if (!c.force_main_is_darcy)  // Hazen-Williams: S = v^1.852 / ((0.849 C)^1.852 R^1.1667)
    return kGravity * std::pow(std::max(velocity, 1e-3), -0.148) /
           (std::pow(0.849 * c.force_main_c, 1.852) * std::pow(radius, 1.1667) * area);
  const double reynolds = std::max(4 * radius * velocity / 1.1e-6, 2000.0);  // Swamee and Jain 1976
  const double f =
      0.25 / std::pow(std::log10(c.force_main_c / (14.8 * radius) + 5.74 / std::pow(reynolds, 0.9)), 2);
  return f / (8 * radius * area);
}

// a q + b q |q| = drive, and dq / d drive.
struct Root {
  double q, slope;
};
Root friction_root(double drive, double a, double b) {
  const double size = std::abs(drive);
  const double q = 2 * size / (a + std::sqrt(a * a + 4 * b * size));
  return {std::copysign(q, drive), 1 / (a + 2 * b * q)};
}

// The inertia terms 2 v (A - A_old) + dt v2 (A_2 - A_1) / L. Where they hold the flow back they are part of
// what the step solves for; where they drive it they come from the last trial, and fade towards critical
// flow, since a driven supercritical flow has no stable step.
struct Inertia {
  double linear = 0, quadratic = 0;  // resistance [-], [s/m3]
  double drive = 0;                  // [m3/s]
};
Inertia inertia_of(double velocity, double flow, double area, double filling, double widening, double share,
                   double slow) {
  Inertia inertia;
  const double unsteady = 2 * filling / area;
  (unsteady < 0 ? inertia.linear : inertia.drive) =
      unsteady < 0 ? -share * unsteady : slow * 2 * velocity * filling;
  const double along = flow >= 0 ? widening : -widening;
  inertia.quadratic = -share * along / (area * area);
  return inertia;
}

// Steep or supercritical flow cannot exceed uniform flow at the upstream depth.
bool is_normal_limited(const ConduitProperties& c, double from_depth, double to_depth,
                       const SectionValues& up, double q) {
  if (c.normal_limit == NormalFlowLimit::none || c.uniform <= 0 || from_depth >= c.section->full_depth())
    return false;
  if (c.normal_limit != NormalFlowLimit::froude && from_depth < to_depth) return true;
  if (c.normal_limit == NormalFlowLimit::slope || c.outfall_end) return false;
  return q * q * up.width >= kGravity * up.area * up.area * up.area;
}

}  // namespace

LinearFlow conduit_flow(const ConduitProperties& c, ConduitState& s, double from_head, double to_head,
                        double dt) {
  const SectionTable& section = *c.section;
  const double full_depth = section.full_depth();
  End from = end_at(from_head, c.from_invert, full_depth);
  End to = end_at(to_head, c.to_invert, full_depth);
  const SectionValues at_from = section.at(from.depth), at_to = section.at(to.depth);
  const Stored in_from = stored_at(c, at_from, from_head, c.from_invert, c.from_stores_to, c.from_fade);
  const Stored in_to = stored_at(c, at_to, to_head, c.to_invert, c.to_stores_to, c.to_fade);
  s.from_area = in_from.area;
  s.from_width = in_from.width;
  s.to_area = in_to.area;
  s.to_width = in_to.width;

  SectionValues up = at_from;
  double to_area = at_to.area;
  if (c.to_falls && s.flow >= 0 && from.depth > kFilm) {
    const double depth = s.falling_depth = falling_depth(c, s.flow);
    if (to.depth < depth) {
      to = {depth, c.to_invert + depth, false};
      to_area = section.at(depth).area;
    }
  } else if (c.from_falls && s.flow < 0 && to.depth > kFilm) {
    const double depth = s.falling_depth = falling_depth(c, -s.flow);
    if (from.depth < depth) {
      from = {depth, c.from_invert + depth, false};
      up = section.at(depth);
    }
  }
  const SectionValues middle = section.at(0.5 * (from.depth + to.depth));
  s.middle_area = middle.area;
  const bool from_dry = from.depth <= kFilm, to_dry = to.depth <= kFilm;
  if ((from_dry && to_dry) || (from_dry && to.head <= c.from_invert) ||
      (to_dry && from.head <= c.to_invert)) {
    s.sleeps = from_head <= c.from_invert && to_head <= c.to_invert && s.flow == 0;
    s.froude = 0;
    s.middle_area = 0.5 * (at_from.area + at_to.area);
    return {};
  }

  const double area = std::max(middle.area, 1e-9);
  const double velocity = std::clamp(s.flow / area, -kMaxVelocity, kMaxVelocity);
  const bool full = from.depth >= full_depth && to.depth >= full_depth;
  s.froude = full || middle.width <= 0 ? 0 : std::abs(velocity) * std::sqrt(middle.width / (kGravity * area));
  const double slow = slow_share(s.froude);
  // Towards the upstream end where flow is fast.
  const double weight = !full && s.flow > 0 && from.head >= to.head ? slow : 1.0;
  const double weighted_area = up.area + (middle.area - up.area) * weight;
  const double weighted_radius43 = std::max(up.radius43 + (middle.radius43 - up.radius43) * weight, 1e-12);
  const bool slack = full && section.closed();  // a full pipe has no inertia terms
  const double share = slack || c.damping == InertialDamping::full ? 0.0
                       : c.damping == InertialDamping::none        ? 1.0
                                                                   : slow;
  const Inertia inertia = inertia_of(velocity, s.flow, area, middle.area - s.old_area,
                                     dt * (to_area - up.area) / c.length, share, std::min(share, slow));

  // (1 + linear) Q + (friction + quadratic) Q |Q| = old + driving inertia - dt g A (H2 - H1) / L.
  const double push = dt * kGravity * weighted_area / c.length;
  const double friction = full && c.force_main_c > 0
                              ? full_friction(c, area, middle.radius43, std::abs(velocity))
                              : c.friction / (weighted_radius43 * area);
  const double losses =
      c.from_loss / std::max(up.area, 1e-9) + c.to_loss / std::max(to_area, 1e-9) + c.loss / area;
  const double resistance = dt * (friction + losses);
  // A widening that drives the flow is no more than most of what holds it back.
  const double b = std::max(resistance + inertia.quadratic, kLeastResistance * resistance);
  const double drive = s.old_flow + inertia.drive + push * (from.head - to.head);
  const Root root = friction_root(drive, 1 + inertia.linear, b);
  double q = root.q;
  double from_slope = from.follows_node ? root.slope * push : 0;
  double to_slope = to.follows_node ? root.slope * push : 0;

  // Fast flow that gains more from widening than it loses by friction and against the slope of the water runs
  // up to uniform flow: a jet into a pool that stands higher than the water it comes from.
  const double net = resistance + inertia.quadratic;
  const bool jet = s.flow > 0 && s.old_flow > 0 &&
                   s.old_flow * s.old_flow * up.width >= kGravity * up.area * up.area * up.area;
  // The flow jumps where that ends, so within a step it ends once and for all: trials would not settle.
  const bool driven =
      jet && !s.jet_over && net < 0 && push * (from.head - to.head) > net * s.old_flow * s.old_flow;
  s.jet_over = s.jet_over || (s.driven && !driven);
  s.driven = driven;
  // Once limited stays so for the step: where the criterion changes the flow jumps, and trials would not
  // settle.
  s.normal_limited =
      s.normal_limited || ((q > 0 || driven) && is_normal_limited(c, from.depth, to.depth, up, q));
  if ((q > 0 || driven) && s.normal_limited && from.depth < full_depth) {
    const double uniform = c.uniform * up.area * std::sqrt(up.radius43);
    if (uniform < q || driven) {
      q = uniform;
      from_slope = from.follows_node ? 5.0 / 3.0 * uniform * up.width / std::max(up.area, 1e-9) : 0;
      to_slope = 0;
    }
  }
  if (std::abs(q) > c.max_flow) {
    q = std::copysign(c.max_flow, q);
    from_slope = to_slope = 0;
  }
  if (c.flap_gate && q < 0) q = from_slope = to_slope = 0;
  return LinearFlow::tangent(q, from_slope, to_slope, from_head, to_head);
}

}  // namespace citytwin::drainage
