#include "engine/drainage/infiltration.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drainage/green_ampt.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kNothing = 3e-11;  // [m/s] below which nothing arrives: SWMM's 1e-10 ft/s
// Least depth that stands: a curve number goes on taking water after the rain (SWMM: 1.67e-4 ft) [m].
constexpr double kStands = 5.08e-5;
constexpr double kMemory = 60;  // [s]

// Drying time is that to 98 % dry along an exponential curve.
double drying_rate(const Infiltration& soil) {
  return soil.drying_time > 0 ? -std::log(0.02) / soil.drying_time : HUGE_VAL;
}

bool constant_rate(const Infiltration& soil) { return soil.max_rate <= soil.min_rate || soil.decay <= 0; }

// Infiltrated since time 0 if water always stood: the integral of Horton's curve [m].
double horton_volume(const Infiltration& soil, double t) {
  return soil.min_rate * t - (soil.max_rate - soil.min_rate) / soil.decay * std::expm1(-soil.decay * t);
}

// Time on the curve at which `volume` has infiltrated; it lies between `from` and `to`. Newton, kept in the
// bracket.
double horton_time(const Infiltration& soil, double volume, double from, double to) {
  double t = (from + to) / 2;
  for (int i = 0; i < 60 && to - from > 1e-12 * to; ++i) {
    const double excess = horton_volume(soil, t) - volume;
    (excess > 0 ? to : from) = t;
    const double rate = soil.min_rate + (soil.max_rate - soil.min_rate) * std::exp(-soil.decay * t);
    const double next = t - excess / rate;
    if (std::abs(next - t) <= 1e-13 * t) return std::clamp(next, from, to);
    t = next > from && next < to ? next : (from + to) / 2;
  }
  return t;
}

void dry_horton(const Infiltration& soil, SoilState& state, double dt) {
  if (state.time <= 0) return;
  const double left = std::exp(-drying_rate(soil) * dt);
  const double back = -std::log1p(left * std::expm1(-soil.decay * state.time)) / soil.decay;
  state.time = std::min(state.time, back);
  if (soil.max_volume > 0) state.infiltrated = horton_volume(soil, state.time);
}

double horton(const Infiltration& soil, SoilState& state, double dt, double arriving) {
  if (constant_rate(soil)) return std::min(soil.max_rate, arriving);
  if (arriving <= kNothing) {
    dry_horton(soil, state, dt);
    return 0;
  }
  const double before = horton_volume(soil, state.time);
  const double after = state.time + dt;
  double taken = horton_volume(soil, after) - before;
  if (taken <= arriving * dt) {
    state.time = after;
  } else {
    taken = arriving * dt;
    state.time = horton_time(soil, before + taken, state.time, after);
  }
  if (soil.max_volume > 0) {
    taken = std::clamp(soil.max_volume - state.infiltrated, 0.0, taken);
    state.infiltrated += taken;
  }
  return taken / dt;
}

// The capacity falls with what was taken above the lowest rate (Akan 1992), not with time. At capacity
// d(stored)/dt = max_rate - decay stored - min_rate.
double modified_horton(const Infiltration& soil, SoilState& state, double dt, double arriving) {
  if (constant_rate(soil)) return std::min(soil.max_rate, arriving);
  if (arriving <= kNothing) {
    const double left = std::exp(-drying_rate(soil) * dt);
    state.stored *= left;
    state.infiltrated *= left;
    return 0;
  }
  const double above = std::max(0.0, soil.max_rate - soil.min_rate - soil.decay * state.stored);
  const double capacity = soil.min_rate * dt - above / soil.decay * std::expm1(-soil.decay * dt);
  double taken = std::min(capacity, arriving * dt);
  if (soil.max_volume > 0) {
    taken = std::clamp(soil.max_volume - state.infiltrated, 0.0, taken);
    state.infiltrated += taken;
  }
  state.stored += std::max(0.0, taken - soil.min_rate * dt);
  return taken / dt;
}

double retention(const Infiltration& soil) {
  return (1000.0 / std::clamp(soil.curve_number, 10.0, 99.0) - 10.0) * 0.0254;
}

// NRCS without its initial abstraction, which is depression storage here: F = P - P^2 / (P + S). Rain makes
// an event; water that stands or runs on without rain is taken at the event's last rate. (SWMM lets scarcity
// of water lower that rate for good, which makes it a matter of the time step.)
double curve_number(const Infiltration& soil, SoilState& state, double dt, double rain, double standing) {
  const double recovery = soil.drying_time > 0 ? 1 / soil.drying_time : 0;
  double rate = 0;
  if (rain > kNothing) {
    if (recovery > 0 && state.time >= 0.06 / recovery) {
      state.stored = state.infiltrated = state.rate = 0;
      state.event_room = state.room;
    }
    state.time = 0;
    state.stored += rain * dt;
    const double dry_share = state.event_room / (state.stored + state.event_room);
    const double infiltrated = state.stored * dry_share;
    // dF/dt; forgotten within a minute only, so that the last, part-wet step of a storm does not set it.
    const double now = rain * dry_share * dry_share;
    state.rate = std::max(now, state.rate + (now - state.rate) * -std::expm1(-dt / kMemory));
    rate = state.room > 0 ? std::max(0.0, (infiltrated - state.infiltrated) / dt) : 0;
  } else if (standing > kStands && state.room > 0) {
    rate = std::min(state.rate, state.room / dt);
  } else {
    state.time += dt;
  }
  if (rate > 0) {
    rate = std::min(rate, rain + standing / dt);
    state.infiltrated += rate * dt;
    if (recovery > 0) state.room = std::max(0.0, state.room - rate * dt);
  } else {
    state.room = std::min(retention(soil), state.room + recovery * retention(soil) * dt);
  }
  return rate;
}

}  // namespace

SoilState start_soil(const Infiltration& soil) {
  SoilState state;
  if (soil.model == InfiltrationModel::green_ampt || soil.model == InfiltrationModel::modified_green_ampt)
    state.room = soil.initial_deficit;
  if (soil.model == InfiltrationModel::curve_number) state.room = state.event_room = retention(soil);
  return state;
}

double infiltrate(const Infiltration& soil, SoilState& state, double dt, double rain, double runon,
                  double depth) {
  const double arriving = std::max(0.0, rain + runon + depth / dt);
  switch (soil.model) {
    case InfiltrationModel::none:
      return 0;
    case InfiltrationModel::horton:
      return horton(soil, state, dt, arriving);
    case InfiltrationModel::modified_horton:
      return modified_horton(soil, state, dt, arriving);
    case InfiltrationModel::green_ampt:
    case InfiltrationModel::modified_green_ampt:
      return green_ampt(soil, state, dt, arriving > kNothing ? arriving : 0, depth);
    case InfiltrationModel::curve_number:
      return curve_number(soil, state, dt, rain, depth + runon * dt);
  }
  return 0;
}

double lowest_rate(const Infiltration& soil) {
  switch (soil.model) {
    case InfiltrationModel::horton:
    case InfiltrationModel::modified_horton:
      return soil.max_volume > 0 ? 0 : constant_rate(soil) ? soil.max_rate : soil.min_rate;
    case InfiltrationModel::green_ampt:
    case InfiltrationModel::modified_green_ampt:
      return soil.conductivity;
    default:
      return 0;
  }
}

}  // namespace citytwin::drainage
