#include <doctest/doctest.h>

#include <algorithm>

#include "scenarios/core/main_line.hpp"
#include "scenarios/core/places.hpp"
#include "tests/unit/scenarios/small_cities.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

std::vector<Point2> place(const CityModel& model, ParameterKind kind, const std::string& words) {
  Diagnostics diagnostics;
  GeometryText given;
  given.kind = kind;
  given.reference = words;
  auto points = places_of(model)(given, {}, diagnostics);
  CHECK(diagnostics.has_errors() == points.empty());
  return points;
}

}  // namespace

TEST_CASE("places that exist in every city") {
  const auto city = test::tiny_city_with_water();
  using enum ParameterKind;
  CHECK(place(*city, point, "centre") == std::vector<Point2>{{150, 100}});
  CHECK(place(*city, point, "facility:hospital/1") == std::vector<Point2>{{155, 45}});
  CHECK(place(*city, point, "kind:substation") == std::vector<Point2>{{255, 155}});
  CHECK(place(*city, point, "building:b1") == std::vector<Point2>{{30, 30}});
  CHECK(place(*city, polygon, "extent").size() == 4);
  CHECK(place(*city, polygon, "cell:cell/0/0").size() == 4);
  CHECK(bounds(place(*city, polygon, "around:centre:20")) == Box2{{130, 80}, {170, 120}});
  const auto coast = place(*city, polyline, "coast");
  CHECK(coast == std::vector<Point2>{{200, 12}, {100, 12}});
  for (const char* nothing :
       {"", "nowhere", "facility:x", "kind:castle", "around:centre:-3", "around:centre"})
    if (*nothing != 0) CHECK(place(*city, *nothing == 'a' ? polygon : point, nothing).empty());
}

TEST_CASE("the main river is found whole, reaches the edge, and has banks") {
  const auto city = test::tiny_city_with_water();
  const auto river = main_river(*city);
  REQUIRE(river.line.size() == 3);
  CHECK(river.line.front() == Point2{2, 100});
  CHECK(river.line.back() == Point2{298, 100});
  CHECK(river.width == 10);
  const auto left = place(*city, ParameterKind::polyline, "river:left:15");
  CHECK(left.front() == Point2{0, 120});  // 10 / 2 + 15 m to the north, cut at the edge
  CHECK(left.back() == Point2{300, 120});
  CHECK(place(*city, ParameterKind::polyline, "river:right:15").front() == Point2{0, 80});
  const auto mouth = place(*city, ParameterKind::point, "river");
  REQUIRE(mouth.size() == 1);
  CHECK(mouth[0].x == doctest::Approx(0.5));
  CHECK(place(*test::tiny_city(), ParameterKind::polyline, "river:left:15").empty());
}

TEST_CASE("lon/lat has no meaning in a city without a place on Earth") {
  Diagnostics diagnostics;
  GeometryText given;
  given.kind = ParameterKind::point;
  given.lonlat = true;
  given.points = {{7.4, 43.7}};
  const auto city = test::tiny_city();
  CHECK(places_of(*city)(given, {}, diagnostics).empty());
  CHECK(diagnostics.has("place.no_lonlat"));
  given.points = {{200, 43.7}};
  CHECK(places_of(*city)(given, {}, diagnostics).empty());
  CHECK(diagnostics.has("place.bad_lonlat"));
}

TEST_CASE("lon/lat is placed where the city has a CRS") {
  CityTables t = test::tiny_tables();
  t.info.frame.crs = "EPSG:32632";
  t.info.frame.origin_x = 371000;
  t.info.frame.origin_y = 4842000;
  const auto city = *build_city(std::move(t));
  Diagnostics diagnostics;
  GeometryText given;
  given.kind = ParameterKind::point;
  given.lonlat = true;
  given.points = {{9.0, 45.0}};  // central meridian of zone 32: x = 500 000
  const auto points = places_of(city)(given, {}, diagnostics);
  REQUIRE(points.size() == 1);
  CHECK(points[0].x == doctest::Approx(500000 - 371000).epsilon(1e-6));
}

TEST_CASE("lowest ground is a hollow, not the lowest corner") {
  CityTables t = test::tiny_tables();
  t.info.frame.extent = {{0, 0}, {3000, 3000}};
  auto& ground = t.terrain.elevation;
  ground = Grid<float>({{0, 0}, 50, 60, 60}, 0.0F);
  for (int j = 0; j < 60; ++j)
    for (int i = 0; i < 60; ++i) {
      const Point2 p = ground.spec.centre(i, j);
      ground.at(i, j) = static_cast<float>(p.x * 0.02 - (distance(p, {2025, 1525}) < 80 ? 5 : 0));
    }
  const auto city = *build_city(std::move(t));
  const auto lowest = place(city, ParameterKind::point, "lowest");
  REQUIRE(lowest.size() == 1);
  CHECK(distance(lowest[0], {2025, 1525}) < 100);
}
