#include "engine/domains/surface_water/faces.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace citytwin::surface_water;

namespace {
constexpr double kNone = -1e30;
using Side = FaceSide<double>;
}  // namespace

TEST_CASE("still water at equal levels gives no mass and no net push, over any ground") {
  for (const double step : {0.0, 0.3, -0.7, 5.0, -5.0}) {
    const double level = 301.25;
    const Side l{1.25, 300, 0, 0};
    const double z = 300 + step;
    const Side r{std::fmax(0.0, level - z), z, 0, 0};
    const auto f = face_flux(l, r, kNone);
    CAPTURE(step);
    CHECK(f.mass == 0);
    CHECK(f.left == 0);
    CHECK(f.right == 0);
    CHECK(f.tangential == 0);
  }
}

TEST_CASE("the mirrored face has the mirrored flux, bit by bit") {
  const Side l{1.3, 2.0, 0.7, -0.2};
  const Side r{0.4, 2.5, -0.3, 0.9};
  const auto f = face_flux(l, r, kNone);
  const auto m = face_flux(Side{r.h, r.z, -r.un, r.ut}, Side{l.h, l.z, -l.un, l.ut}, kNone);
  CHECK(m.mass == -f.mass);
  CHECK(m.left == f.right);
  CHECK(m.right == f.left);
  CHECK(m.tangential == -f.tangential);
}

TEST_CASE("fast flow takes the upstream flux") {
  const Side l{1.0, 0, 12, 3};
  const Side r{0.5, 0, 11, -4};
  const auto f = face_flux(l, r, kNone);
  CHECK(f.mass == doctest::Approx(12.0));
  CHECK(f.left == doctest::Approx(144.0));
  CHECK(f.tangential == doctest::Approx(36.0));
}

TEST_CASE("water below a crest does not pass, water above it does") {
  const Side l{1.0, 0, 0.5, 0};
  const Side r{0.0, 0, 0, 0};
  CHECK(face_flux(l, r, 1.2).mass == 0);
  CHECK(face_flux(l, r, 0.8).mass > 0);
  CHECK(face_flux(l, r, 0.8).mass < face_flux(l, r, kNone).mass);
}

TEST_CASE("a film on a slope feels its whole weight, whatever the step of the ground") {
  // Momentum that a face below gives the cell above it: g h dz for a dry cell far below.
  const double h = 0.01;
  const auto f = face_flux(Side{h, 3.0, 0, 0}, Side{0, 0.0, 0, 0}, kNone);
  const auto flat = face_flux(Side{h, 0.0, 0, 0}, Side{0, 0.0, 0, 0}, kNone);
  CHECK(f.left - flat.left == doctest::Approx(-9.81 * h * 3.0));
}

TEST_CASE("h^(-4/3) to 1e-8 from a film to an ocean") {
  for (double h = 1e-9; h < 1e5; h *= 1.37)
    CHECK(power_minus_four_thirds(h) == doctest::Approx(std::pow(h, -4.0 / 3.0)).epsilon(1e-8));
}
