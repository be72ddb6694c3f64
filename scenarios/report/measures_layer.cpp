#include "scenarios/report/measures_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/core/text.hpp"

namespace citytwin::scenarios::report {

namespace {

using Shape = PlacedMeasure::Shape;

std::string path_of(const PlacedMeasure& measure, const MapFrame& frame) {
  std::string path;
  for (const Point2 p : measure.where)
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", frame.px(p.x), frame.py(p.y));
  return measure.shape == Shape::area ? path + "Z" : path;
}

// Drawn twice, white below: it is seen on dark water, on light ground and on both colours of a change.
std::string stroked(const std::string& path, double width) {
  return fmt::format(
      "<path d=\"{0}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"{1:.1f}\" stroke-linejoin=\"round\"/>"
      "<path d=\"{0}\" fill=\"none\" stroke=\"{2}\" stroke-width=\"{3:.1f}\" stroke-linejoin=\"round\"/>\n",
      path, 2 * width, hex(kMeasureColour), width);
}

std::string squares(const std::vector<Point2>& places, double side, const MapFrame& frame) {
  std::string path;
  for (const Point2 p : places) {
    const double x = frame.px(p.x), y = frame.py(p.y);
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    path +=
        fmt::format("M{:.1f} {:.1f}h{:.1f}v{:.1f}h-{:.1f}z", x - side / 2, y - side / 2, side, side, side);
  }
  if (path.empty()) return path;
  return fmt::format("<path d=\"{}\" fill=\"{}\" stroke=\"#fff\" stroke-width=\"{:.1f}\"/>\n", path,
                     hex(kMeasureColour), side / 6);
}

std::string kinds_of(const std::vector<PlacedMeasure>& measures, Shape shape) {
  std::vector<std::string> words;
  for (const PlacedMeasure& m : measures) {
    const std::string code = "report.measure." + m.kind;
    const std::string word = has_text(code) ? text(code) : m.kind;
    if (m.shape == shape && !m.where.empty() && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(word);
  }
  std::string joined;
  for (const std::string& word : words)
    joined += (joined.empty() ? "" : text("report.list_separator")) + word;
  return joined;
}

}  // namespace

std::string measures_layer(const std::vector<PlacedMeasure>& measures, double size, const MapFrame& frame) {
  constexpr std::size_t kMany = 50;  // a quarter of houses: smaller squares, which leave the ground visible
  std::string svg;
  for (const PlacedMeasure& m : measures) {
    if (m.where.empty()) continue;
    if (m.shape == Shape::points)
      svg += squares(m.where, m.where.size() > kMany ? 0.35 * size : 0.75 * size, frame);
    else
      svg += stroked(path_of(m, frame), 0.22 * size);
  }
  return svg;
}

std::vector<LegendEntry> measure_entries(const std::vector<PlacedMeasure>& measures) {
  std::vector<LegendEntry> entries;
  const auto add = [&](Shape shape, LegendEntry::Shape swatch) {
    const std::string kinds = kinds_of(measures, shape);
    if (!kinds.empty())
      entries.push_back({swatch, kMeasureColour, text("report.legend.measure", {{"kinds", kinds}})});
  };
  add(Shape::line, LegendEntry::Shape::line);
  add(Shape::area, LegendEntry::Shape::outline);
  add(Shape::points, LegendEntry::Shape::square);
  return entries;
}

}  // namespace citytwin::scenarios::report
