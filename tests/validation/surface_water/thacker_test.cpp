// Thacker 1981: water sloshing in a paraboloid without friction, wet and dry, exact for all time. Radial case
// of SWASHES (Delestre et al. 2013): a 1, h0 0.1, r0 0.8, on 4 m x 4 m.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr double kG = 9.81, kA = 1, kH0 = 0.1, kR0 = 0.8, kL = 4;
const double kOmega = std::sqrt(8 * kG * kH0) / kA;
constexpr double kBigA = (kA * kA - kR0 * kR0) / (kA * kA + kR0 * kR0);

double bowl(double x, double y) {
  const double r2 = (x - kL / 2) * (x - kL / 2) + (y - kL / 2) * (y - kL / 2);
  return -kH0 * (1 - r2 / (kA * kA));
}

double exact_depth(double x, double y, double t) {
  const double r2 = (x - kL / 2) * (x - kL / 2) + (y - kL / 2) * (y - kL / 2);
  const double d = 1 - kBigA * std::cos(kOmega * t);
  const double q = 1 - kBigA * kBigA;
  const double eta = kH0 * (std::sqrt(q) / d - 1 - r2 / (kA * kA) * (q / (d * d) - 1));
  return std::max(0.0, eta - bowl(x, y));
}

// Relative L1 error of the depth after three periods.
double error_on(int n, const char* scheme) {
  const double period = 2 * M_PI / kOmega;
  FloodCase c = plain_case(n, n, kL / n);
  c.ground = bowl;
  c.depth = [](double x, double y) { return exact_depth(x, y, 0); };
  c.parameters.set("dry_m", 1e-8);
  c.parameters.set("scheme", std::string(scheme));
  // Its symmetry is looked at to the last digits, and the tiles are not symmetric.
  c.parameters.set("local_time_steps", false);
  const SimTime end = SimTime::from_seconds(3 * period);
  c.beat = end;
  FloodRun run(c);
  run.run_until(end.seconds());
  double error = 0;
  double total = 0;
  double lopsided = 0;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const Point2 p = c.grid.centre(i, j);
      const double exact = exact_depth(p.x, p.y, end.seconds());
      error += std::abs(run.h(i, j) - exact);
      total += exact;
      lopsided = std::max(
          {lopsided, std::abs(run.h(i, j) - run.h(n - 1 - i, j)), std::abs(run.h(i, j) - run.h(j, i))});
    }
  CHECK(lopsided < 1e-10);
  CHECK(run.mass_error() < 1e-12);
  CHECK(run.min_depth() >= 0);
  CHECK(run.balance().parts.back().in == 0);  // nothing was clipped
  MESSAGE("Thacker, ", std::string(scheme), ", ", n, " x ", n, ": L1(h) = ", error / total * 100, " % after ",
          run.solver().sub_steps(), " steps");
  return error / total;
}

}  // namespace

TEST_CASE("Thacker's radial slosh: at most 15 % at 200 x 200 after three periods, and it converges") {
  const double coarse = error_on(200, "first_order");
  CHECK(coarse <= 0.15);
  const double fine = error_on(400, "first_order");
  MESSAGE("error ratio 200 -> 400: ", coarse / fine);
  CHECK(coarse / fine >= 1.7);
}

namespace {

// Thacker's planar slosh (SWASHES: eta 0.5): a plane surface that turns around the middle of the same bowl,
// the water moving as one; relative L1 error of the depth after three periods.
double planar_error(int n) {
  const double omega = std::sqrt(2 * kG * kH0) / kA;
  constexpr double kEta = 0.5;
  const auto depth = [=](double x, double y, double t) {
    const double level =
        kEta * kH0 / (kA * kA) *
        (2 * (x - kL / 2) * std::cos(omega * t) + 2 * (y - kL / 2) * std::sin(omega * t) - kEta);
    return std::max(0.0, level - bowl(x, y));
  };
  const double end = 3 * 2 * M_PI / omega;
  FloodCase c = plain_case(n, n, kL / n);
  c.ground = bowl;
  c.depth = [=](double x, double y) { return depth(x, y, 0); };
  c.velocity_north = [=](double x, double y) { return depth(x, y, 0) > 0 ? kEta * omega : 0.0; };
  c.parameters.set("dry_m", 1e-8);
  c.parameters.set("scheme", std::string("second_order"));
  const SimTime last = SimTime::from_seconds(end);
  c.beat = last;
  FloodRun run(c);
  run.run_until(last.seconds());
  double error = 0;
  double total = 0;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const Point2 p = c.grid.centre(i, j);
      const double exact = depth(p.x, p.y, last.seconds());
      error += std::abs(run.h(i, j) - exact);
      total += exact;
    }
  CHECK(run.mass_error() < 1e-12);
  CHECK(run.min_depth() >= 0);
  MESSAGE("Thacker planar, second order, ", n, " x ", n, ": L1(h) = ", error / total * 100, " % after ",
          run.solver().sub_steps(), " steps");
  return error / total;
}

}  // namespace

TEST_CASE("Thacker's planar slosh in second order: at most 2 % at 200 x 200 after three periods") {
  CHECK(planar_error(200) <= 0.02);
}

TEST_CASE("Thacker's radial slosh in second order: at most 2 % at 200 x 200 after three periods") {
  CHECK(error_on(200, "second_order") <= 0.02);
}
