#include <doctest/doctest.h>

#include <cmath>

#include "gis/crs/crs.hpp"

namespace citytwin::gis {

TEST_CASE("codes, WKT and local are understood; names that could be files or addresses are not") {
  CHECK(Crs::parse("EPSG:28992")->is_projected());
  CHECK(Crs::parse("epsg:4326")->is_geographic());
  CHECK(Crs::parse("local")->is_local());
  CHECK(Crs::parse(Crs::parse("EPSG:2056")->wkt())->code() == "EPSG:2056");
  for (const char* text :
       {"", "EPSG:", "EPSG:99999999999", "EPSG:1", "EPSG:4326+5773x", "/etc/passwd", "WGS84",
        "http://example.org/crs", "+proj=utm +zone=32", "PROJCS[", "file.prj", "EPSG:5773"})
    CHECK_MESSAGE(Crs::parse(text).diagnostics().has("crs.not_understood"), text);
}

TEST_CASE("a compound CRS gives its horizontal part and names its vertical datum") {
  const auto crs = Crs::parse("EPSG:7415");  // Amersfoort / RD New + NAP height
  REQUIRE(crs.ok());
  CHECK(crs->code() == "EPSG:28992");
  CHECK(crs->vertical_datum() == "NAP height");
  CHECK(Crs::parse("EPSG:28992")->vertical_datum() == "unknown");
}

TEST_CASE("UTM of a place") {
  CHECK(utm_of(7.42, 43.74)->code() == "EPSG:32632");    // Monaco
  CHECK(utm_of(-51.2, -30.03)->code() == "EPSG:32722");  // Porto Alegre
  CHECK(utm_of(5.3, 60.4)->code() == "EPSG:32632");      // Bergen, in the widened zone
  CHECK(utm_of(180, 0)->code() == "EPSG:32660");
  CHECK(utm_of(0, 89).diagnostics().has("crs.no_utm"));
  CHECK(utm_of(std::nan(""), 0).diagnostics().has("crs.no_utm"));
}

TEST_CASE("what cannot be a city frame is refused") {
  CHECK(check_frame(*Crs::parse("EPSG:32632")).empty());
  CHECK(check_frame(Crs{}).empty());
  CHECK(check_frame(*Crs::parse("EPSG:4326")).has("crs.frame_geographic"));
  CHECK(check_frame(*Crs::parse("EPSG:3857")).has("crs.frame_web_mercator"));
  CHECK(check_frame(*Crs::parse("EPSG:2263")).has("crs.frame_not_metres"));  // New York, US feet
}

TEST_CASE("longitude and latitude to the city frame and back") {
  const Crs utm = *Crs::parse("EPSG:32632");
  const CityFrame frame = make_frame(utm, {{372'345.6, 4'841'999.5}, {380'000, 4'850'000}});
  CHECK(frame.origin_x == 372'000);
  CHECK(frame.origin_y == 4'841'000);
  CHECK(frame.extent.min.x == doctest::Approx(345.6).epsilon(1e-5));
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  REQUIRE(transform.ok());
  // UTM of 9 E, 0 N is (500 000, 0) by definition: x is longitude, whatever EPSG says about axis order.
  const Point2 central = transform->to_frame(Point2{9, 0});
  CHECK(central.x == doctest::Approx(500'000 - 372'000).epsilon(1e-9));
  CHECK(central.y == doctest::Approx(-4'841'000).epsilon(1e-9));
  const Point2 back = transform->from_frame(transform->to_frame(Point2{7.42, 43.74}));
  CHECK(back.x == doctest::Approx(7.42).epsilon(1e-9));
  CHECK(back.y == doctest::Approx(43.74).epsilon(1e-9));
}

TEST_CASE("points that cannot be transformed are counted and become NaN") {
  const CityFrame frame = make_frame(*Crs::parse("EPSG:32632"), {{372'000, 4'841'000}, {380'000, 4'850'000}});
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  std::vector<Point2> points{{7.4, 43.7}, {7.4, 91}, {7.4, std::nan("")}};
  CHECK(transform->to_frame(points) == 2);
  CHECK(std::isfinite(points[0].x));
  CHECK(std::isnan(points[1].x));
  CHECK(std::isnan(points[2].y));
}

TEST_CASE("local and placed coordinates do not mix; local is the identity") {
  CityFrame frame = make_frame(Crs{}, {{-5, -5}, {100, 100}});
  CHECK(frame.crs == "local");
  CHECK(frame.extent.min.x == -5);
  CHECK(FrameTransform::make(Crs{}, frame)->to_frame(Point2{3, 4}) == Point2{3, 4});
  CHECK(FrameTransform::make(Crs::wgs84(), frame).diagnostics().has("crs.local_mixed"));
}

TEST_CASE("the image of a box holds the images of its edges") {
  const CityFrame frame = make_frame(*Crs::parse("EPSG:32632"), {{372'000, 4'841'000}, {380'000, 4'850'000}});
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  const Box2 box = transform->to_frame(Box2{{7.3, 43.7}, {7.5, 43.8}});
  const Point2 p = transform->to_frame(Point2{7.4, 43.7});
  CHECK(box.min.y <= p.y);
  CHECK(box.width() > 15'000);
}

}  // namespace citytwin::gis
