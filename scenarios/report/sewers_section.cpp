// The sewers in the report: how much they took, where they were full, where they gave water back.
#include <algorithm>
#include <cmath>

#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostManholes = 15;
constexpr double kLeastReturned = 1;  // [m3]
constexpr Colour kReturns{0xb3, 0x00, 0x2d};

// Hours full: the map's classes.
ClassScale full_scale() {
  return {
      {0, 0.02, 0.5, 1, 2},
      {{0x8f, 0xa6, 0xb5}, {0xf0, 0xc9, 0x5c}, {0xe0, 0x8b, 0x2c}, {0xb8, 0x4a, 0x1a}, {0x6e, 0x1a, 0x10}}};
}

bool is_synthesised(const Sewers& sewers) {
  return std::string_view(sewers_origin(sewers)).starts_with("synthesised");
}

// Titles of tables, maps and legends go their own ways: each says what the sewers are.
std::string marked(const View& view, const std::string& title) {
  return is_synthesised(view.city().sewers()) ? text("report.sewers.marked", {{"what", title}}) : title;
}

std::string hours(double h) { return number(h, h < 0.1 ? 2 : 1) + " h"; }

std::vector<Marker> returning(const FinishedRun& run) {
  std::vector<Marker> dots;
  const std::vector<double> m3 = sewer_node_values(run, "returned");
  for (std::size_t n = 0; n < m3.size(); ++n)
    if (m3[n] > kLeastReturned) dots.push_back({run.model->sewers().nodes.position[n], "", kReturns});
  return dots;
}

Map full_map(const View& view, const FinishedRun& run, const std::string& title, bool whole) {
  Map map{title, {}, {}, whole};
  map.layers.push_back(line_layer(run.model->sewers().links.geometry, sewer_link_values(run, "full_h"),
                                  full_scale(), whole ? 3 : 5, view.frame));
  const auto dots = returning(run);
  if (!dots.empty()) map.layers.push_back(marker_layer(dots, 0.6 * lettering(map, view.frame), view.frame));
  return map;
}

std::string maps(const View& view) {
  std::vector<LegendEntry> legend{
      {LegendEntry::Shape::title, {}, marked(view, text("report.legend.sewer_full"))}};
  for (auto& e : class_entries(full_scale(), LegendEntry::Shape::line, hours)) legend.push_back(e);
  legend.push_back({LegendEntry::Shape::dot, kReturns, text("report.legend.sewer_returns")});
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  if (view.before == nullptr || !sewer_totals(*view.before))
    return render_block(
        full_map(view, view.run, marked(view, text("report.map.sewers", {{"run", view.run_label}})), true),
        view.frame, view.base_id, legend, attribution(view.city()));
  const std::string pair =
      render(full_map(view, *view.before, view.before_label, false), view.frame, view.base_id) +
      render(full_map(view, view.run, view.run_label, false), view.frame, view.base_id);
  return element(
      "div",
      element("div", pair, "side") + render(legend) + paragraph(attribution(view.city()), "attribution"),
      "maps");
}

std::string totals_table(const View& view, const SewerTotals& now) {
  using Kind = Column::Kind;
  const auto before = view.before == nullptr ? std::nullopt : sewer_totals(*view.before);
  Table table{marked(view, text("report.table.sewers")), {{text("report.col.sewer_what")}}, {}, {}};
  if (before) table.columns.push_back({view.before_label, Kind::number});
  table.columns.push_back({view.run_label, Kind::number});
  const auto add = [&](const char* what, auto&& value) {
    std::vector<std::string> row{text(what)};
    if (before) row.push_back(value(*before));
    row.push_back(value(now));
    table.rows.push_back(std::move(row));
  };
  add("report.sewer.rain", [](const SewerTotals& t) { return number(t.rain) + " m³"; });
  add("report.sewer.captured", [](const SewerTotals& t) { return number(t.captured) + " m³"; });
  if (now.from_roofs > 0 || (before && before->from_roofs > 0))
    add("report.sewer.from_roofs", [](const SewerTotals& t) { return number(t.from_roofs) + " m³"; });
  add("report.sewer.returned", [](const SewerTotals& t) { return number(t.returned) + " m³"; });
  add("report.sewer.share", [](const SewerTotals& t) { return number(100 * t.captured_share(), 1) + " %"; });
  add("report.sewer.outflow", [](const SewerTotals& t) { return number(t.outflow) + " m³"; });
  add("report.sewer.stored", [](const SewerTotals& t) { return number(t.stored) + " m³"; });
  add("report.sewer.surcharged",
      [](const SewerTotals& t) { return number(static_cast<double>(t.surcharged_nodes)); });
  add("report.sewer.returning",
      [](const SewerTotals& t) { return number(static_cast<double>(t.returning_nodes)); });
  add("report.sewer.full_km", [](const SewerTotals& t) { return number(t.full_km, 1) + " km"; });
  return render(table);
}

std::string manholes_table(const View& view) {
  const std::vector<double> m3 = sewer_node_values(view.run, "returned");
  const std::vector<double> pressed = sewer_node_values(view.run, "surcharged_h");
  const std::vector<double> depth = sewer_node_values(view.run, "max_depth");
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < m3.size(); ++n)
    if (m3[n] > kLeastReturned) order.push_back(n);
  const std::size_t all = order.size();
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return m3[a] > m3[b]; });
  order.resize(std::min(all, kMostManholes));
  using Kind = Column::Kind;
  Table table{marked(view, text("report.table.manholes", {{"n", number(static_cast<double>(order.size()))},
                                                          {"all", number(static_cast<double>(all))}})),
              {{text("report.col.manhole")},
               {text("report.col.returned"), Kind::number},
               {text("report.col.surcharged"), Kind::number},
               {text("report.col.sewer_depth"), Kind::number}},
              {},
              {}};
  for (const std::size_t n : order)
    table.rows.push_back(
        {view.city().sewers().nodes.origin.key[n], number(m3[n]), hours(pressed[n]), number(depth[n], 2)});
  return render(table);
}

}  // namespace

std::string sewers_section(const View& view) {
  const auto totals = sewer_totals(view.run);
  if (!totals) return {};
  std::string out = heading(view, text("report.sewers.title"));
  out += paragraph(text("report.sewers.intro", {{"nodes", number(static_cast<double>(totals->nodes))},
                                                {"km", number(totals->pipe_km, 1)}}),
                   "intro");
  if (is_synthesised(view.city().sewers())) out += paragraph(text("report.sewers.synthesised"), "footnote");
  return element("section", out + totals_table(view, *totals) + maps(view) + manholes_table(view));
}

}  // namespace citytwin::scenarios::report
