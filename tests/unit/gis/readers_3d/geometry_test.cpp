// Repairing and clipping: the shapes are small enough to check by hand.
#include <doctest/doctest.h>

#include "gis/geometry/clip.hpp"
#include "gis/geometry/overlay.hpp"
#include "gis/geometry/repair.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

Polygon square(double x, double y, double side) {
  return {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}};
}

double total_area(const std::vector<Polygon>& polygons) {
  double total = 0;
  for (const Polygon& p : polygons) total += area(p);
  return total;
}

}  // namespace

TEST_CASE("a clean ring is kept as it is, opened and counter-clockwise") {
  const RepairResult result = repair_polygon({{{0, 0}, {0, 2}, {2, 2}, {2, 0}, {0, 0}}, {}}, true);
  CHECK(result.codes.empty());
  REQUIRE(result.polygons.size() == 1);
  CHECK(result.polygons[0].outer.size() == 4);
  CHECK(signed_area(result.polygons[0].outer) == doctest::Approx(4));
}

TEST_CASE("a bow tie becomes its two halves and says so") {
  const RepairResult result = repair_polygon({{{0, 0}, {2, 2}, {2, 0}, {0, 2}}, {}});
  REQUIRE(result.polygons.size() == 2);
  CHECK(total_area(result.polygons) == doctest::Approx(2));
  CHECK(result.codes == std::vector<std::string>{"repaired.self_crossing_ring"});
  for (const Polygon& p : result.polygons) CHECK(is_valid(p));
}

TEST_CASE("unclosed rings and repeated points are mended and named") {
  const RepairResult result = repair_polygon({{{0, 0}, {2, 0}, {2, 0}, {2, 2}, {0, 2}}, {}}, true);
  REQUIRE(result.polygons.size() == 1);
  CHECK(area(result.polygons[0]) == doctest::Approx(4));
  CHECK(result.codes == std::vector<std::string>{"repaired.unclosed_ring", "repaired.duplicate_points"});
}

TEST_CASE("a spike is cut off") {
  const RepairResult result = repair_polygon({{{0, 0}, {2, 0}, {5, 0}, {2, 0}, {2, 2}, {0, 2}}, {}});
  REQUIRE(result.polygons.size() == 1);
  CHECK(area(result.polygons[0]) == doctest::Approx(4));
  CHECK(bounds(result.polygons[0].outer).max.x == 2);
}

TEST_CASE("a hole outside its shell is taken away and named") {
  Polygon p = square(0, 0, 2);
  p.holes.push_back(square(5, 5, 1).outer);
  const RepairResult result = repair_polygon(p);
  CHECK(total_area(result.polygons) == doctest::Approx(4));
  CHECK(result.codes == std::vector<std::string>{"repaired.hole_outside"});
}

TEST_CASE("what has no area or no finite place is dropped with the reason") {
  CHECK(repair_polygon({{{0, 0}, {1, 1}}, {}}).codes == std::vector<std::string>{"dropped.no_area"});
  CHECK(repair_polygon({{{0, 0}, {1, 1}, {2, 2}}, {}}).codes == std::vector<std::string>{"dropped.no_area"});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const RepairResult lost = repair_polygon({{{0, 0}, {1, nan}, {2, 2}}, {}});
  CHECK(lost.codes == std::vector<std::string>{"dropped.not_finite"});
  CHECK(lost.polygons.empty());
}

TEST_CASE("union joins neighbours and closes narrow gaps") {
  const std::vector<Polygon> touching{square(0, 0, 2), square(2, 0, 2)};
  CHECK(unite(touching).size() == 1);
  CHECK(total_area(unite(touching)) == doctest::Approx(8));
  const std::vector<Polygon> gap{square(0, 0, 2), square(2.01, 0, 2)};
  CHECK(unite(gap).size() == 2);
  const std::vector<Polygon> closed = unite(gap, 0.05);
  REQUIRE(closed.size() == 1);
  CHECK(area(closed[0]) == doctest::Approx(8.02));
}

TEST_CASE("clipping: inside unchanged, outside empty, across exact") {
  const Box2 box{{0, 0}, {10, 10}};
  const Polygon within = square(1, 1, 2);
  CHECK(clip_polygon(within, box) == std::vector<Polygon>{within});
  CHECK(clip_polygon(square(20, 20, 2), box).empty());
  CHECK(total_area(clip_polygon(square(9, 9, 2), box)) == doctest::Approx(1));
  CHECK(clip_polygon(square(10, 0, 2), box).empty());  // touching only: no area
  const Polygon comb{{{2, 5}, {2, 12}, {4, 12}, {4, 11}, {3, 11}, {3, 5}}, {}};
  CHECK(total_area(clip_polygon(comb, box)) == doctest::Approx(5));
  Polygon u = square(0, 0, 10);
  u.holes.push_back(square(4, 4, 2).outer);
  CHECK(total_area(clip_polygon(square(3, 3, 4), u)) == doctest::Approx(12));
  CHECK(total_area(subtract(square(0, 0, 4), std::vector<Polygon>{square(2, 2, 4)})) == doctest::Approx(12));
}

TEST_CASE("lines are cut at the box and keep order and direction") {
  const Box2 box{{0, 0}, {10, 10}};
  const Polyline line{{-5, 5}, {5, 5}, {5, 15}, {8, 15}, {8, 5}};
  const std::vector<Polyline> pieces = clip_polyline(line, box);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == Polyline{{0, 5}, {5, 5}, {5, 10}});
  CHECK(pieces[1] == Polyline{{8, 10}, {8, 5}});
  const Polyline within{{1, 1}, {2, 2}};
  CHECK(clip_polyline(within, box) == std::vector<Polyline>{within});
  CHECK(clip_polyline(Polyline{{-1, -1}, {-2, 5}}, box).empty());
}

TEST_CASE("lines are cut at an area with a hole") {
  Polygon area_with_hole = square(0, 0, 10);
  area_with_hole.holes.push_back(square(4, 4, 2).outer);
  const std::vector<Polyline> pieces = clip_polyline(Polyline{{-1, 5}, {11, 5}}, area_with_hole);
  REQUIRE(pieces.size() == 2);
  CHECK(length(pieces[0]) == doctest::Approx(4));
  CHECK(length(pieces[1]) == doctest::Approx(4));
}

TEST_CASE("faces are found between crossing lines") {
  const std::vector<Polyline> lines{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{5, -1}, {5, 11}}};
  const std::vector<Polygon> found = overlay::faces(lines, 1e-9);
  REQUIRE(found.size() == 2);
  CHECK(area(found[0]) == doctest::Approx(50));
}
