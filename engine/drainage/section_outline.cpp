#include "engine/drainage/section_outline.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace citytwin::drainage {

namespace {

constexpr int kSteps = 720;  // of each curve

// Half widths over depth, closer together at both ends where round sections are steep.
std::vector<Point2> curve(double from, double to, const std::function<double(double)>& half_width) {
  std::vector<Point2> points;
  for (int i = 0; i <= kSteps; ++i) {
    const double share = 0.5 * (1 - std::cos(std::numbers::pi * i / kSteps));
    const double y = from + (to - from) * share;
    points.push_back({std::max(0.0, half_width(y)), y});
  }
  return points;
}

SectionOutline symmetric(std::vector<Point2> half, double full_depth, bool closed = true) {
  return {half, half, full_depth, 0, closed};
}

double root(double x) { return std::sqrt(std::max(0.0, x)); }

SectionOutline ellipse(double height, double width) {
  return symmetric(curve(0, height,
                         [=](double y) {
                           const double s = 2 * y / height - 1;
                           return 0.5 * width * root(1 - s * s);
                         }),
                   height);
}

SectionOutline filled_circle(double diameter, double sediment) {
  const double depth = diameter - sediment;
  auto half = curve(0, depth, [=](double y) { return root((y + sediment) * (depth - y)); });
  half.insert(half.begin(), {0, 0});
  return symmetric(half, depth);
}

SectionOutline box(double height, double width, bool closed, double frictionless) {
  std::vector<Point2> half{{0, 0}, {0.5 * width, 0}, {0.5 * width, height}};
  if (closed) half.push_back({0, height});
  SectionOutline outline = symmetric(half, height, closed);
  outline.frictionless_walls = frictionless;
  return outline;
}

SectionOutline trapezoid(const CrossSection& s) {
  const double h = s.full_depth, b = 0.5 * s.width;
  return {
      {{0, 0}, {b, 0}, {b + s.left_slope * h, h}}, {{0, 0}, {b, 0}, {b + s.right_slope * h, h}}, h, 0, false};
}

SectionOutline power_law(double height, double width, double exponent) {
  return symmetric(
      curve(0, height, [=](double y) { return 0.5 * width * std::pow(y / height, 1 / exponent); }), height,
      false);
}

SectionOutline rect_triangular(const CrossSection& s) {
  const double b = 0.5 * s.width;
  return symmetric({{0, 0}, {b, s.bottom_height}, {b, s.full_depth}, {0, s.full_depth}}, s.full_depth);
}

// A circular arc of `radius` over the width, with the given sag, at the bottom or (upside down) at the top.
double sag(double width, double radius) { return radius - root(radius * radius - 0.25 * width * width); }

SectionOutline rect_round(const CrossSection& s) {
  const double r = std::max(s.bottom_radius, 0.5 * s.width), bottom = std::min(sag(s.width, r), s.full_depth);
  auto half = curve(0, bottom, [=](double y) { return root(y * (2 * r - y)); });
  half.push_back({0.5 * s.width, s.full_depth});
  half.push_back({0, s.full_depth});
  return symmetric(half, s.full_depth);
}

SectionOutline modified_basket(const CrossSection& s) {
  const double r = std::max(s.top_radius, 0.5 * s.width), top = std::min(sag(s.width, r), s.full_depth);
  const double wall = s.full_depth - top;
  std::vector<Point2> half{{0, 0}, {0.5 * s.width, 0}};
  for (const Point2& p : curve(wall, s.full_depth, [=](double y) {
         const double below_crown = s.full_depth - y;
         return root(below_crown * (2 * r - below_crown));
       }))
    half.push_back(p);
  return symmetric(half, s.full_depth);
}

// Height 3 r: bottom circle r/2, sides 3 r, top circle r.
SectionOutline egg(double height) {
  const double r = height / 3;
  const double joint = 0.5 * r - 0.5 * r * 0.6;  // the side's circle touches the bottom circle there
  return symmetric(curve(0, height,
                         [=](double y) {
                           if (y < joint) return root(y * (r - y));
                           if (y < 2 * r) return root(9 * r * r - (y - 2 * r) * (y - 2 * r)) - 2 * r;
                           return root(r * r - (y - 2 * r) * (y - 2 * r));
                         }),
                   height);
}

// Height 2 r = width: top circle r, sides and bottom 2 r.
SectionOutline horseshoe(double height) {
  const double r = 0.5 * height;
  return symmetric(curve(0, height,
                         [=](double y) {
                           if (y > r) return root(r * r - (y - r) * (y - r));
                           const double side = root(4 * r * r - (y - r) * (y - r)) - r;
                           return std::min(side, root(4 * r * r - (y - 2 * r) * (y - 2 * r)));
                         }),
                   height);
}

// |x / b|^p + |y / a|^p = 1 below and above the height of the largest width.
struct Quadrants {
  double width;         // largest, over the full depth
  double widest_at;     // over the full depth
  double below, above;  // exponents p
};

SectionOutline quadrants(double height, double width, const Quadrants& q) {
  const double at = q.widest_at * height;
  return symmetric(curve(0, height,
                         [=](double y) {
                           const double s = y < at ? 1 - y / at : (y - at) / (height - at);
                           const double p = y < at ? q.below : q.above;
                           return 0.5 * width * std::pow(std::max(0.0, 1 - std::pow(s, p)), 1 / p);
                         }),
                   height);
}

SectionOutline custom_outline(const CrossSection& s, const CustomShape& shape) {
  std::vector<Point2> half{{0, 0}};
  for (std::size_t i = 0; i < shape.width.x.size(); ++i)
    half.push_back({0.5 * shape.width.y[i] * s.full_depth, shape.width.x[i] * s.full_depth});
  half.push_back({0, s.full_depth});
  return symmetric(half, s.full_depth);
}

}  // namespace

SectionOutline outline_of(const CrossSection& s, const CustomShape* custom) {
  const double h = s.full_depth;
  switch (s.shape) {
    case Shape::filled_circular:
      return filled_circle(h, s.sediment_depth);
    case Shape::rect_closed:
      return box(h, s.width, true, 0);
    case Shape::rect_open:
      return box(h, s.width, false, s.walls_without_friction);
    case Shape::trapezoidal:
      return trapezoid(s);
    case Shape::triangular:
      return power_law(h, s.width, 1);
    case Shape::parabolic:
      return power_law(h, s.width, 2);
    case Shape::power:
      return power_law(h, s.width, s.exponent);
    case Shape::rect_triangular:
      return rect_triangular(s);
    case Shape::rect_round:
      return rect_round(s);
    case Shape::modified_basket:
      return modified_basket(s);
    case Shape::egg:
      return egg(h);
    case Shape::horseshoe:
      return horseshoe(h);
    case Shape::gothic:
      return quadrants(h, 0.84 * h, {0.84, 0.45, 2.1, 1.9});
    case Shape::catenary:
      return quadrants(h, 0.9 * h, {0.9, 0.28, 2.4, 1.844});
    case Shape::semi_elliptical:
      return quadrants(h, h, {1.0, 0.2, 2.7, 1.878});
    case Shape::basket_handle:
      return quadrants(h, 0.944 * h, {0.944, 0.25, 2.2, 2.441});
    case Shape::semi_circular:
      return quadrants(h, 1.64 * h, {1.64, 0.2, 3.1, 1.768});
    case Shape::horiz_ellipse:
    case Shape::vert_ellipse:
      return ellipse(h, s.width);
    case Shape::arch:
      return quadrants(h, s.width, {0, 0.28, 2.7, 1.840});
    case Shape::custom:
      if (custom != nullptr) return custom_outline(s, *custom);
      break;
    default:
      break;
  }
  return ellipse(h, h);  // circular and force mains
}

}  // namespace citytwin::drainage
