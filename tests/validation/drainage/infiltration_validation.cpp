// Infiltration against closed forms: Horton's integral, Green and Ampt's implicit solution with Mein and
// Larson's ponding time, and the runoff equation of NRCS TR-55.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "engine/drainage/green_ampt.hpp"
#include "engine/drainage/infiltration.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kCmPerHour = 0.01 / 3600;
constexpr double kInch = 0.0254;

// Rain of constant intensity; what stands runs off at once. Total infiltrated [m].
double taken(const Infiltration& soil, double rain, double duration, double dt) {
  SoilState state = start_soil(soil);
  double total = 0;
  for (double t = 0; t < duration - 0.5 * dt; t += dt) total += dt * infiltrate(soil, state, dt, rain, 0, 0);
  return total;
}

Infiltration silt_loam() {
  Infiltration soil;
  soil.model = InfiltrationModel::green_ampt;
  soil.conductivity = 0.65 * kCmPerHour;  // Rawls, Brakensiek and Miller 1983
  soil.suction = 0.1668;
  soil.initial_deficit = 0.340;
  return soil;
}

}  // namespace

TEST_CASE("Horton: standing water infiltrates as the integral of the curve") {
  Infiltration soil;
  soil.model = InfiltrationModel::horton;
  soil.max_rate = 7.5 * kCmPerHour;
  soil.min_rate = 1 * kCmPerHour;
  soil.decay = 4.14 / 3600;
  soil.drying_time = 7 * 86400;
  for (const double hours : {0.25, 1.0, 3.0}) {
    const double t = hours * 3600;
    const double exact =
        soil.min_rate * t + (soil.max_rate - soil.min_rate) / soil.decay * (1 - std::exp(-soil.decay * t));
    CHECK(taken(soil, 30 * kCmPerHour, t, 60) == doctest::Approx(exact).epsilon(1e-10));
  }
}

// Below capacity the curve is entered at the time at which as much would have infiltrated (Green 1986).
TEST_CASE("Horton: after light rain the capacity is that of the equivalent time") {
  Infiltration soil;
  soil.model = InfiltrationModel::horton;
  soil.max_rate = 7.5 * kCmPerHour;
  soil.min_rate = 1 * kCmPerHour;
  soil.decay = 4.14 / 3600;
  SoilState state = start_soil(soil);
  for (int k = 0; k < 60; ++k) infiltrate(soil, state, 30, 2 * kCmPerHour, 0, 0);
  const auto volume = [&](double t) {
    return soil.min_rate * t + (soil.max_rate - soil.min_rate) / soil.decay * (1 - std::exp(-soil.decay * t));
  };
  CHECK(volume(state.time) == doctest::Approx(0.01).epsilon(1e-9));  // 2 cm/h x 0.5 h
  // SWMM's step at capacity: the mean over it.
  const double expected = (volume(state.time + 30) - volume(state.time)) / 30;
  CHECK(infiltrate(soil, state, 30, 30 * kCmPerHour, 0, 0) == doctest::Approx(expected).epsilon(1e-9));
}

TEST_CASE("Green-Ampt: standing water from the start follows the implicit solution") {
  const Infiltration soil = silt_loam();
  const double c = soil.suction * soil.initial_deficit;
  for (const double hours : {0.05, 0.5, 1.0, 4.0, 24.0}) {
    const double t = hours * 3600;
    const double volume = green_ampt_volume(0, c, soil.conductivity, t);
    CHECK(volume - c * std::log(1 + volume / c) == doctest::Approx(soil.conductivity * t).epsilon(1e-11));
    double stepped = 0;
    for (int k = 0; k < 100; ++k) stepped = green_ampt_volume(stepped, c, soil.conductivity, t / 100);
    CHECK(stepped == doctest::Approx(volume).epsilon(1e-11));
  }
}

// Silt loam at 30 % effective saturation: 1 h of ponding takes 3.17 cm, and rain of 5 cm/h ponds after 0.17 h
// and 0.85 cm (Chow, Maidment and Mays 1988, "Applied Hydrology", examples 4.3.1 and 4.4.1).
TEST_CASE("Green-Ampt: the text book's silt loam") {
  const Infiltration soil = silt_loam();
  const double c = soil.suction * soil.initial_deficit;
  CHECK(green_ampt_volume(0, c, soil.conductivity, 3600) == doctest::Approx(0.0317).epsilon(0.002));
  const double rain = 5 * kCmPerHour;
  const double ponding_volume = soil.conductivity * c / (rain - soil.conductivity);
  CHECK(ponding_volume == doctest::Approx(0.0085).epsilon(0.01));
  const double ponding_time = ponding_volume / rain;
  CHECK(ponding_time == doctest::Approx(0.17 * 3600).epsilon(0.01));
  for (const double dt : {1.0, 10.0, 60.0, 300.0}) {
    CHECK(taken(soil, rain, 600, dt) == doctest::Approx(rain * 600).epsilon(1e-9));
    const double exact = green_ampt_volume(ponding_volume, c, soil.conductivity, 3600 - ponding_time);
    CHECK(taken(soil, rain, 3600, dt) == doctest::Approx(exact).epsilon(1e-9));
  }
  // Example 4.4.1 (5.4.1 in later notes): 3.02 cm after one hour.
  CHECK(taken(soil, rain, 3600, 60) == doctest::Approx(0.0302).epsilon(0.005));
}

// With the initial abstraction 0.2 S as depression storage before it, Q = (P - 0.2 S)^2 / (P + 0.8 S).
TEST_CASE("curve number: runoff of NRCS TR-55") {
  for (const double number : {60.0, 75.0, 90.0, 98.0})
    for (const double inches : {1.0, 3.0, 6.0}) {
      Infiltration soil;
      soil.model = InfiltrationModel::curve_number;
      soil.curve_number = number;
      soil.drying_time = 5 * 86400;
      const double s = (1000 / number - 10) * kInch;
      const double after_abstraction = inches * kInch - 0.2 * s;
      if (after_abstraction <= 0) continue;
      const double duration = 6 * 3600;
      const double runoff = after_abstraction - taken(soil, after_abstraction / duration, duration, 60);
      const double exact = after_abstraction * after_abstraction / (inches * kInch + 0.8 * s);
      CHECK(runoff == doctest::Approx(exact).epsilon(1e-9));
    }
}
