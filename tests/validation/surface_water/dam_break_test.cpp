// Dam breaks with exact solutions: Stoker 1957 (wet bed) and Ritter 1892 (dry bed), set up as in SWASHES
// (Delestre et al. 2013, doi 10.1002/fld.3741). 1000 cells along x, and along y.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr double kG = 9.81, kLength = 10, kDam = 5, kLeft = 0.005, kTime = 6;

// Celerity of the plateau between rarefaction and shock (Stoker): root of the shock relations, by bisection.
double stoker_celerity(double left, double right) {
  const double cl = std::sqrt(kG * left);
  const double cr = std::sqrt(kG * right);
  const auto f = [&](double cm) {
    const double hm = cm * cm / kG;
    return 2 * (cl - cm) - (hm - right) * std::sqrt(0.5 * kG * (hm + right) / (hm * right));
  };
  double lo = cr;
  double hi = cl;
  for (int k = 0; k < 200; ++k) (f(0.5 * (lo + hi)) > 0 ? lo : hi) = 0.5 * (lo + hi);
  return 0.5 * (lo + hi);
}

double exact_depth(double x, double right) {
  const double cl = std::sqrt(kG * kLeft);
  const double xi = (x - kDam) / kTime;
  const double fan = (2 * cl - xi) * (2 * cl - xi) / (9 * kG);
  if (xi <= -cl) return kLeft;
  if (right <= 0) return xi < 2 * cl ? fan : 0;
  const double cm = stoker_celerity(kLeft, right);
  const double hm = cm * cm / kG;
  const double um = 2 * (cl - cm);
  if (xi < um - cm) return fan;
  return xi < hm * um / (hm - right) ? hm : right;
}

double relative_l1(const char* scheme, bool along_x, double right, double& lowest) {
  const double dx = kLength / 1000;
  FloodCase c = along_x ? plain_case(1000, 3, dx) : plain_case(3, 1000, dx);
  c.depth = [&](double x, double y) { return (along_x ? x : y) < kDam ? kLeft : right; };
  c.beat = SimTime::from_seconds(kTime);
  c.parameters.set("dry_m", 1e-9);
  c.parameters.set("scheme", std::string(scheme));
  FloodRun run(c);
  run.run_until(kTime);
  double error = 0;
  double total = 0;
  for (int k = 0; k < 1000; ++k) {
    const double exact = exact_depth((k + 0.5) * dx, right);
    error += std::abs((along_x ? run.h(k, 1) : run.h(1, k)) - exact);
    total += exact;
  }
  lowest = run.min_depth();
  CHECK(run.mass_error() < 1e-12);
  return error / total;
}

}  // namespace

TEST_CASE("Stoker's dam break onto water: L1 of depth at most 1 % at 1000 cells") {
  for (const bool along_x : {true, false}) {
    double lowest = 0;
    const double error = relative_l1("first_order", along_x, 0.001, lowest);
    MESSAGE("Stoker L1(h) = ", error * 100, " %");
    CHECK(error <= 0.01);
    CHECK(lowest > 0);
  }
}

TEST_CASE("Ritter's dam break onto dry ground: L1 of depth at most 1.5 % at 1000 cells") {
  for (const bool along_x : {true, false}) {
    double lowest = 0;
    const double error = relative_l1("first_order", along_x, 0, lowest);
    MESSAGE("Ritter L1(h) = ", error * 100, " %");
    CHECK(error <= 0.015);
    CHECK(lowest >= 0);
  }
}

TEST_CASE("second order: Stoker at most 0.3 %, Ritter at most 1.5 % at 1000 cells") {
  for (const bool along_x : {true, false}) {
    double lowest = 0;
    const double stoker = relative_l1("second_order", along_x, 0.001, lowest);
    const double ritter = relative_l1("second_order", along_x, 0, lowest);
    MESSAGE("second order: Stoker L1(h) = ", stoker * 100, " %, Ritter ", ritter * 100, " %");
    CHECK(stoker <= 0.003);
    CHECK(ritter <= 0.015);
    CHECK(lowest >= 0);
  }
}
