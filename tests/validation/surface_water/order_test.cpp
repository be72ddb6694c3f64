// Observed order of convergence on smooth flow: a long wave of finite height that runs one way over level
// ground without friction. Along its characteristics u + c is constant (a simple wave: Stoker 1957, chapter
// 10), so the exact depth is found by solving x = x0 + (u + c)(x0) t for x0; no shock forms before the end.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr double kG = 9.81, kDepth = 1, kHeight = 0.1, kWidth = 12, kLength = 200, kStart = 60, kEnd = 15;

double start_depth(double x) {
  return kDepth + kHeight * std::exp(-(x - kStart) * (x - kStart) / (kWidth * kWidth));
}
// In a wave that runs east into water at rest u - 2c keeps the value that it has there.
double speed_of(double h) { return 2 * (std::sqrt(kG * h) - std::sqrt(kG * kDepth)); }

double exact_depth(double x, double t) {
  const auto arrives = [&](double x0) {
    return x0 + (speed_of(start_depth(x0)) + std::sqrt(kG * start_depth(x0))) * t;
  };
  double west = x - 10 * t - kWidth;
  double east = x;
  for (int k = 0; k < 200; ++k) {
    const double middle = 0.5 * (west + east);
    (arrives(middle) > x ? east : west) = middle;
  }
  return start_depth(0.5 * (west + east));
}

// Mean over the cells of width dx around x, so that only the scheme's own error is seen.
double cell_mean(double x, double dx, double t) {
  const double half = 0.5 * dx * std::sqrt(0.6);  // Gauss, three points
  return (5 * exact_depth(x - half, t) + 8 * exact_depth(x, t) + 5 * exact_depth(x + half, t)) / 18;
}

double error_with(const char* scheme, int n) {
  const double dx = kLength / n;
  FloodCase c = plain_case(n, 3, dx);
  c.depth = [=](double x, double) { return cell_mean(x, dx, 0); };
  c.velocity_east = [](double x, double) { return speed_of(start_depth(x)); };
  c.parameters.set("scheme", std::string(scheme));
  c.beat = SimTime::from_seconds(kEnd);
  FloodRun run(c);
  run.run_until(kEnd);
  double error = 0;
  for (int i = 0; i < n; ++i) error += std::abs(run.h(i, 1) - cell_mean((i + 0.5) * dx, dx, kEnd)) * dx;
  return error;
}

double order_of(const char* scheme, int coarse) {
  const double a = error_with(scheme, coarse);
  const double b = error_with(scheme, 2 * coarse);
  MESSAGE(std::string(scheme), ", simple wave, ", coarse, " and ", 2 * coarse, " cells: L1(h) ", a, " and ",
          b, " m2, order ", std::log2(a / b));
  return std::log2(a / b);
}

}  // namespace

TEST_CASE("order of convergence on a simple wave: at least 0.9 in first order, 1.8 in second") {
  CHECK(order_of("first_order", 1600) >= 0.9);
  CHECK(order_of("second_order", 400) >= 1.8);
}
