#include "engine/drainage/infiltration.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;

Infiltration soil_of(InfiltrationModel model) {
  Infiltration soil;
  soil.model = model;
  soil.max_rate = 75 * kMmPerHour;
  soil.min_rate = 10 * kMmPerHour;
  soil.decay = 4.0 / 3600;
  soil.drying_time = 5 * 86400.0;
  soil.suction = 0.11;
  soil.conductivity = 10 * kMmPerHour;
  soil.initial_deficit = 0.25;
  soil.curve_number = 80;
  return soil;
}

constexpr InfiltrationModel kModels[] = {InfiltrationModel::none,
                                         InfiltrationModel::horton,
                                         InfiltrationModel::modified_horton,
                                         InfiltrationModel::green_ampt,
                                         InfiltrationModel::modified_green_ampt,
                                         InfiltrationModel::curve_number};

// A storm, a lull and another storm on ground that keeps what it did not take; total taken [m].
double taken_in_storm(const Infiltration& soil, double intensity, double dt) {
  SoilState state = start_soil(soil);
  double depth = 0;
  double taken = 0;
  for (double t = 0; t < 4 * 3600; t += dt) {
    const double rain = t < 3600 || t >= 3 * 3600 ? intensity : 0;
    const double rate = infiltrate(soil, state, dt, rain, 0, depth);
    CHECK(rate >= 0);
    CHECK(rate * dt <= rain * dt + depth + 1e-15);
    depth = std::fmin(0.005, std::fmax(0.0, depth + (rain - rate) * dt));
    taken += rate * dt;
  }
  return taken;
}

}  // namespace

TEST_CASE("no soil takes more than there is, and none gives back") {
  for (const InfiltrationModel model : kModels)
    for (const double intensity : {0.0, 1 * kMmPerHour, 20 * kMmPerHour, 200 * kMmPerHour})
      for (const double dt : {1.0, 60.0, 600.0}) taken_in_storm(soil_of(model), intensity, dt);
}

TEST_CASE("more rain is never less infiltration") {
  for (const InfiltrationModel model : kModels) {
    double before = 0;
    for (double intensity = 0; intensity < 150; intensity += 7.5) {
      const double taken = taken_in_storm(soil_of(model), intensity * kMmPerHour, 60);
      CHECK(taken >= before - 1e-5);
      before = taken;
    }
  }
}

TEST_CASE("results do not hang on the time step") {
  for (const InfiltrationModel model : kModels) {
    const double fine = taken_in_storm(soil_of(model), 60 * kMmPerHour, 5);
    const double coarse = taken_in_storm(soil_of(model), 60 * kMmPerHour, 60);
    CHECK(coarse == doctest::Approx(fine).epsilon(0.02));
  }
}

TEST_CASE("light rain goes in whole, and dry soil recovers") {
  for (const InfiltrationModel model : kModels) {
    if (model == InfiltrationModel::none || model == InfiltrationModel::curve_number) continue;
    const Infiltration soil = soil_of(model);
    SoilState state = start_soil(soil);
    CHECK(infiltrate(soil, state, 300, 5 * kMmPerHour, 0, 0) == doctest::Approx(5 * kMmPerHour));
    state = start_soil(soil);
    const double first = infiltrate(soil, state, 600, 0, 0, 1.0);
    for (int k = 0; k < 12; ++k) infiltrate(soil, state, 600, 0, 0, 1.0);
    const double tired = infiltrate(soil, state, 600, 0, 0, 1.0);
    CHECK(tired < 0.5 * first);
    for (int k = 0; k < 24 * 30; ++k) CHECK(infiltrate(soil, state, 3600, 0, 0, 0) == 0);
    CHECK(infiltrate(soil, state, 600, 0, 0, 1.0) == doctest::Approx(first).epsilon(0.01));
  }
}

TEST_CASE("a largest volume ends infiltration, and runon counts as water") {
  for (const InfiltrationModel model : {InfiltrationModel::horton, InfiltrationModel::modified_horton}) {
    Infiltration soil = soil_of(model);
    soil.max_volume = 0.012;
    SoilState state = start_soil(soil);
    double taken = 0;
    for (int k = 0; k < 100; ++k) taken += 60 * infiltrate(soil, state, 60, 0, 50 * kMmPerHour, 0.01);
    CHECK(taken == doctest::Approx(0.012));
    CHECK(infiltrate(soil, state, 60, 50 * kMmPerHour, 0, 0) == 0);
  }
}

TEST_CASE("what a soil takes in the long run") {
  CHECK(lowest_rate(soil_of(InfiltrationModel::horton)) == doctest::Approx(10 * kMmPerHour));
  CHECK(lowest_rate(soil_of(InfiltrationModel::green_ampt)) == doctest::Approx(10 * kMmPerHour));
  CHECK(lowest_rate(soil_of(InfiltrationModel::curve_number)) == 0);
  CHECK(infiltrate(Infiltration{}, *std::make_unique<SoilState>(), 60, 1, 1, 1) == 0);
}
