// Cross-sections against closed forms and the full areas and radii of SWMM's manual.
#include "engine/drainage/section_table.hpp"

#include <doctest/doctest.h>

#include <numbers>

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kPi = std::numbers::pi;

CrossSection section(Shape shape, double depth, double width = 0) {
  CrossSection s;
  s.shape = shape;
  s.full_depth = depth;
  s.width = width;
  return s;
}

SectionTable table(const CrossSection& s) { return SectionTable::of(s, Network{}); }

double radius(const SectionValues& v) { return std::pow(v.radius43, 0.75); }

struct Circle {
  double area, width, radius;
};
Circle circle_at(double diameter, double depth) {
  const double angle = 2 * std::acos(1 - 2 * depth / diameter);
  const double area = diameter * diameter / 8 * (angle - std::sin(angle));
  return {area, diameter * std::sin(angle / 2), area / (0.5 * diameter * angle)};
}

}  // namespace

TEST_CASE("a circle at every depth") {
  const double d = 1.2;
  const SectionTable t = table(section(Shape::circular, d));
  CHECK(t.full_area() == doctest::Approx(kPi * d * d / 4).epsilon(1e-4));
  CHECK(radius(t.full()) == doctest::Approx(d / 4).epsilon(1e-4));
  CHECK(t.closed());
  for (double share = 0.03; share < 0.99; share += 0.01) {
    const Circle exact = circle_at(d, share * d);
    const SectionValues v = t.at(share * d);
    CHECK(v.area == doctest::Approx(exact.area).epsilon(0.005));
    CHECK(v.width == doctest::Approx(exact.width).epsilon(0.02));
    CHECK(radius(v) == doctest::Approx(exact.radius).epsilon(0.01));
  }
  CHECK(t.at(2 * d).area == t.full_area());
  CHECK(t.at(2 * d).width == 0);
}

TEST_CASE("boxes and open channels") {
  const SectionTable closed = table(section(Shape::rect_closed, 2, 3));
  CHECK(closed.full_area() == doctest::Approx(6));
  CHECK(radius(closed.full()) == doctest::Approx(6.0 / 10));
  CHECK(radius(closed.at(1)) == doctest::Approx(3.0 / 5));
  CHECK(closed.at(1).width == doctest::Approx(3));

  CrossSection channel = section(Shape::rect_open, 2, 3);
  CHECK_FALSE(table(channel).closed());
  CHECK(radius(table(channel).full()) == doctest::Approx(6.0 / 7));
  CHECK(table(channel).at(5).width == doctest::Approx(3));  // goes on above
  channel.walls_without_friction = 2;
  CHECK(radius(table(channel).full()) == doctest::Approx(2));

  CrossSection trapezoid = section(Shape::trapezoidal, 2, 3);
  trapezoid.left_slope = 1;
  trapezoid.right_slope = 2;
  const SectionTable t = table(trapezoid);
  CHECK(t.at(1).area == doctest::Approx(3 + 1.5));
  CHECK(t.at(1).width == doctest::Approx(6));
  CHECK(radius(t.at(1)) == doctest::Approx(4.5 / (3 + std::sqrt(2.0) + std::sqrt(5.0))));

  const SectionTable triangle = table(section(Shape::triangular, 2, 4));
  CHECK(triangle.at(1).area == doctest::Approx(1));
  CHECK(radius(triangle.full()) == doctest::Approx(4 / (2 * std::sqrt(8.0))).epsilon(1e-3));
  const SectionTable parabola = table(section(Shape::parabolic, 2, 4));
  CHECK(parabola.full_area() == doctest::Approx(2.0 / 3 * 8).epsilon(1e-4));
  CrossSection power = section(Shape::power, 2, 4);
  power.exponent = 4;  // width ~ depth^(1/4)
  CHECK(table(power).full_area() == doctest::Approx(8 / 1.25).epsilon(2e-3));
}

TEST_CASE("ellipses, and standard pipes that are not quite ellipses") {
  const SectionTable t = table(section(Shape::horiz_ellipse, 1, 1.5));
  CHECK(t.full_area() == doctest::Approx(kPi * 1.5 / 4).epsilon(1e-4));
  CHECK(t.at(0.5).area == doctest::Approx(kPi * 1.5 / 8).epsilon(1e-3));
  CrossSection standard = section(Shape::horiz_ellipse, 0.9652, 1.524);  // 38 x 60 in
  standard.full_area = 12.9 * 0.3048 * 0.3048;
  standard.full_radius = 0.969 * 0.3048;
  CHECK(table(standard).full_area() == doctest::Approx(standard.full_area));
  CHECK(radius(table(standard).full()) == doctest::Approx(standard.full_radius));
}

TEST_CASE("sewer shapes have the full area and hydraulic radius of SWMM's manual within 1 %") {
  struct Known {
    Shape shape;
    double area, radius;  // over depth squared, over depth
  };
  for (const Known& k :
       {Known{Shape::egg, 0.5105, 0.1931}, Known{Shape::horseshoe, 0.8293, 0.2538},
        Known{Shape::gothic, 0.6554, 0.2269}, Known{Shape::catenary, 0.7028, 0.2317},
        Known{Shape::semi_elliptical, 0.785, 0.242}, Known{Shape::basket_handle, 0.7862, 0.2464},
        Known{Shape::semi_circular, 1.2697, 0.2946}}) {
    const SectionTable t = table(section(k.shape, 2));
    CAPTURE(static_cast<int>(k.shape));
    CHECK(t.full_area() == doctest::Approx(4 * k.area).epsilon(0.01));
    CHECK(radius(t.full()) == doctest::Approx(2 * k.radius).epsilon(0.01));
  }
  const SectionTable arch = table(section(Shape::arch, 1, 1.6));
  CHECK(arch.full_area() == doctest::Approx(0.7879 * 1.6).epsilon(0.01));
  CHECK(radius(arch.full()) == doctest::Approx(0.2991).epsilon(0.01));
}

TEST_CASE("round bottoms, round tops, sediment, tables") {
  CrossSection round = section(Shape::rect_round, 2, 2);
  round.bottom_radius = 1;  // a half circle below a square
  CHECK(table(round).full_area() == doctest::Approx(kPi / 2 + 2).epsilon(1e-3));
  CrossSection basket = section(Shape::modified_basket, 2, 2);
  basket.top_radius = 1;
  CHECK(table(basket).full_area() == doctest::Approx(kPi / 2 + 2).epsilon(1e-3));
  CrossSection pointed = section(Shape::rect_triangular, 2, 2);
  pointed.bottom_height = 1;
  CHECK(table(pointed).full_area() == doctest::Approx(1 + 2).epsilon(1e-6));
  CrossSection filled = section(Shape::filled_circular, 2);
  filled.sediment_depth = 0.5;
  CHECK(table(filled).full_area() == doctest::Approx(kPi - circle_at(2, 0.5).area).epsilon(1e-3));
  Network network;
  network.shapes.push_back({"diamond", Curve{{0, 0.5, 1}, {0, 1, 0}}});
  CrossSection custom = section(Shape::custom, 2);
  custom.custom_shape = 0;
  CHECK(SectionTable::of(custom, network).full_area() == doctest::Approx(2).epsilon(1e-3));
}

TEST_CASE("a transect conveys what channel and overbanks convey together") {
  Network network;
  network.transects.push_back(
      {"t", {0, 0, 10, 10, 14, 14, 24, 24}, {5, 2, 2, 0, 0, 2, 2, 5}, 0.08, 0.08, 0.03, 10, 14});
  CrossSection s = section(Shape::irregular, 5);
  s.transect = 0;
  const SectionTable t = SectionTable::of(s, network);
  CHECK(t.at(1).area == doctest::Approx(4).epsilon(1e-3));
  CHECK(t.at(4).area == doctest::Approx(8 + 48).epsilon(1e-3));
  CHECK(t.at(4).width == doctest::Approx(24).epsilon(1e-3));
  // At 4 m: channel 16 m2 with 8 m wetted, overbanks 20 m2 with 12 m each.
  const double conveyance = 16 * std::pow(2.0, 2.0 / 3) / 0.03 + 2 * 20 * std::pow(20.0 / 12, 2.0 / 3) / 0.08;
  CHECK(t.section_factor(4) / t.transect_roughness() == doctest::Approx(conveyance).epsilon(0.02));
}

TEST_CASE("critical and uniform depth of a box are those of the text book") {
  const SectionTable t = table(section(Shape::rect_open, 3, 2));
  const double q = 5;
  CHECK(t.critical_depth(q) == doctest::Approx(std::cbrt(q * q / 4 / 9.80665)).epsilon(0.01));
  const double factor = t.section_factor(1.3);
  CHECK(t.depth_of_section_factor(factor) == doctest::Approx(1.3).epsilon(1e-3));
  CHECK(t.depth_of_area(2.6) == doctest::Approx(1.3).epsilon(1e-6));
}
