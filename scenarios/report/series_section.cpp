#include <algorithm>
#include <string_view>

#include "scenarios/core/text.hpp"
#include "scenarios/report/chart.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostCharts = 12;

struct Shown {
  double factor;
  std::string unit;
};

// Units people use, chosen from the SI unit and the largest value.
Shown shown_unit(const RecordedSeries& series, double largest) {
  const std::string& unit = series.unit;
  if (unit == "m/s" && series.name.find("rain") != std::string::npos) return {3.6e6, "mm/h"};
  if (unit == "m2") return {1e-4, "ha"};
  if (unit == "m3" && largest >= 1e4) return {1e-3, text("report.thousand_m3")};
  if (unit == "m3") return {1, "m³"};
  if (unit == "m3/s") return {1, "m³/s"};
  return {1, unit};
}

ChartLine line_of(const RecordedSeries& series, const Shown& shown, const std::string& label, bool baseline) {
  ChartLine line{label, baseline ? kBaselineColour : kRunColour, baseline, false, series.time, series.value};
  for (double& v : line.value) v *= shown.factor;
  return line;
}

bool is_flat_zero(const RecordedSeries* series) {
  return series == nullptr ||
         std::all_of(series->value.begin(), series->value.end(), [](double v) { return !(std::abs(v) > 0); });
}

std::string chart_of(const View& view, const RecordedSeries& series) {
  const RecordedSeries* before =
      view.before == nullptr ? nullptr : view.before->record.find_series(series.name, series.key);
  if (is_flat_zero(&series) && is_flat_zero(before)) return {};
  double largest = *std::max_element(series.value.begin(), series.value.end());
  if (before != nullptr && !before->value.empty())
    largest = std::max(largest, *std::max_element(before->value.begin(), before->value.end()));
  const Shown shown = shown_unit(series, largest);
  const std::string code = "report.series." + series.name;
  Chart chart{has_text(code) ? text(code) : series.name, shown.unit, {}};
  if (!series.key.empty()) chart.title += " · " + series.key;
  if (before != nullptr) chart.lines.push_back(line_of(*before, shown, view.before_label, true));
  chart.lines.push_back(line_of(series, shown, view.run_label, false));
  if (series.name.find("rain") != std::string::npos) chart.lines.back().filled = true;
  return render(chart, view.clock);
}

}  // namespace

std::string series_section(const View& view) {
  std::string charts;
  std::size_t drawn = 0, left_out = 0;
  for (const RecordedSeries& series : view.run.record.series) {
    if (series.value.empty()) continue;
    if (drawn == kMostCharts) {
      ++left_out;
      continue;
    }
    const std::string chart = chart_of(view, series);
    if (!chart.empty()) ++drawn;
    charts += chart;
  }
  if (charts.empty()) return {};
  std::string out = heading(view, text("report.series.title"));
  out += paragraph(text(view.clock.known() ? "report.series.intro_local" : "report.series.intro"));
  out += element("div", charts, "side");
  if (left_out > 0)
    out += paragraph(text("report.series.more", {{"n", number(static_cast<double>(left_out))}}), "footnote");
  return element("section", out, "page");
}

}  // namespace citytwin::scenarios::report
