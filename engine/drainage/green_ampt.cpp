#include "engine/drainage/green_ampt.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::drainage {

namespace {

constexpr double kFoot = 0.3048, kInch = 0.0254;

// The upper zone, whose dryness tells how much a new storm finds: 4 sqrt(K) inches for K in inches per hour
// (Mein). It recovers by (depth in feet) / 90000 of its room per second; after 5400 / (depth in feet) seconds
// without rain above K a new event begins.
struct UpperZone {
  double depth;           // [m]
  double room;            // water that it holds when saturated [m]
  double drying;          // [m/s]
  double between_events;  // [s]
};

UpperZone upper_zone(const Infiltration& soil) {
  const double depth = 4 * std::sqrt(soil.conductivity * 3600 / kInch) * kInch;
  const double room = soil.initial_deficit * depth;
  return {depth, room, depth / kFoot / 90000 * room, 5400 * kFoot / depth};
}

void take(SoilState& state, double volume, const UpperZone& zone) {
  state.infiltrated += volume;
  state.stored = std::min(state.stored + volume, zone.room);
}

void begin_event(SoilState& state, const UpperZone& zone) {
  state.room = (zone.room - state.stored) / zone.depth;
  state.infiltrated = 0;
}

void dry(const Infiltration& soil, SoilState& state, double dt, const UpperZone& zone) {
  if (state.stored <= 0) return;
  const double lost = zone.drying * dt;
  state.infiltrated = std::max(0.0, state.infiltrated - lost);
  state.stored -= lost;
  if (state.stored <= 0) {
    state.stored = state.infiltrated = 0;
    state.room = soil.initial_deficit;
  } else if (state.time <= 0) {
    begin_event(state, zone);
  }
}

double saturated(const Infiltration& soil, SoilState& state, double dt, double arriving, double depth,
                 const UpperZone& zone) {
  state.time = zone.between_events;
  double taken =
      green_ampt_volume(state.infiltrated, (soil.suction + depth) * state.room, soil.conductivity, dt) -
      state.infiltrated;
  if (taken > arriving * dt) {
    taken = arriving * dt;
    state.rate = 0;
  }
  take(state, taken, zone);
  return taken / dt;
}

double slow_rain(const Infiltration& soil, SoilState& state, double dt, double arriving,
                 const UpperZone& zone) {
  take(state, arriving * dt, zone);
  if (soil.model == InfiltrationModel::green_ampt && state.time <= 0) begin_event(state, zone);
  return arriving;
}

double unsaturated(const Infiltration& soil, SoilState& state, double dt, double arriving, double depth,
                   const UpperZone& zone) {
  if (arriving <= soil.conductivity) return slow_rain(soil, state, dt, arriving, zone);
  state.time = zone.between_events;
  const double head_deficit = (soil.suction + depth) * state.room;
  // What must have infiltrated for water to stand at this intensity (Mein and Larson 1973).
  const double to_saturate = soil.conductivity * head_deficit / (arriving - soil.conductivity);
  if (state.infiltrated > to_saturate) {
    state.rate = 1;
    return saturated(soil, state, dt, arriving, depth, zone);
  }
  if (state.infiltrated + arriving * dt < to_saturate) {
    take(state, arriving * dt, zone);
    return arriving;
  }
  const double remaining = std::max(0.0, dt - (to_saturate - state.infiltrated) / arriving);
  const double total = std::min(green_ampt_volume(to_saturate, head_deficit, soil.conductivity, remaining),
                                to_saturate + arriving * remaining);
  const double taken = std::min(total - state.infiltrated, arriving * dt);
  take(state, taken, zone);
  state.rate = 1;
  return taken / dt;
}

}  // namespace

double green_ampt_volume(double infiltrated, double head_deficit, double conductivity, double dt) {
  const double conducted = conductivity * dt;
  if (head_deficit <= 0) return infiltrated + conducted;
  // First guess: the rate in the middle of the step, a quadratic that is exact for dry soil and short times.
  const double b = 2 * infiltrated - conducted;
  const double c = 2 * conducted * (infiltrated + head_deficit);
  double taken = (-b + std::sqrt(b * b + 4 * c)) / 2;
  for (int i = 0; i < 40; ++i) {
    const double wetted = infiltrated + head_deficit;
    const double excess = taken - head_deficit * std::log1p(taken / wetted) - conducted;
    const double change = excess * (wetted + taken) / std::max(infiltrated + taken, 1e-300);
    taken -= change;
    if (std::abs(change) <= 1e-7 * taken) break;  // the next would be below rounding: Newton squares it
  }
  return infiltrated + std::max(taken, conducted);
}

double green_ampt(const Infiltration& soil, SoilState& state, double dt, double arriving, double depth) {
  if (soil.conductivity <= 0) return 0;
  const UpperZone zone = upper_zone(soil);
  state.time -= dt;
  if (state.rate > 0) return saturated(soil, state, dt, arriving, depth, zone);
  if (arriving <= 0) {
    dry(soil, state, dt, zone);
    return 0;
  }
  return unsaturated(soil, state, dt, arriving, depth, zone);
}

}  // namespace citytwin::drainage
