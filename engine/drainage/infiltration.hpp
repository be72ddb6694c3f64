// How much water ground takes in a time step, from its parameters (engine/model/infiltration.hpp) and what it
// has taken before. One state per subcatchment or grid cell; no clock, no globals. The models and their
// recovery in dry time are those of EPA SWMM 5.2 (Rossman and Huber 2016, "SWMM Reference Manual Volume I,
// Hydrology", EPA/600/R-15/162A, chapter 4), with these differences, each of which vanishes with the time
// step: equations are solved to rounding (SWMM stops at 3e-6 m), and modified Horton is integrated exactly
// over the step.
#pragma once

#include "engine/model/infiltration.hpp"

namespace citytwin::drainage {

// Plain numbers, so that a grid can keep one per cell and an archive can store them as they are.
struct SoilState {
  // Horton: equivalent time on the curve. Green-Ampt: left until a new event. Curve number: without rain [s].
  double time = 0;
  // Of the event (Horton: with max_volume only, less what has drained) [m].
  double infiltrated = 0;
  // Modified Horton: what was taken above the lowest rate. Green-Ampt: in the upper zone. Curve number: rain
  // of the event [m].
  double stored = 0;
  double room = 0;        // Green-Ampt: moisture deficit of the event [-]. Curve number: what still fits [m].
  double event_room = 0;  // curve number: what fitted when the event began [m]
  double rate = 0;        // curve number: last rate [m/s]. Green-Ampt: 1 = saturated at the surface.
  bool operator==(const SoilState&) const = default;
};

// The state of ground before any rain.
[[nodiscard]] SoilState start_soil(const Infiltration& soil);

// Mean rate [m/s] at which `soil` takes water during the next dt > 0 [s]; 0 <= rate <= rain + runon + depth /
// dt. rain, runon: what arrives during the step [m/s]; depth: what stands there when it begins [m]. With no
// water at all the soil recovers. A model `none` takes nothing.
double infiltrate(const Infiltration& soil, SoilState& state, double dt, double rain, double runon,
                  double depth);

// The least that the soil takes when water always stands on it for long [m/s]; 0 for a curve number.
[[nodiscard]] double lowest_rate(const Infiltration& soil);

}  // namespace citytwin::drainage
