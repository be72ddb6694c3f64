// The exchange of a node with the water on the ground above it, through inlets or a cover.
#pragma once

#include <algorithm>

namespace citytwin::drainage {

// A grate or cover: a weir along its edge until it is drowned, then an orifice (Brown, Schall, Morris et al.
// 2009, FHWA HEC-22, equations 4-26 and 4-27: q = 1.66 P d^1.5 and 0.67 A sqrt(2 g d)); the same for water
// that comes up (checked in the laboratory by Rubinato et al. 2017, doi 10.1016/j.jhydrol.2017.06.024).
struct SurfaceOpening {
  // Constant during a run.
  double cover = 0;         // level of the opening: the ground there [m]
  double lifts_at = 0;      // head at which water comes up: the cover, or above it if it is bolted [m]
  double weir_length = 0;   // P, of all inlets [m]
  double orifice_area = 0;  // A, of all inlets [m2]
  double ground_area = 0;   // plan area of the water above it [m2]
  // A manhole's cover that pressure lifts, beside the inlets: water comes up around it.
  double cover_area = 0;      // of the shaft [m2]; 0: there is none, or it is bolted
  double cover_lifts_at = 0;  // head whose pressure carries the cover [m]
  // Set before each step.
  double depth = 0;       // of that water [m]
  double available = 0;   // of it [m3]
  double open_share = 1;  // of weir_length and orifice_area, the rest is blocked

  // A part of the step is over, in which this much went down, or came up if negative [m3].
  void take(double volume) {
    available = std::max(0.0, available - volume);
    depth = std::max(0.0, depth - volume / ground_area);
  }
};

// Flow into the node [m3/s] at this head, negative when water comes up, as q = base - slope x head. Over the
// step the ground's water sinks or rises by q dt / ground_area, which is solved with the flow, so that no
// step is too long; never more than is available.
struct OpeningFlow {
  double base = 0, slope = 0;
  [[nodiscard]] double at(double head) const { return base - slope * head; }
};
[[nodiscard]] OpeningFlow opening_flow(const SurfaceOpening& opening, double head, double dt);

}  // namespace citytwin::drainage
