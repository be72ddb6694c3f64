#include <algorithm>
#include <cmath>
#include <string_view>

#include "scenarios/core/text.hpp"
#include "scenarios/report/chart.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostCharts = 12;

// Bookkeeping of the solver, of no use to a planner.
bool is_internal(const std::string& name) {
  return name.ends_with("sub_steps") || name.ends_with("cell_steps") || name.ends_with("unsettled_steps");
}

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
  return {1, unit == "1" ? "" : unit};
}

// The stored volume is drawn as what was gained since the start; the sea would hide it otherwise.
RecordedSeries for_people(const RecordedSeries& series) {
  RecordedSeries out = series;
  if (series.name == "surface_water.volume")
    for (double& v : out.value) v -= series.value.front();
  return out;
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
  if (is_internal(series.name) || (is_flat_zero(&series) && is_flat_zero(before))) return {};
  const RecordedSeries now = for_people(series);
  const RecordedSeries then = before == nullptr ? RecordedSeries{} : for_people(*before);
  double largest = 0;
  for (const auto* values : {&now.value, &then.value})
    for (const double v : *values) largest = std::max(largest, v);
  const Shown shown = shown_unit(now, largest);
  const std::string code = "report.series." + now.name;
  Chart chart{has_text(code) ? text(code) : now.name, shown.unit, {}};
  if (!now.key.empty()) chart.title += " · " + now.key;
  if (before != nullptr) chart.lines.push_back(line_of(then, shown, view.before_label, true));
  chart.lines.push_back(line_of(now, shown, view.run_label, false));
  if (now.name == "surface_water.rain") chart.lines.back().filled = true;
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
  out += paragraph(text(view.clock.known() ? "report.series.intro_local" : "report.series.intro"), "intro");
  out += element("div", charts, "side");
  if (left_out > 0)
    out += paragraph(text("report.series.more", {{"n", number(static_cast<double>(left_out))}}), "footnote");
  return element("section", out);
}

}  // namespace citytwin::scenarios::report
