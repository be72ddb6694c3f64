#include "gis/generate/lots.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "gis/generate/faces.hpp"

using namespace citytwin;
using namespace citytwin::gis::generate;

namespace {

Lot lot_of(Ring ring) {
  Lot lot{std::move(ring), {}};
  lot.street.assign(lot.ring.size(), 1);
  return lot;
}

double total(const std::vector<Lot>& lots) {
  double sum = 0;
  for (const Lot& l : lots) sum += signed_area(l.ring);
  return sum;
}

}  // namespace

TEST_CASE("splitting keeps the area and marks the cut as no street") {
  const Lot square = lot_of({{0, 0}, {40, 0}, {40, 30}, {0, 30}});
  const auto parts = split(square, {15, 15}, {0, 1});
  REQUIRE(parts.size() == 2);
  CHECK(total(parts) == doctest::Approx(1200));
  for (const Lot& part : parts) {
    REQUIRE(part.ring.size() == 4);
    CHECK(std::count(part.street.begin(), part.street.end(), 0) == 1);
  }
}

TEST_CASE("a line through a U makes three parts") {
  const Lot u = lot_of({{0, 0}, {30, 0}, {30, 30}, {20, 30}, {20, 10}, {10, 10}, {10, 30}, {0, 30}});
  const auto parts = split(u, {0, 20}, {1, 0});
  CHECK(parts.size() == 3);
  CHECK(total(parts) == doctest::Approx(signed_area(u.ring)));
}

TEST_CASE("a line through a vertex or past the lot is harmless") {
  const Lot square = lot_of({{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  CHECK(total(split(square, {0, 0}, {std::sqrt(0.5), std::sqrt(0.5)})) == doctest::Approx(100));
  CHECK(split(square, {50, 0}, {0, 1}).size() == 1);
}

TEST_CASE("random star-shaped blocks are divided without loss") {
  const Random random(5, 1);
  for (std::uint32_t n = 0; n < 200; ++n) {
    Ring ring;
    for (std::uint32_t k = 0; k < 11; ++k) {
      const double angle = 2 * std::numbers::pi * (k + 0.6 * random.uniform(n, k, 1)) / 11;
      const double r = 30 + 70 * random.uniform(n, k, 2);
      ring.push_back({r * std::cos(angle), r * std::sin(angle)});
    }
    const Lot block = lot_of(ring);
    const auto lots = subdivide(block, 400, random, n);
    CHECK(total(lots) == doctest::Approx(signed_area(ring)).epsilon(0.002));
    for (const Lot& lot : lots) CHECK(lot.ring.size() == lot.street.size());
  }
}

TEST_CASE("the oriented box of a turned rectangle is that rectangle") {
  const double a = 0.37;
  Ring ring;
  for (Point2 p : {Point2{0, 0}, {50, 0}, {50, 20}, {0, 20}})
    ring.push_back({p.x * std::cos(a) - p.y * std::sin(a), p.x * std::sin(a) + p.y * std::cos(a)});
  const OrientedBox box = oriented_box(ring);
  CHECK(box.length == doctest::Approx(50));
  CHECK(box.width == doctest::Approx(20));
  CHECK(std::abs(cross(box.along, {std::cos(a), std::sin(a)})) < 1e-9);
}

TEST_CASE("faces of a street graph: blocks, a dead end inside, an island") {
  // 0-1-2-3 is a square, 4 hangs inside it from 0; 5-6-7 is an island reached from 4.
  StreetGraph g;
  g.nodes = {{0, 0}, {100, 0}, {100, 100}, {0, 100}, {30, 30}, {50, 30}, {50, 50}, {40, 50}};
  for (const auto& [a, b] :
       {std::pair{0U, 1U}, {1U, 2U}, {2U, 3U}, {3U, 0U}, {0U, 4U}, {5U, 6U}, {6U, 7U}, {7U, 5U}, {4U, 5U}})
    g.edges.push_back({a, b, {g.nodes[a], g.nodes[b]}, RoadClass::residential, false});
  const auto faces = find_faces(g, RunContext{});
  REQUIRE(faces.size() == 2);
  const auto& square = area(faces[0].polygon) > 1000 ? faces[0] : faces[1];
  const auto& island = area(faces[0].polygon) > 1000 ? faces[1] : faces[0];
  CHECK(area(island.polygon) == doctest::Approx(100));
  CHECK(area(square.polygon) == doctest::Approx(10'000 - 100));
  CHECK(square.polygon.holes.size() == 1);
  CHECK(square.dead_ends == std::vector<std::uint32_t>{4, 8});
}
