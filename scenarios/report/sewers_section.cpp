// The sewers in the report: how much they took, where they were full, where they gave water back.
#include <cmath>
#include <string_view>

#include "scenarios/core/sewer_names.hpp"
#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/manholes.hpp"
#include "scenarios/report/measures_layer.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostTanks = 10;

// Hours full: the map's classes.
ClassScale full_scale() {
  return {
      {0, 0.02, 0.5, 1, 2},
      {{0x8f, 0xa6, 0xb5}, {0xf0, 0xc9, 0x5c}, {0xe0, 0x8b, 0x2c}, {0xb8, 0x4a, 0x1a}, {0x6e, 0x1a, 0x10}}};
}

// What of the measures belongs on a map of sewers.
std::vector<PlacedMeasure> sewer_measures(const FinishedRun& run) {
  std::vector<PlacedMeasure> some;
  for (const PlacedMeasure& m : run.measures)
    if (m.kind == "storage_tank" || m.kind == "sewer_upsizing" || m.kind == "inlet_cleaning")
      some.push_back(m);
  return some;
}

Map full_map(const View& view, const FinishedRun& run, const std::string& title, bool whole) {
  Map map{title, {}, {}, whole};
  map.layers.push_back(line_layer(run.model->sewers().links.geometry, sewer_link_values(run, "full_h"),
                                  full_scale(), whole ? 3 : 5, view.frame));
  const auto dots = manhole_markers(view, run);
  if (!dots.empty()) map.layers.push_back(marker_layer(dots, 0.75 * lettering(map, view.frame), view.frame));
  map.layers.push_back(measures_layer(sewer_measures(run), lettering(map, view.frame), view.frame));
  return map;
}

std::string maps(const View& view) {
  std::vector<LegendEntry> legend{
      {LegendEntry::Shape::title, {}, with_origin(view, text("report.legend.sewer_full"))}};
  for (auto& e : class_entries(full_scale(), LegendEntry::Shape::line, hours)) legend.push_back(e);
  legend.push_back({LegendEntry::Shape::dot, kReturns, text("report.legend.sewer_returns")});
  for (auto& e : measure_entries(sewer_measures(view.run))) legend.push_back(e);
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  if (view.before == nullptr || !sewer_totals(*view.before))
    return render_block(
        full_map(view, view.run, with_origin(view, text("report.map.sewers", {{"run", view.run_label}})),
                 true),
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
  Table table{with_origin(view, text("report.table.sewers")), {{text("report.col.sewer_what")}}, {}, {}};
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
  // Rows with which what came in is what left and what is there; most sewers have none of them.
  const auto add_some = [&](const char* what, double SewerTotals::*volume) {
    constexpr double kShown = 0.5;  // [m3]
    if (std::abs(now.*volume) >= kShown || (before && std::abs((*before).*volume) >= kShown))
      add(what, [&](const SewerTotals& t) { return number(t.*volume) + " m³"; });
  };
  add_some("report.sewer.base_inflow", &SewerTotals::base_inflow);
  add_some("report.sewer.at_start", &SewerTotals::at_start);
  add("report.sewer.returned", [](const SewerTotals& t) { return number(t.returned) + " m³"; });
  add("report.sewer.share", [](const SewerTotals& t) { return number(100 * t.captured_share(), 1) + " %"; });
  add("report.sewer.outflow", [](const SewerTotals& t) { return number(t.outflow) + " m³"; });
  add("report.sewer.stored", [](const SewerTotals& t) { return number(t.stored) + " m³"; });
  add_some("report.sewer.lost", &SewerTotals::lost);
  add("report.sewer.surcharged",
      [](const SewerTotals& t) { return number(static_cast<double>(t.surcharged_nodes)); });
  add("report.sewer.returning",
      [](const SewerTotals& t) { return number(static_cast<double>(t.returning_nodes)); });
  add("report.sewer.full_km", [](const SewerTotals& t) { return number(t.full_km, 1) + " km"; });
  return render(table);
}

std::string tanks_table(const View& view) {
  using Kind = Column::Kind;
  Table table{with_origin(view, text("report.table.tanks")),
              {{text("report.col.tank")},
               {text("report.col.tank_key")},
               {text("report.col.tank_capacity"), Kind::number},
               {text("report.col.tank_most"), Kind::number},
               {text("report.col.tank_share"), Kind::number},
               {text("report.col.tank_full"), Kind::number},
               {text("report.col.tank_taken"), Kind::number},
               {text("report.col.tank_at_end"), Kind::number}},
              {},
              text("report.table.tanks_note")};
  const SewerNodes& nodes = view.city().sewers().nodes;
  std::vector<SewerTank> tanks = sewer_tanks(view.run);
  if (tanks.size() > kMostTanks) {
    table.caption = with_origin(
        view, text("report.table.tanks_first", {{"n", number(static_cast<double>(kMostTanks))},
                                                {"all", number(static_cast<double>(tanks.size()))}}));
    tanks.resize(kMostTanks);
  }
  for (const SewerTank& t : tanks)
    table.rows.push_back({street_at(view.city(), nodes.position[t.node]), nodes.origin.key[t.node],
                          number(t.capacity), number(t.most), number(100 * t.share()) + " %", hours(t.full_h),
                          number(t.taken), number(t.at_end)});
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
  if (totals->origin != "file") out += paragraph(text("report.sewers.synthesised"), "footnote");
  if (const std::size_t n = manholes_with_one_cover(view.city().sewers().nodes); n > 0)
    out += paragraph(text("report.sewers.one_cover", {{"count", number(static_cast<double>(n))},
                                                      {"of", number(static_cast<double>(totals->nodes))}}),
                     "footnote");
  return element("section",
                 out + totals_table(view, *totals) + tanks_table(view) + maps(view) + manholes_table(view));
}

}  // namespace citytwin::scenarios::report
