#include "scenarios/report/map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/core/text.hpp"
#include "scenarios/report/format.hpp"
#include "scenarios/report/html.hpp"

namespace citytwin::scenarios::report {

namespace {

std::string north_arrow(const MapFrame& frame, double size) {
  const double x = frame.width - 1.6 * size, y = 0.8 * size;
  return fmt::format(
      "<g transform=\"translate({:.1f} {:.1f})\"><path d=\"M0 0L{:.1f} {:.1f}L0 {:.1f}L{:.1f} {:.1f}Z\" "
      "fill=\"#1d2630\" stroke=\"#fff\" stroke-width=\"{:.1f}\" paint-order=\"stroke\"/>"
      "<text y=\"{:.1f}\" text-anchor=\"middle\" font-size=\"{:.1f}\" font-weight=\"700\" fill=\"#1d2630\" "
      "stroke=\"#fff\" stroke-width=\"{:.1f}\" paint-order=\"stroke\">{}</text></g>\n",
      x, y, 0.55 * size, 1.5 * size, 1.15 * size, -0.55 * size, 1.5 * size, size / 5, 2.5 * size, size,
      size / 5, escape(text("report.north")));
}

std::string scale_bar(const MapFrame& frame, double size) {
  const double metres = nice_below(frame.width * frame.m_per_px / 4);
  const double px = metres / frame.m_per_px, x = size, y = frame.height - 0.9 * size;
  const std::string label = metres >= 1000 ? number(metres / 1000) + " km" : number(metres) + " m";
  return fmt::format(
      "<g><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#fff\" "
      "fill-opacity=\"0.8\"/>"
      "<path d=\"M{:.1f} {:.1f}v{:.1f}h{:.1f}v-{:.1f}\" fill=\"none\" stroke=\"#1d2630\" "
      "stroke-width=\"{:.1f}\"/>"
      "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\" fill=\"#1d2630\">{}</text></g>\n",
      x - 0.4 * size, y - 1.5 * size, px + 0.8 * size, 1.9 * size, x, y - 0.45 * size, 0.45 * size, px,
      0.45 * size, size / 8, x, y - 0.65 * size, size, label);
}

std::string swatch(const LegendEntry& entry) {
  const std::string colour = hex(entry.colour);
  switch (entry.shape) {
    case LegendEntry::Shape::line:
      return fmt::format(
          "<svg viewBox=\"0 0 20 13\"><path d=\"M1 7h18\" stroke=\"{}\" stroke-width=\"4\"/></svg>", colour);
    case LegendEntry::Shape::dot:
      return fmt::format(
          "<svg viewBox=\"0 0 20 13\"><circle cx=\"10\" cy=\"6.5\" r=\"5\" fill=\"{}\"/></svg>", colour);
    case LegendEntry::Shape::square:
      return fmt::format(
          "<svg viewBox=\"0 0 20 13\"><rect x=\"5.5\" y=\"2\" width=\"9\" height=\"9\" fill=\"{}\"/></svg>",
          colour);
    case LegendEntry::Shape::outline:
      return fmt::format(
          "<svg viewBox=\"0 0 20 13\"><rect x=\"1.5\" y=\"1.5\" width=\"17\" height=\"10\" fill=\"none\" "
          "stroke=\"{}\" stroke-width=\"3\"/></svg>",
          colour);
    case LegendEntry::Shape::hatch:
      return "<svg viewBox=\"0 0 20 13\"><rect width=\"20\" height=\"13\" fill=\"#fafafa\" stroke=\"#999\"/>"
             "<path d=\"M0 13L13 0M7 13L20 0\" stroke=\"#999\"/></svg>";
    case LegendEntry::Shape::title:
      return {};
    default:
      return fmt::format("<svg viewBox=\"0 0 20 13\"><rect width=\"20\" height=\"13\" fill=\"{}\"/></svg>",
                         colour);
  }
}

}  // namespace

// Font size in picture pixels that prints 2.6 mm high: the style sheet fits a map into a box of so many mm.
double lettering(const Map& map, const MapFrame& frame) {
  const double aspect = static_cast<double>(frame.width) / frame.height;
  const double printed_mm = map.whole_width ? std::min(180.0, 88 * aspect) : std::min(87.0, 62 * aspect);
  return 2.6 * frame.width / printed_mm;
}

std::string embed_base(const IndexedImage& base, const std::string& id) {
  return fmt::format(
      "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs><image id=\"{}\" "
      "width=\"{}\" height=\"{}\" href=\"{}\"/></defs></svg>\n",
      id, base.width, base.height, data_uri(base));
}

std::string render(const Map& map, const MapFrame& frame, const std::string& base_id) {
  const double size = lettering(map, frame);
  std::string out = fmt::format("<figure class=\"map\" style=\"--aspect:{:.4f}\"><figcaption>{}",
                                static_cast<double>(frame.width) / frame.height, escape(map.title));
  if (!map.note.empty()) out += "<small>" + escape(map.note) + "</small>";
  out += fmt::format(
      "</figcaption>\n<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" "
      "font-family=\"Helvetica,Arial,"
      "'Noto Sans','DejaVu Sans',sans-serif\"><use href=\"#{}\"/>\n",
      frame.width, frame.height, escape(map.title), base_id);
  for (const std::string& layer : map.layers) out += layer;
  return out + scale_bar(frame, size) + north_arrow(frame, size) + "</svg></figure>\n";
}

std::string render(const std::vector<LegendEntry>& legend) {
  std::string out = "<ul class=\"legend\">\n";
  for (const LegendEntry& entry : legend)
    out +=
        fmt::format("<li{}>{}{}</li>\n", entry.shape == LegendEntry::Shape::title ? " class=\"title\"" : "",
                    swatch(entry), escape(entry.label));
  return out + "</ul>\n";
}

std::string render_block(const Map& map, const MapFrame& frame, const std::string& base_id,
                         const std::vector<LegendEntry>& legend, const std::string& credit) {
  const bool tall = static_cast<double>(frame.width) / frame.height < 1.75;
  return element(
      "div",
      render(map, frame, base_id) + element("div", render(legend) + paragraph(credit, "attribution"), "key"),
      tall ? "maps tall" : "maps");
}

std::string range_label(const std::string& from, const std::string& to) {
  if (from.empty()) return text("report.up_to", {{"to", to}});
  if (to.empty()) return text("report.over", {{"from", from}});
  return from + " – " + to;
}

std::vector<LegendEntry> difference_entries(const DifferenceScale& scale,
                                            const std::vector<std::string>& breaks) {
  std::vector<LegendEntry> entries;
  const auto label = [&](const char* code, std::size_t k) {
    const bool last = k + 1 == breaks.size();
    return text(code, {{"range", last ? text("report.over", {{"from", breaks[k]}})
                                      : breaks[k] + " – " + breaks[k + 1]}});
  };
  for (std::size_t k = breaks.size(); k-- > 0;)
    entries.push_back({LegendEntry::Shape::area, scale.better[k], label("report.less_by", k)});
  for (std::size_t k = 0; k < breaks.size(); ++k)
    entries.push_back({LegendEntry::Shape::area, scale.worse[k], label("report.more_by", k)});
  return entries;
}

std::vector<LegendEntry> ground_entries(const CityModel& model) {
  std::vector<LegendEntry> entries;
  if (model.water_bodies().size() > 0)
    entries.push_back({LegendEntry::Shape::area, kWaterColour, text("report.legend.water")});
  const auto& ground = model.terrain().elevation.values;
  if (std::any_of(ground.begin(), ground.end(), [](float z) { return std::isnan(z); }))
    entries.push_back({LegendEntry::Shape::hatch, {}, text("report.legend.no_ground")});
  return entries;
}

std::string attribution(const CityModel& model) {
  std::vector<std::string> parts;
  const Sources& sources = model.sources();
  for (std::size_t row = 0; row < sources.size(); ++row) {
    std::string part = sources.attribution[row].empty() ? sources.file_name[row] : sources.attribution[row];
    if (!sources.licence[row].empty() && part.find(sources.licence[row]) == std::string::npos)
      part += " (" + sources.licence[row] + ")";
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : " · ") + part;
  return joined.empty() ? std::string() : text("report.attribution", {{"sources", joined}});
}

}  // namespace citytwin::scenarios::report
