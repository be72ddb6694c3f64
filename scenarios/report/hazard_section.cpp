#include <algorithm>
#include <cmath>

#include "engine/risk/exposure.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/measures_layer.hpp"
#include "scenarios/report/sections.hpp"
#include "scenarios/report/stops.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr const char* kDepth = "surface_water.max_depth";
constexpr const char* kArrival = "surface_water.arrival_time";

std::string metres(double v) { return number(v, v < 0.1 ? 2 : v < 1 ? 1 : 0) + " m"; }

std::string markers(const View& view, const FinishedRun& run, double size) {
  std::vector<Marker> dots;
  const auto failed = stops_of(run).all;
  for (std::size_t i = 0; i < failed.size(); ++i)
    dots.push_back({run.model->facilities().position[failed[i]], std::to_string(i + 1), {0xb3, 0x00, 0x2d}});
  return dots.empty() ? std::string() : marker_layer(dots, size, view.frame);
}

// Of both runs: in a comparison either may have built something.
std::vector<PlacedMeasure> all_measures_of(const View& view) {
  std::vector<PlacedMeasure> all = view.run.measures;
  if (view.before != nullptr)
    all.insert(all.end(), view.before->measures.begin(), view.before->measures.end());
  return all;
}

void add(std::vector<LegendEntry>& legend, const std::vector<LegendEntry>& more) {
  legend.insert(legend.end(), more.begin(), more.end());
}

Map depth_map(const View& view, const FinishedRun& run, const Grid<std::uint8_t>& water,
              const std::string& title, bool whole) {
  Map map{title, {}, {}, whole};
  MapFrame frame = view.frame;
  if (!whole) frame.most_cells /= 2;
  map.layers.push_back(grid_layer(view.grid(run, kDepth)->grid, water, depth_scale(), Thin::largest, frame));
  map.layers.push_back(measures_layer(run.measures, lettering(map, view.frame), view.frame));
  if (whole) map.layers.push_back(markers(view, run, 0.85 * lettering(map, view.frame)));
  return map;
}

std::vector<LegendEntry> depth_legend(const View& view, bool with_markers) {
  std::vector<LegendEntry> legend{{LegendEntry::Shape::title, {}, text("report.legend.depth")}};
  for (auto& e : class_entries(depth_scale(), LegendEntry::Shape::area, metres)) legend.push_back(e);
  if (with_markers && !stops_of(view.run).all.empty())
    legend.push_back({LegendEntry::Shape::dot, {0xb3, 0x00, 0x2d}, text("report.legend.stopped")});
  add(legend, measure_entries(with_markers ? view.run.measures : all_measures_of(view)));
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  return legend;
}

std::string whole_depth_map(const View& view, const Grid<std::uint8_t>& water) {
  const Map map = depth_map(view, view.run, water, text("report.map.depth", {{"run", view.run_label}}), true);
  return render_block(map, view.frame, view.base_id, depth_legend(view, true), attribution(view.city()));
}

std::string depth_pair(const View& view, const Grid<std::uint8_t>& water) {
  const auto half = [&](const FinishedRun& run, const std::string& label) {
    return render(depth_map(view, run, water, label, false), view.frame, view.base_id);
  };
  return element("div", half(*view.before, view.before_label) + half(view.run, view.run_label), "side") +
         render(depth_legend(view, false)) + paragraph(attribution(view.city()), "attribution");
}

std::string depth_change(const View& view, const Grid<std::uint8_t>& water) {
  const DifferenceScale scale = depth_difference_scale();
  Map change{text("report.map.depth_change", {{"run", view.run_label}, {"before", view.before_label}}),
             {},
             {difference_layer(view.grid(*view.before, kDepth)->grid, view.grid(view.run, kDepth)->grid,
                               water, scale, view.frame)}};
  const auto measures = all_measures_of(view);
  change.layers.push_back(measures_layer(measures, lettering(change, view.frame), view.frame));
  std::vector<std::string> breaks;
  for (const double b : scale.breaks) breaks.push_back(number(b, 2) + " m");
  auto legend = difference_entries(scale, breaks);
  legend.insert(legend.begin(), {LegendEntry::Shape::title, {}, text("report.legend.depth_change")});
  add(legend, measure_entries(measures));
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  return render_block(change, view.frame, view.base_id, legend, attribution(view.city()));
}

std::string arrival_map(const View& view, const Grid<std::uint8_t>& water) {
  const ObservedGrid* arrival = view.grid(view.run, kArrival);
  if (arrival == nullptr || !(arrival->grid.spec == water.spec)) return {};
  std::vector<float> times;
  for (std::size_t k = 0; k < arrival->grid.values.size(); ++k)
    if (water.values[k] == 0 && !std::isnan(arrival->grid.values[k]))
      times.push_back(arrival->grid.values[k]);
  if (times.empty()) return {};
  const ClassScale scale = arrival_scale(std::move(times));
  const Map map{text("report.map.arrival", {{"run", view.run_label}}),
                text("report.map.arrival_note"),
                {grid_layer(arrival->grid, water, scale, Thin::smallest, view.frame)}};
  std::vector<LegendEntry> legend{{LegendEntry::Shape::title, {}, text("report.legend.arrival")}};
  const auto label = [&](double s) { return view.clock.both(s); };
  for (auto& e : class_entries(scale, LegendEntry::Shape::area, label)) legend.push_back(e);
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  return render_block(map, view.frame, view.base_id, legend, attribution(view.city()));
}

// What ground and roofs kept of the rain; nothing where they keep none.
std::string kept(const View& view) {
  const auto last = [&](const char* name) {
    const RecordedSeries* series = view.run.record.find_series(name);
    return series == nullptr || series->value.empty() ? 0 : series->value.back();
  };
  const double ground = last("surface_water.kept_by_ground");
  const double roofs = last("surface_water.kept_on_green_roofs");
  if (ground <= 0 && roofs <= 0) return {};
  return paragraph(text("report.kept", {{"ground", number(ground)}, {"roofs", number(roofs)}}), "intro");
}

}  // namespace

std::string hazard_section(const View& view) {
  const ObservedGrid* depth = view.grid(view.run, kDepth);
  if (depth == nullptr) return {};
  const auto water = risk::permanent_water(view.city(), view.run.record, depth->grid.spec);
  std::string out = heading(view, text("report.hazard.title"));
  out += paragraph(text("report.hazard.intro", {{"grid", view.scenario.grid}}), "intro");
  out += kept(view);
  if (view.cropped) out += paragraph(text("report.cropped"), "footnote");
  out += finer_than_terrain(view);
  if (view.comparable(kDepth)) {
    out = element("div", out + depth_pair(view, water), "keep");
    out += depth_change(view, water) + whole_depth_map(view, water);
  } else {
    if (view.before != nullptr) out += paragraph(text("report.not_comparable"));
    out = element("div", out + whole_depth_map(view, water), "keep");
  }
  const std::string arrival = arrival_map(view, water);
  if (!arrival.empty()) out += element("div", element("h3", escape(text("report.arrival.title"))) + arrival);
  return element("section", out);
}

}  // namespace citytwin::scenarios::report
