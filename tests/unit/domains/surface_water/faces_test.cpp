#include "engine/domains/surface_water/faces.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace citytwin::surface_water;

namespace {
using Side = FaceSide<double>;

FaceGround<double> over(double step, double rounding = 0) { return {step, rounding}; }
FaceGround<double> under_wall(double step, double left, double right) { return {step, 0, left, right}; }
}  // namespace

TEST_CASE("still water at equal levels gives no mass and no net push, over any ground") {
  for (const double step : {0.0, 0.3, -0.7, 5.0, -5.0}) {
    const double level = 301.25;
    const Side l{1.25, 0, 0};
    const double z = 300 + step;
    const Side r{std::fmax(0.0, level - z), 0, 0};
    const auto f = face_flux(l, r, over(z - 300, surface_rounding(l.h, r.h)));
    CAPTURE(step);
    CHECK(f.mass == 0);
    CHECK(f.left == 0);
    CHECK(f.right == 0);
    CHECK(f.tangential == 0);
  }
}

TEST_CASE("the mirrored face has the mirrored flux, bit by bit") {
  for (const double step : {0.5, -0.5, 0.1234567, 3.0}) {
    const Side l{1.3, 0.7, -0.2};
    const Side r{0.4, -0.3, 0.9};
    const auto f = face_flux(l, r, under_wall(step, 0.3, 0.3 - step));
    const auto m =
        face_flux(Side{r.h, -r.un, r.ut}, Side{l.h, -l.un, l.ut}, under_wall(-step, 0.3 - step, 0.3));
    CHECK(m.mass == -f.mass);
    CHECK(m.left == f.right);
    CHECK(m.right == f.left);
    CHECK(m.tangential == -f.tangential);
  }
}

TEST_CASE("fast flow takes the upstream flux") {
  const auto f = face_flux(Side{1.0, 12, 3}, Side{0.5, 11, -4}, over(0));
  CHECK(f.mass == doctest::Approx(12.0));
  CHECK(f.left == doctest::Approx(144.0));
  CHECK(f.tangential == doctest::Approx(36.0));
}

TEST_CASE("water below a crest does not pass, water above it does") {
  const Side l{1.0, 0.5, 0};
  const Side r{0.0, 0, 0};
  const double none = face_flux(l, r, over(0)).mass;
  CHECK(face_flux(l, r, under_wall(0, 1.2, 1.2)).mass == 0);
  CHECK(face_flux(l, r, under_wall(0, 0.8, 0.8)).mass > 0);
  CHECK(face_flux(l, r, under_wall(0, 0.8, 0.8)).mass < none);
}

TEST_CASE("a film on a slope feels its whole weight, whatever the step of the ground") {
  // Momentum that a face below gives the cell above it: g h dz for a dry cell far below.
  const double h = 0.01;
  const auto f = face_flux(Side{h, 0, 0}, Side{0, 0, 0}, over(-3.0));
  const auto flat = face_flux(Side{h, 0, 0}, Side{0, 0, 0}, over(0));
  CHECK(f.left - flat.left == doctest::Approx(-9.81 * h * 3.0));
}

TEST_CASE("in 32 bits a film flows the same on a mountain as at the sea") {
  const FaceSide<float> film{0.001F, 0.1F, 0};
  const auto f = face_flux(film, FaceSide<float>{0.0012F, 0.1F, 0}, FaceGround<float>{-0.05F, 0});
  const auto exact = face_flux(Side{0.001, 0.1, 0}, Side{0.0012, 0.1, 0}, over(-0.05));
  CHECK(f.mass == doctest::Approx(exact.mass).epsilon(1e-5));
}

TEST_CASE("h^(-4/3) to 1e-8 from a film to an ocean") {
  for (double h = 1e-9; h < 1e5; h *= 1.37)
    CHECK(power_minus_four_thirds(h) == doctest::Approx(std::pow(h, -4.0 / 3.0)).epsilon(1e-8));
}

TEST_CASE("h^(-4/3) in 32 bits to 5e-5") {
  for (double h = 1e-9; h < 1e5; h *= 1.37)
    CHECK(power_minus_four_thirds(static_cast<float>(h)) ==
          doctest::Approx(std::pow(h, -4.0 / 3.0)).epsilon(5e-5));
}

TEST_CASE(
    "a wall pushes water that comes, less than nothing water that leaves, and takes no more than its "
    "pressure") {
  const double h = 0.4, c = std::sqrt(9.81 * h);
  double before = -0.5 * 9.81 * h * h;
  for (const double towards : {-20 * c, -3 * c, -2 * c, -c, -0.5 * c, -0.1 * c, 0.0, 0.1 * c, c, 3 * c}) {
    CAPTURE(towards);
    const double push = wall_push(h, towards, c);
    CHECK(push >= before - 1e-15);
    if (towards <= -c) CHECK(std::abs(push - before) < 1e-12);
    before = push;
  }
  CHECK(wall_push(h, 0.0, c) == 0);
}
