#include "engine/geo/polygon.hpp"

#include <doctest/doctest.h>

using namespace citytwin;

namespace {
const Polygon kFrame{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{2, 2}, {2, 8}, {8, 8}, {8, 2}}}};
}

TEST_CASE("area and centroid of shapes one can compute by hand") {
  CHECK(signed_area(kFrame.outer) == 100);
  CHECK(signed_area(kFrame.holes[0]) == -36);
  CHECK(area(kFrame) == 64);
  CHECK(distance(centroid(kFrame), {5, 5}) < 1e-12);
  const Ring triangle{{0, 0}, {6, 0}, {0, 3}};
  CHECK(signed_area(triangle) == 9);
  CHECK(centroid({triangle, {}}).x == doctest::Approx(2));
  CHECK(centroid({triangle, {}}).y == doctest::Approx(1));
  CHECK(signed_area(Ring{{1, 1}, {2, 2}}) == 0);
  CHECK(centroid({{{1, 1}, {2, 2}, {3, 3}}, {}}) == Point2{2, 2});  // flat: mean of its points
}

TEST_CASE("area keeps its digits far from the origin") {
  Ring far;
  for (Point2 p : kFrame.outer) far.push_back(p + Point2{5e6, 5e6});
  CHECK(signed_area(far) == 100);
}

TEST_CASE("inside, outside, in the hole, and a boundary that belongs to one side") {
  CHECK(contains(kFrame, {1, 1}));
  CHECK_FALSE(contains(kFrame, {5, 5}));
  CHECK_FALSE(contains(kFrame, {11, 5}));
  CHECK_FALSE(contains(kFrame, {-1, 0}));
  CHECK_FALSE(contains(Ring{}, {0, 0}));
  // Two squares side by side: every point of the shared edge is in exactly one.
  const Ring west{{0, 0}, {4, 0}, {4, 4}, {0, 4}};
  const Ring east{{4, 0}, {8, 0}, {8, 4}, {4, 4}};
  for (double y : {0.0, 1.0, 2.5, 3.999}) CHECK(contains(west, {4, y}) != contains(east, {4, y}));
}

TEST_CASE("distances along and to a line") {
  const Polyline line{{0, 0}, {3, 0}, {3, 0}, {3, 4}};
  CHECK(length(line) == 7);
  CHECK(point_along(line, -1) == Point2{0, 0});
  CHECK(point_along(line, 1.5) == Point2{1.5, 0});
  CHECK(point_along(line, 5) == Point2{3, 2});
  CHECK(point_along(line, 99) == Point2{3, 4});
  CHECK(point_along({}, 1) == Point2{});
  CHECK(distance_to_segment({1, 1}, {0, 0}, {3, 0}) == 1);
  CHECK(distance_to_segment({-3, 4}, {0, 0}, {3, 0}) == 5);
  CHECK(distance_to_segment({3, 4}, {0, 0}, {0, 0}) == 5);
}

TEST_CASE("normalise opens rings and turns them the agreed way") {
  Polygon polygon{{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}};
  normalise(polygon);
  CHECK(polygon.outer.size() == 4);
  CHECK(signed_area(polygon.outer) == 16);
  CHECK(polygon.holes[0].size() == 3);
  CHECK(signed_area(polygon.holes[0]) < 0);
  const Polygon once = polygon;
  normalise(polygon);
  CHECK(polygon == once);
}

TEST_CASE("a polygon column gives back what was put in") {
  PolygonColumn column;
  const Polygon square{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}};
  column.push_back(square);
  column.push_back(kFrame);
  REQUIRE(column.size() == 2);
  CHECK(column[0] == square);
  CHECK(column[1] == kFrame);
  CHECK(column.ring_count(1) == 2);
  CHECK(column.area(1) == 64);
  CHECK(column.contains(1, {1, 1}));
  CHECK_FALSE(column.contains(1, {5, 5}));
}
