// Inlets and covers between a node and the ground.
#include "engine/drainage/surface_opening.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace citytwin::drainage;

namespace {

// A cover at 10 m on a wide plain, so that the ground's water does not move within a step.
SurfaceOpening manhole() {
  SurfaceOpening o;
  o.cover = o.lifts_at = 10;
  o.weir_length = 1.9;
  o.orifice_area = 0.02;
  o.ground_area = 1e9;
  return o;
}

double up(const SurfaceOpening& o, double head) { return -opening_flow(o, head, 1).at(head); }

}  // namespace

TEST_CASE("up through the holes of a cover: 0.67 A sqrt(2 g d)") {
  const SurfaceOpening o = manhole();
  CHECK(up(o, 9.9) == 0);
  CHECK(std::abs(up(o, 11) / (0.67 * 0.02 * std::sqrt(2 * 9.80665)) - 1) < 1e-3);
}

TEST_CASE("a cover that pressure lifts lets a shaft's flow pass at a metre of head, a bolted one does not") {
  SurfaceOpening o = manhole();
  o.cover_area = 0.28;
  o.cover_lifts_at = 10.25;
  CHECK(up(o, 10.2) == up(manhole(), 10.2));
  CHECK(std::abs((up(o, 11.25) - up(manhole(), 11.25)) / (0.67 * 0.28 * std::sqrt(2 * 9.80665)) - 1) < 1e-3);
  double before = 0;
  for (double head = 10; head < 14; head += 0.01) {
    CHECK(up(o, head) >= before);
    before = up(o, head);
  }
  o.cover_lifts_at = 20;
  CHECK(up(o, 14) == up(manhole(), 14));
}

TEST_CASE("blocked inlets do not hold the cover down") {
  SurfaceOpening o = manhole();
  o.cover_area = 0.28;
  o.cover_lifts_at = 10.25;
  o.open_share = 0;
  CHECK(up(o, 10.2) == 0);
  CHECK(up(o, 11.25) > 0.5);
}

TEST_CASE("water that went down in a part of a step is gone from the ground in the next") {
  SurfaceOpening o = manhole();
  o.ground_area = 100;
  o.depth = 0.02;
  o.available = 2;
  o.take(0.5);
  CHECK(o.available == doctest::Approx(1.5));
  CHECK(o.depth == doctest::Approx(0.015));
  o.take(-1);
  CHECK(o.depth == doctest::Approx(0.025));
  o.take(9);
  CHECK(o.available == 0);
  CHECK(o.depth == 0);
}
