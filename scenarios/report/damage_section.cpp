#include <algorithm>
#include <map>

#include "engine/model/names.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kWorstCells = 15;
constexpr Colour kNumberColour{0x1d, 0x26, 0x30};

double largest(const std::vector<double>& values) {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

std::string thousands(double v) { return number(v / 1000, v > 0 && v < 1000 ? 1 : 0); }

// Cells by damage, then by people in deep water.
std::vector<std::size_t> worst_cells(const risk::CellImpact& at) {
  std::vector<std::size_t> order;
  for (std::size_t c = 0; c < at.loss.size(); ++c)
    if (at.loss[c] > 0 || at.people_affected[c] >= 0.5) order.push_back(c);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return at.loss[a] != at.loss[b] ? at.loss[a] > at.loss[b] : at.people_affected[a] > at.people_affected[b];
  });
  return order;
}

// The places of the table's rows on the map.
std::string cell_numbers(const View& view, double size) {
  std::vector<Marker> markers;
  const auto order = worst_cells(view.run.impact.cells);
  for (std::size_t k = 0; k < std::min(order.size(), kWorstCells); ++k)
    markers.push_back(
        {centroid(view.city().management_cells().area[order[k]]), std::to_string(k + 1), kNumberColour});
  return marker_layer(markers, size, view.frame);
}

Map loss_map(const View& view, const FinishedRun& run, const ClassScale& scale, const std::string& title,
             bool whole) {
  Map map{title,
          {},
          {area_layer(run.model->management_cells().area, run.impact.cells.loss, scale, view.frame)},
          whole};
  if (whole) map.layers.push_back(cell_numbers(view, 0.85 * lettering(map, view.frame)));
  return map;
}

std::string loss_maps(const View& view) {
  const auto& loss = view.run.impact.cells.loss;
  const bool pair = view.same_city();
  const double top = pair ? std::max(largest(loss), largest(view.before->impact.cells.loss)) : largest(loss);
  if (top <= 0) return paragraph(text("report.damage.none"));
  const ClassScale scale = amount_scale(top);
  std::vector<LegendEntry> legend{
      {LegendEntry::Shape::title, {}, text("report.legend.loss", {{"unit", view.money_unit()}})}};
  const auto label = [&](double v) { return view.money(v); };
  for (auto& e : class_entries(scale, LegendEntry::Shape::area, label)) legend.push_back(e);
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  const std::string credit = paragraph(attribution(view.city()), "attribution");
  const auto draw = [&](const Map& map) { return render(map, view.frame, view.base_id); };
  if (!pair) {
    legend.push_back({LegendEntry::Shape::dot, kNumberColour, text("report.legend.cell_number")});
    return render_block(
        loss_map(view, view.run, scale, text("report.map.loss", {{"run", view.run_label}}), true), view.frame,
        view.base_id, legend, attribution(view.city()));
  }
  const std::string side = element("div",
                                   draw(loss_map(view, *view.before, scale, view.before_label, false)) +
                                       draw(loss_map(view, view.run, scale, view.run_label, false)),
                                   "side");
  std::vector<double> change(loss.size());
  for (std::size_t c = 0; c < loss.size(); ++c)
    change[c] = std::abs(loss[c] - view.before->impact.cells.loss[c]);
  std::string out = element("h3", escape(text("report.map.loss_pair"))) +
                    element("div", side + render(legend) + credit, "maps");
  if (largest(change) <= 0) return out + paragraph(text("report.no_change"));
  const DifferenceScale steps = difference_scale(largest(change));
  std::vector<std::string> breaks;
  for (const double b : steps.breaks) breaks.push_back(view.money(b));
  const Map map{text("report.map.loss_change", {{"run", view.run_label}, {"before", view.before_label}}),
                {},
                {area_difference_layer(view.city().management_cells().area, view.before->impact.cells.loss,
                                       loss, steps, view.frame),
                 cell_numbers(view, 0.85 * lettering(Map{}, view.frame))}};
  auto change_legend = difference_entries(steps, breaks);
  change_legend.insert(
      change_legend.begin(),
      {LegendEntry::Shape::title, {}, text("report.legend.loss_change", {{"unit", view.money_unit()}})});
  change_legend.push_back({LegendEntry::Shape::dot, kNumberColour, text("report.legend.cell_number")});
  return out + render_block(map, view.frame, view.base_id, change_legend, attribution(view.city()));
}

struct UseTotals {
  double buildings = 0, flooded = 0, value = 0, loss = 0;
};

std::map<BuildingUse, UseTotals> by_use(const FinishedRun& run) {
  std::map<BuildingUse, UseTotals> totals;
  const risk::BuildingImpact& at = run.impact.buildings;
  for (std::size_t row = 0; row < at.loss.size(); ++row) {
    UseTotals& t = totals[run.model->buildings().use[row]];
    t.buildings += 1;
    t.flooded += at.flooded[row];
    t.loss += at.loss[row];
    if (at.flooded[row] != 0) t.value += at.value[row];
  }
  return totals;
}

std::string use_table(const View& view) {
  const auto now = by_use(view.run);
  const auto then = view.before == nullptr ? now : by_use(*view.before);
  using Kind = Column::Kind;
  Table table{text("report.table.use", {{"unit", view.money_unit()}}),
              {{text("report.col.use")},
               {text("report.col.buildings"), Kind::number},
               {text("report.col.flooded"), Kind::number},
               {text("report.col.value_k", {{"currency", view.currency()}}), Kind::number},
               {text("report.col.loss_k", {{"currency", view.currency()}}), Kind::number}},
              {},
              {}};
  if (view.before != nullptr) {
    table.columns.push_back(
        {text("report.col.loss_before_k", {{"currency", view.currency()}}), Kind::number});
    table.columns.push_back({text("report.col.change"), Kind::number});
  }
  UseTotals sum, sum_before;
  const auto add_row = [&](const std::string& name, const UseTotals& a, const UseTotals& b) {
    table.rows.push_back(
        {name, number(a.buildings), number(a.flooded), thousands(a.value), thousands(a.loss)});
    if (view.before == nullptr) return;
    table.rows.back().push_back(thousands(b.loss));
    table.rows.back().push_back(b.loss > 0 ? signed_percent((a.loss - b.loss) / b.loss) : "");
  };
  for (const auto& [use, t] : now) {
    const auto found = then.find(use);
    const UseTotals b = found == then.end() ? UseTotals{} : found->second;
    for (auto [total, part] : {std::pair{&sum, &t}, {&sum_before, &b}}) {
      total->buildings += part->buildings;
      total->flooded += part->flooded;
      total->value += part->value;
      total->loss += part->loss;
    }
    if (t.flooded > 0 || b.flooded > 0) add_row(text("report.use." + std::string(name_of(use))), t, b);
  }
  if (table.rows.empty()) return {};
  add_row(text("report.total"), sum, sum_before);
  table.footnote = text("report.table.use_note");
  return render(table);
}

std::string cells_table(const View& view) {
  const risk::CellImpact& at = view.run.impact.cells;
  const ManagementCells& cells = view.city().management_cells();
  std::vector<std::size_t> order = worst_cells(at);
  const std::size_t all = order.size();
  order.resize(std::min(order.size(), kWorstCells));
  using Kind = Column::Kind;
  Table table{text("report.table.cells", {{"n", number(static_cast<double>(order.size()))},
                                          {"all", number(static_cast<double>(all))}}),
              {{text("report.col.number"), Kind::number},
               {text("report.col.cell")},
               {text("report.col.people"), Kind::number},
               {text("report.col.people_deep"), Kind::number},
               {text("report.col.depth_max"), Kind::number},
               {text("report.col.flooded"), Kind::number},
               {text("report.col.loss_k", {{"currency", view.currency()}}), Kind::number}},
              {},
              text("report.table.cells_note")};
  for (const std::size_t c : order)
    table.rows.push_back({std::to_string(table.rows.size() + 1), cells.origin.key[c],
                          number(cells.population[c]), number(at.people_affected[c]),
                          number(at.max_depth[c], 2), number(at.buildings_flooded[c]),
                          thousands(at.loss[c])});
  return render(table);
}

}  // namespace

std::string damage_section(const View& view) {
  if (view.city().buildings().size() == 0 && view.city().management_cells().size() == 0) return {};
  std::string out = heading(view, text("report.damage.title"));
  out += paragraph(text("report.damage.intro"), "intro");
  out = element("div", out, "keep") + loss_maps(view) + use_table(view) + cells_table(view);
  return element("section", out);
}

}  // namespace citytwin::scenarios::report
