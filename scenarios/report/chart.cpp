#include "scenarios/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr double kWidth = 560, kHeight = 250;
constexpr double kLeft = 62, kRight = 14, kTop = 14, kBottom = 52;
constexpr double kText = 15;
constexpr std::size_t kMostPoints = 400;  // per line; more cannot be told apart on paper

struct Axes {
  double t_end = 1, y_step = 1, y_end = 1;
  [[nodiscard]] double x(double t) const { return kLeft + (kWidth - kLeft - kRight) * t / t_end; }
  [[nodiscard]] double y(double v) const {
    return kHeight - kBottom - (kHeight - kTop - kBottom) * v / y_end;
  }
};

Axes axes_of(const Chart& chart) {
  Axes axes;
  double top = 0, end = 0;
  bool counts = true;  // whole numbers only: no tick between 0 and 1
  for (const ChartLine& line : chart.lines) {
    for (const double v : line.value)
      if (std::isfinite(v)) {
        top = std::max(top, v);
        counts = counts && v == std::floor(v);
      }
    if (!line.time.empty()) end = std::max(end, line.time.back());
  }
  axes.t_end = end > 0 ? end : 1;
  if (top > 0) {
    axes.y_step = nice_below(top / 2.5);
    if (counts) axes.y_step = std::max(axes.y_step, 1.0);
    axes.y_end = axes.y_step * std::ceil(top / axes.y_step - 1e-9);
  }
  return axes;
}

double time_step(double end) {
  static constexpr double kSteps[] = {60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
  for (const double step : kSteps)
    if (end / step <= 6.01) return step;
  return 86400 * std::ceil(end / 86400 / 6);
}

std::string grid_lines(const Axes& axes, const LocalClock& clock) {
  std::string out;
  const int decimals = axes.y_step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(axes.y_step) - 1e-9));
  for (int k = 0; k * axes.y_step <= axes.y_end * (1 + 1e-9); ++k) {
    const double y = axes.y(k * axes.y_step);
    out += fmt::format(
        "<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"{}\"/><text x=\"{:.1f}\" y=\"{:.1f}\" "
        "text-anchor=\"end\">{}</text>\n",
        kLeft, y, kWidth - kRight, k == 0 ? "#1d2630" : "#dfe4e9", kLeft - 7, y + 5,
        number(k * axes.y_step, decimals));
  }
  const double step = time_step(axes.t_end);
  for (int k = 0; k * step <= axes.t_end * (1 + 1e-9); ++k) {
    const double x = axes.x(k * step);
    const bool last = k * step > axes.t_end * 0.97;
    const long minutes = std::lround(k * step / 60);
    out += fmt::format(
        "<path d=\"M{:.1f} {:.1f}v5\" stroke=\"#1d2630\"/><text x=\"{:.1f}\" y=\"{:.1f}\" "
        "text-anchor=\"{}\">{}</text>\n",
        x, kHeight - kBottom, x, kHeight - kBottom + 21, last ? "end" : "middle",
        fmt::format("{}:{:02}", minutes / 60, minutes % 60));
    if (clock.known())
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" fill=\"#55626f\">{}</text>\n", x,
                         kHeight - kBottom + 39, last ? "end" : "middle", clock.clock(k * step));
  }
  return out;
}

std::string curve(const ChartLine& line, const Axes& axes) {
  const std::size_t stride = std::max<std::size_t>(1, line.time.size() / kMostPoints);
  std::string points;
  double first = 0, last = 0;
  for (std::size_t i = 0; i < line.time.size(); i += stride) {
    if (!std::isfinite(line.value[i])) continue;
    last = axes.x(line.time[i]);
    if (points.empty()) first = last;
    points += fmt::format("{}{:.1f} {:.1f}", points.empty() ? "M" : "L", last, axes.y(line.value[i]));
  }
  if (points.empty()) return {};
  std::string out;
  if (line.filled)
    out += fmt::format("<path d=\"{}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\" fill=\"{}\" fill-opacity=\"0.25\"/>\n",
                       points, last, axes.y(0), first, axes.y(0), hex(line.colour));
  return out + fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.2\"{}/>\n", points,
                           hex(line.colour), line.dashed ? " stroke-dasharray=\"7 4\"" : "");
}

std::string key(const Chart& chart) {
  if (chart.lines.size() < 2) return {};
  std::string out = "<ul class=\"legend\">\n";
  for (const ChartLine& line : chart.lines)
    out += fmt::format(
        "<li><svg viewBox=\"0 0 20 13\"><path d=\"M0 7h20\" stroke=\"{}\" stroke-width=\"3\"{}/></svg>"
        "{}</li>\n",
        hex(line.colour), line.dashed ? " stroke-dasharray=\"6 3\"" : "", escape(line.label));
  return out + "</ul>\n";
}

}  // namespace

std::string render(const Chart& chart, const LocalClock& clock) {
  const Axes axes = axes_of(chart);
  const std::string title = chart.unit.empty() ? chart.title : chart.title + " [" + chart.unit + "]";
  std::string out = fmt::format(
      "<figure class=\"chart\"><figcaption>{0}</figcaption>\n<svg viewBox=\"0 0 {1} {2}\" role=\"img\" "
      "aria-label=\"{0}\" font-size=\"{3}\" fill=\"#1d2630\" font-family=\"Helvetica,Arial,'Noto Sans',"
      "'DejaVu Sans',sans-serif\">\n",
      escape(title), kWidth, kHeight, kText);
  out += grid_lines(axes, clock);
  for (const ChartLine& line : chart.lines) out += curve(line, axes);
  return out + "</svg>\n" + key(chart) + "</figure>\n";
}

}  // namespace citytwin::scenarios::report
