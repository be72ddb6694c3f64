#include "engine/numerics/series.hpp"

#include <doctest/doctest.h>

#include "engine/numerics/curve.hpp"

using namespace citytwin;

namespace {
// Midpoint rule on steps far finer than the samples: independent of how integral() walks.
double numeric_integral(const Series& series, double t0, double t1) {
  const int steps = 400'000;
  const double dt = (t1 - t0) / steps;
  double total = 0;
  for (int i = 0; i < steps; ++i) total += series.at(t0 + (i + 0.5) * dt) * dt;
  return total;
}
}  // namespace

TEST_CASE("a step series holds its value, is zero before, and goes on after") {
  const Series rain{{0, 600, 1200}, {10, 30, 0}, Series::Between::step};
  CHECK(rain.at(-1) == 0);
  CHECK(rain.at(0) == 10);
  CHECK(rain.at(599.999) == 10);
  CHECK(rain.at(600) == 30);
  CHECK(rain.at(1e6) == 0);
  CHECK(rain.integral(-100, 2000) == 10 * 600 + 30 * 600);
  CHECK(rain.integral(300, 900) == 10 * 300 + 30 * 300);
}

TEST_CASE("a linear series interpolates and holds its ends") {
  const Series level{{10, 20, 40}, {1, 3, -1}, Series::Between::linear};
  CHECK(level.at(0) == 1);
  CHECK(level.at(15) == 2);
  CHECK(level.at(20) == 3);
  CHECK(level.at(30) == 1);
  CHECK(level.at(99) == -1);
  CHECK(level.integral(10, 20) == doctest::Approx(20));
  CHECK(level.integral(0, 50) == doctest::Approx(10 + 20 + 20 - 10));
}

TEST_CASE("the integral agrees with a fine sum, and adds up over cuts") {
  for (const auto between : {Series::Between::step, Series::Between::linear}) {
    const Series series{{0, 7, 11, 30, 31}, {2, -1, 4, 4, 0.5}, between};
    for (double t0 : {-5.0, 0.0, 3.3, 11.0, 29.0})
      for (double t1 : {3.4, 11.0, 30.5, 45.0}) {
        if (t1 <= t0) continue;
        CHECK(series.integral(t0, t1) == doctest::Approx(numeric_integral(series, t0, t1)).epsilon(1e-4));
        const double cut = t0 + 0.37 * (t1 - t0);
        CHECK(series.integral(t0, cut) + series.integral(cut, t1) ==
              doctest::Approx(series.integral(t0, t1)).epsilon(1e-12));
      }
  }
}

TEST_CASE("an empty or backwards integral is nothing") {
  CHECK(Series{}.integral(0, 10) == 0);
  CHECK(Series{}.at(5) == 0);
  CHECK(Series{{0}, {1}, Series::Between::linear}.integral(5, 5) == 0);
  CHECK(Series{{0}, {1}, Series::Between::linear}.integral(6, 5) == 0);
}

TEST_CASE("a curve interpolates between its points and is flat beyond them") {
  const Curve damage{{0, 0.5, 2}, {0, 0.25, 1}};
  CHECK(damage.at(-1) == 0);
  CHECK(damage.at(0) == 0);
  CHECK(damage.at(0.25) == 0.125);
  CHECK(damage.at(0.5) == 0.25);
  CHECK(damage.at(1.25) == doctest::Approx(0.625));
  CHECK(damage.at(2) == 1);
  CHECK(damage.at(50) == 1);
  CHECK(Curve{}.at(3) == 0);
  Curve one;
  one.x.push_back(1);
  one.y.push_back(7);
  CHECK(one.at(0) == 7);
  CHECK(one.at(2) == 7);
}
