// Steady flow in long channels: uniform flow, and backwater against the equation of gradually varied flow.
#include <doctest/doctest.h>

#include <cmath>

#include "engine/drainage/gravity.hpp"
#include "tests/validation/drainage/small_networks.hpp"

using namespace citytwin;
using namespace citytwin::drainage;
using namespace citytwin::test;

namespace {

constexpr double kWidth = 4, kSlope = 0.001, kManning = 0.02, kFlow = 6, kReach = 50;
constexpr int kReaches = 60;

Network channel(OutfallKind kind, double stage) {
  Network network;
  for (int k = 0; k < kReaches; ++k) add_node(network, kSlope * kReach * (kReaches - k), 6, 1);
  add_outfall(network, 0, kind, stage);
  for (Index k = 0; k < kReaches; ++k)
    add_conduit(network, k, k + 1, kReach, kManning, Shape::rect_open, 6, kWidth);
  return network;
}

double friction_slope(double depth) {
  const double area = kWidth * depth, radius = area / (kWidth + 2 * depth);
  return std::pow(kManning * kFlow / area, 2) / std::pow(radius, 4.0 / 3);
}

double uniform_depth() {
  double low = 0.01, high = 6;
  for (int k = 0; k < 80; ++k) {
    const double y = 0.5 * (low + high);
    (friction_slope(y) > kSlope ? low : high) = y;
  }
  return low;
}

// d(depth)/dx downstream.
double water_slope(double depth) {
  const double area = kWidth * depth;
  const double froude2 = kFlow * kFlow * kWidth / (kGravity * area * area * area);
  return (kSlope - friction_slope(depth)) / (1 - froude2);
}

// Depths at the manholes, upstream from the outfall's (fourth-order Runge-Kutta).
std::vector<double> backwater(double depth_at_outfall) {
  std::vector<double> depth{depth_at_outfall};
  constexpr int kParts = 20;
  const double h = -kReach / kParts;
  for (int k = 0; k < kReaches; ++k) {
    double y = depth.back();
    for (int p = 0; p < kParts; ++p) {
      const double a = water_slope(y), b = water_slope(y + 0.5 * h * a), c = water_slope(y + 0.5 * h * b),
                   d = water_slope(y + h * c);
      y += h / 6 * (a + 2 * b + 2 * c + d);
    }
    depth.push_back(y);
  }
  return {depth.rbegin(), depth.rend()};
}

DynamicWave steady(const Network& network) {
  DynamicWave wave(network);
  wave.set_inflow(0, kFlow);
  for (double t = 0; t < 12 * 3600; t += 20) (void)wave.step(20);
  return wave;
}

}  // namespace

TEST_CASE("uniform flow in a long channel has Manning's depth") {
  const Network network = channel(OutfallKind::normal, 0);
  const DynamicWave wave = steady(network);
  for (Index k = 0; k < kReaches; ++k) {
    CHECK(wave.depth(k) == doctest::Approx(uniform_depth()).epsilon(0.005));
    CHECK(wave.flow(k) == doctest::Approx(kFlow).epsilon(1e-6));
  }
}

TEST_CASE(
    "backwater above a high tail water (M1) and drawdown to a low one (M2) follow gradually varied flow") {
  for (const double factor : {2.0, 1.4, 0.8}) {
    const double stage = factor * uniform_depth();
    const Network network = channel(OutfallKind::fixed, stage);
    const DynamicWave wave = steady(network);
    const std::vector<double> exact = backwater(stage);
    double worst = 0;
    for (Index k = 0; k < kReaches; ++k)
      worst = std::max(worst, std::abs(wave.depth(k) / exact[static_cast<std::size_t>(k)] - 1));
    MESSAGE("tail water of ", factor, " x uniform depth: depths within ", 100 * worst, " %");
    CHECK(worst < 0.01);
  }
}
