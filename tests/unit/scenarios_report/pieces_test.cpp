// The pieces a report is made of: numbers, times, colours, pictures, charts.
#include <doctest/doctest.h>
#include <png.h>

#include <cstring>

#include "scenarios/core/text.hpp"
#include "scenarios/report/base_map.hpp"
#include "scenarios/report/chart.hpp"
#include "scenarios/report/format.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/image.hpp"
#include "scenarios/report/layers.hpp"
#include "scenarios/report/map.hpp"

using namespace citytwin;
using namespace citytwin::scenarios::report;

TEST_CASE("numbers read well") {
  CHECK(number(1234567.8) == "1,234,568");
  CHECK(number(-1234.56, 1) == "−1,234.6");
  CHECK(number(-0.001, 1) == "0.0");
  CHECK(number(999) == "999");
  CHECK(number(std::nan("")) == "–");
  CHECK(rounded(5889) == "5,890");
  CHECK(rounded(17.06e6) == "17.1 million");
  CHECK(rounded(999'999) == "1.00 million");
  CHECK(rounded(0) == "0");
  CHECK(signed_number(3) == "+3");
  CHECK(signed_number(-0.2) == "±0");
  CHECK(signed_percent(-0.256) == "−26 %");
  CHECK(signed_percent(-1) == "−100 %");
  CHECK(signed_percent(-0.9962) == "−99.6 %");
  CHECK(signed_percent(-0.99999) == "−99.9 %");
  CHECK(percent(0.123, 1) == "12.3 %");
  CHECK(percent(0.123) == "12 %");
  CHECK(percent(0, 1) == "0 %");
  CHECK(percent(1, 1) == "100 %");
  CHECK(percent(0.00002, 1) == "<0.1 %");
  CHECK(percent(0.0049) == "0.5 %");
  CHECK(percent(0.996) == "99.6 %");
  CHECK(percent(0.99999, 1) == ">99.9 %");
  CHECK(duration(45) == "45 s");
  CHECK(duration(4800) == "1 h 20 min");
  CHECK(duration(7199) == "2 h");
  scenarios::set_language("zh_CN");
  CHECK(rounded(17.06e6) == "1,706 万");
  CHECK(rounded(2.5e8) == "2.50 亿");
  scenarios::set_language("en");
}

TEST_CASE("local times cross midnight and fall back to the time since the start") {
  const LocalClock clock("2026-07-14T22:30:00+02:00");
  CHECK(clock.at(0) == "22:30");
  CHECK(clock.at(5400) == "00:00 +1 d");
  CHECK(clock.clock(5400) == "00:00");
  CHECK(clock.both(3600) == "23:30 (1 h)");
  CHECK(clock.both(3599) == "23:29 (59 min)");  // not 60 min: the clock has not reached it
  CHECK(clock.date() == "2026-07-14");
  const LocalClock none("tonight");
  CHECK_FALSE(none.known());
  CHECK(none.both(3600) == "1 h");
}

TEST_CASE("classes hold their lower break, and everything below the first has none") {
  const ClassScale depth = depth_scale();
  CHECK(depth.class_of(0.05) == -1);
  CHECK(depth.class_of(0.1) == 0);
  CHECK(depth.class_of(0.4999) == 1);
  CHECK(depth.class_of(50) == 4);
  CHECK(depth.class_of(std::nan("")) == -1);
  CHECK(amount_scale(730'000).breaks.back() == 500'000);
  CHECK(amount_scale(730'000).class_of(1) == 0);
  CHECK(amount_scale(730'000).class_of(0) == -1);
  CHECK(nice_below(0) == 0);
  CHECK(nice_below(0.3) == doctest::Approx(0.2));
}

TEST_CASE("a time scale has no class that begins after the longest time") {
  CHECK(closure_scale(9100).breaks == std::vector<double>{0, 3600, 7200});
  CHECK(closure_scale(9100).colours.size() == 3);
}

TEST_CASE("nine of ten arrivals lie below the last break, wherever on the clock they are") {
  CHECK(arrival_scale({30}).breaks == std::vector<double>{0, 60});
  std::vector<float> late;  // 84 % of them between 2 h 20 min and 3 h
  for (int i = 0; i < 1000; ++i)
    late.push_back(static_cast<float>(i < 160 ? 50 * i : 8400 + 2.5 * (i - 160)));
  for (const auto& times : {late, std::vector<float>(10, 0.0F), std::vector<float>(7, 86400.0F)}) {
    const ClassScale scale = arrival_scale(times);
    CHECK(scale.colours.size() == scale.breaks.size());
    std::vector<std::size_t> in_class(5, 0);
    for (const float t : times) ++in_class[static_cast<std::size_t>(scale.class_of(t))];
    CHECK(in_class[scale.breaks.size() - 1] * 10 <= times.size());
    if (times.size() == late.size())
      CHECK(*std::max_element(in_class.begin(), in_class.end()) * 2 <= late.size());
  }
}

TEST_CASE("colours of a scale darken or lighten in one direction, so that grey print keeps their order") {
  const auto luminance = [](Colour c) { return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b; };
  for (const ClassScale& scale : {depth_scale(), amount_scale(1e6), closure_scale(7200)})
    for (std::size_t k = 1; k < scale.colours.size(); ++k)
      CHECK(luminance(scale.colours[k]) < luminance(scale.colours[k - 1]));
  const ClassScale arrival = arrival_scale({0, 1800, 3600, 5400, 7200});
  for (std::size_t k = 1; k < arrival.colours.size(); ++k)
    CHECK(luminance(arrival.colours[k]) > luminance(arrival.colours[k - 1]));
}

TEST_CASE("a picture survives its PNG") {
  IndexedImage image{3, 2, {0, 1, 2, 2, 1, 0}, {{255, 255, 255, 0}, {10, 20, 30, 255}, {200, 100, 50, 128}}};
  const std::string bytes = encode_png(image);
  png_image decoded;
  std::memset(&decoded, 0, sizeof decoded);
  decoded.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&decoded, bytes.data(), bytes.size()) != 0);
  decoded.format = PNG_FORMAT_RGBA;
  std::vector<png_byte> rgba(PNG_IMAGE_SIZE(decoded));
  REQUIRE(png_image_finish_read(&decoded, nullptr, rgba.data(), 0, nullptr) != 0);
  CHECK(decoded.width == 3);
  CHECK(decoded.height == 2);
  CHECK(rgba[3] == 0);  // transparent
  CHECK(std::vector<png_byte>(rgba.begin() + 4, rgba.begin() + 8) == std::vector<png_byte>{10, 20, 30, 255});
  CHECK(rgba[4 * 3 + 3] == 128);
  CHECK(base64("") == "");
  CHECK(base64("M") == "TQ==");
  CHECK(base64("Ma") == "TWE=");
  CHECK(base64("Man") == "TWFu");
}

TEST_CASE("the frame keeps the shape of the extent and puts north at the top") {
  const MapFrame frame = frame_of({{1000, 2000}, {3400, 3600}});
  CHECK(frame.width == kLongestSidePx);
  CHECK(frame.height == 800);
  CHECK(frame.px(1000) == 0);
  CHECK(frame.py(3600) == doctest::Approx(0));
  CHECK(frame.py(2000) == doctest::Approx(800));
  CHECK(frame_of({}).width == 0);
}

TEST_CASE("lines without a class are not drawn, and labels never cover each other") {
  const MapFrame frame = frame_of({{0, 0}, {1200, 1200}});
  Ragged<Point2> lines;
  lines.push_back(std::vector<Point2>{{0, 0}, {100, 0}});
  lines.push_back(std::vector<Point2>{{0, 100}, {100, 100}});
  const std::string svg = line_layer(lines, {std::nan(""), 600.0}, closure_scale(3600), 3, frame);
  CHECK(svg.find("M0 1100l100 0") != std::string::npos);
  CHECK(svg.find("M0 1200") == std::string::npos);
  std::vector<Marker> crowd(9, Marker{{600, 600}, "label", {}});
  const std::string markers = marker_layer(crowd, 20, frame);
  std::size_t labels = 0;
  for (std::size_t at = markers.find("<text"); at != std::string::npos; at = markers.find("<text", at + 1))
    ++labels;
  CHECK(labels == 4);  // right, left, above, below
}

TEST_CASE("names from data cannot break the page") {
  CHECK(escape("<b>\"A&B\"</b>") == "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;");
  Table table{"", {{"a"}, {"b", Column::Kind::html}}, {{"<i>", "<i>x</i>"}}, ""};
  CHECK(render(table).find("<td>&lt;i&gt;</td><td><i>x</i></td>") != std::string::npos);
  table.rows.clear();
  CHECK(render(table).empty());
}

TEST_CASE("a chart reaches its largest value and names both clocks") {
  const Chart chart{"Rain", "mm/h", {{"run", kRunColour, false, false, {0, 1800, 3600}, {0, 47, 0}}}};
  const std::string svg = render(chart, LocalClock("2026-07-14T18:00:00+02:00"));
  CHECK(svg.find("Rain [mm/h]") != std::string::npos);
  CHECK(svg.find(">50<") != std::string::npos);
  CHECK(svg.find(">1:00<") != std::string::npos);
  CHECK(svg.find(">19:00<") != std::string::npos);
  CHECK(svg.find("<ul") == std::string::npos);  // one line needs no key
}
