// Unsteady flow in one conduit: the momentum equation of the dynamic wave.
//
//   Q_t + (Q2/A)_x + g A H_x + g A S_f = 0,  S_f = n2 Q |Q| / (A2 R^(4/3)) + local losses
//
// over the whole conduit between the heads of its end nodes, with the area and radius between its middle and
// its upstream end by the Froude number, inertia damped towards critical flow, critical or uniform depth
// where the end falls freely, and uniform flow as the limit of steep flow: the link equation of EXTRAN
// (Roesner et al. 1988) as Rossman 2017, "SWMM Reference Manual Volume II", chapter 3 has it. Unlike there,
// friction is solved exactly as a quadratic and the flow is given as a tangent, so that all heads are found
// together.
#pragma once

#include "engine/drainage/linear_flow.hpp"
#include "engine/drainage/section_table.hpp"

namespace citytwin::drainage {

// Storage near the crown. EXTRAN takes the width of a closed conduit from 0.96 of its depth on as constant;
// at a storage node without end, at a junction up to its highest crown, above which it fades as exp(-15 (y /
// y_crown - 1)) (Rossman 2017, section 3.3.5): a wide slot, without which tanks under pressure would fill in
// seconds. SLOT has 1 % of the largest width above the crown. An open channel goes on with its full width.

// Constant during a run.
struct ConduitProperties {
  const SectionTable* section = nullptr;
  double from_invert = 0, to_invert = 0;  // of the conduit's ends [m]
  double length = 0;                      // [m]
  double friction = 0;                    // g n2
  // Local loss coefficients / (2 x length) [1/m]: at the velocity of each end, and in the middle.
  double from_loss = 0, to_loss = 0, loss = 0;
  double uniform = 0;  // sqrt(slope) / n: uniform discharge per section factor; 0 if level
  double barrels = 1;
  // What an end stores above `roof_depth` grows by `roof_width` up to these heads, whatever the section
  // (below).
  double roof_depth = 0, roof_width = 0;        // [m]
  double from_stores_to = 0, to_stores_to = 0;  // [m]
  double from_fade = 0, to_fade = 0;            // height over which the width fades above them [m]
  double max_flow = kUnlimited;                 // of one barrel [m3/s]
  double force_main_c = 0;  // Hazen-Williams C, or roughness height [m]; 0 = Manning when full, too
  bool force_main_is_darcy = false;
  bool from_falls = false, to_falls = false;  // the end is above its node's invert, or a free outfall
  bool flap_gate = false;
  NormalFlowLimit normal_limit = NormalFlowLimit::both;
  InertialDamping damping = InertialDamping::partial;
  bool outfall_end = false;  // the Froude criterion of the limit does not apply
};

struct ConduitState {
  double flow = 0;         // of one barrel, of the trial before [m3/s]
  double old_flow = 0;     // at the start of the step
  double old_area = 0;     // in the middle, at the start of the step [m2]
  double middle_area = 0;  // in this trial
  // What the conduit stores per length at its ends under the nodes' heads, and its derivative by the head.
  double from_area = 0, to_area = 0;    // [m2]
  double from_width = 0, to_width = 0;  // [m]
  double froude = 0;
  bool sleeps = false;                    // dry at both ends and still when last evaluated
  bool driven = false, jet_over = false;  // a jet, in the last trial; one that ended in this step
  bool normal_limited = false;            // in a trial of this step
  double falling_depth = 0;               // at the end that the flow falls out of [m]
  double old_falling_depth = 0;           // at the start of the step
  // How far each end is drowned by its node, 0 to 1. The half of the conduit at an end that falls freely is
  // filled from the other end's node, not from its own.
  double from_share = 1, to_share = 1;
  // Lengths of conduit that the two nodes fill, over its length.
  [[nodiscard]] double from_fill() const { return 0.5 * (from_share + 1 - to_share); }
  [[nodiscard]] double to_fill() const { return 0.5 * (to_share + 1 - from_share); }
};

// Evaluates the conduit at these heads: fills the state's areas and returns the flow of one barrel over the
// next dt as a tangent at the heads.
[[nodiscard]] LinearFlow conduit_flow(const ConduitProperties& conduit, ConduitState& state, double from_head,
                                      double to_head, double dt);

}  // namespace citytwin::drainage
