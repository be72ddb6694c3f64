// The bucket grids against looking at every item.
#include "engine/geo/spatial_index.hpp"

#include <doctest/doctest.h>

#include "tests/property/shapes.hpp"

using namespace citytwin;
using citytwin::test::metres;
using citytwin::test::point_in;

namespace {
rc::Gen<Box2> any_box() {
  return rc::gen::map(
      rc::gen::tuple(point_in(-500, 500), metres(0, 300), metres(0, 300), rc::gen::inRange(0, 10)),
      [](const std::tuple<Point2, double, double, int>& t) {
        const auto& [corner, w, h, kind] = t;
        if (kind == 0) return Box2{};                // empty
        if (kind == 1) return Box2{corner, corner};  // a point
        return Box2{corner, {corner.x + w, corner.y + h}};
      });
}
}  // namespace

TEST_CASE("overlapping() finds what looking at every box finds") {
  CHECK(rc::check("boxes", [] {
    const auto boxes = *rc::gen::container<std::vector<Box2>>(any_box());
    const SpatialIndex index(boxes);
    const auto queries = *rc::gen::container<std::vector<Box2>>(8, any_box());
    for (Box2 query : queries) {
      if (*rc::gen::inRange(0, 4) == 0) query = query.grown(1e7);
      std::vector<std::uint32_t> expected;
      for (std::size_t k = 0; k < boxes.size(); ++k)
        if (!boxes[k].empty() && !query.empty() && boxes[k].overlaps(query))
          expected.push_back(static_cast<std::uint32_t>(k));
      RC_ASSERT(index.overlapping(query) == expected);
    }
  }));
}

TEST_CASE("nearest() finds what looking at every point finds, ties to the lowest") {
  CHECK(rc::check("points", [] {
    // Whole metres in a small square: many points in the same place, many equal distances.
    const auto place = rc::gen::map(rc::gen::pair(rc::gen::inRange(-9, 10), rc::gen::inRange(-9, 10)),
                                    [](const std::pair<int, int>& p) {
                                      return Point2{double(p.first), double(p.second)};
                                    });
    const auto points = *rc::gen::oneOf(rc::gen::container<std::vector<Point2>>(place),
                                        rc::gen::container<std::vector<Point2>>(point_in(-2000, 2000)));
    const NearestPoint index(points);
    const auto queries =
        *rc::gen::container<std::vector<Point2>>(12, rc::gen::oneOf(place, point_in(-9000, 9000)));
    for (Point2 p : queries)
      for (double radius : {std::numeric_limits<double>::infinity(), 0.0, 5.0, 700.0}) {
        std::uint32_t expected = NearestPoint::kNone;
        double best = radius;
        for (std::size_t k = 0; k < points.size(); ++k) {
          const double d = distance(points[k], p);
          if (d < best || (d == best && expected == NearestPoint::kNone)) {
            best = d;
            expected = static_cast<std::uint32_t>(k);
          }
        }
        RC_ASSERT(index.nearest(p, radius) == expected);
      }
  }));
}
