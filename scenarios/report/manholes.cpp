#include "scenarios/report/manholes.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "scenarios/core/sewer_names.hpp"
#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostManholes = 15;
constexpr double kLeastReturned = 1;  // [m3]

using Volumes = std::unordered_map<std::string, double>;  // that came up, by key [m3]

Volumes returned(const FinishedRun& run) {
  Volumes by_key;
  const std::vector<double> m3 = sewer_node_values(run, "returned");
  for (std::size_t n = 0; n < m3.size(); ++n)
    if (m3[n] > 0) by_key[run.model->sewers().nodes.origin.key[n]] = m3[n];
  return by_key;
}

double at(const Volumes& volumes, const std::string& key) {
  const auto found = volumes.find(key);
  return found == volumes.end() ? 0 : found->second;
}

// Rows of the view's city, worst in either run first; all of them.
std::vector<std::size_t> ranked(const View& view) {
  const auto& keys = view.city().sewers().nodes.origin.key;
  const Volumes now = returned(view.run);
  const Volumes then = view.before == nullptr ? Volumes{} : returned(*view.before);
  std::vector<double> worst(keys.size());
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < keys.size(); ++n) {
    worst[n] = std::max(at(now, keys[n]), at(then, keys[n]));
    if (worst[n] > kLeastReturned) order.push_back(n);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return worst[a] > worst[b]; });
  return order;
}

}  // namespace

std::string with_origin(const View& view, const std::string& title) {
  const std::string_view origin = sewers_origin(view.city().sewers());
  return origin.starts_with("synthesised") ? text("report.sewers.marked", {{"what", title}}) : title;
}

std::vector<Marker> manhole_markers(const View& view, const FinishedRun& run) {
  const std::vector<std::size_t> order = ranked(view);
  std::unordered_map<std::string, std::size_t> number_of;
  for (std::size_t k = 0; k < std::min(order.size(), kMostManholes); ++k)
    number_of[view.city().sewers().nodes.origin.key[order[k]]] = k + 1;
  std::vector<std::pair<std::size_t, Marker>> dots;
  const SewerNodes& nodes = run.model->sewers().nodes;
  const std::vector<double> m3 = sewer_node_values(run, "returned");
  for (std::size_t n = 0; n < m3.size(); ++n) {
    if (!(m3[n] > kLeastReturned)) continue;
    const auto found = number_of.find(nodes.origin.key[n]);
    const std::size_t place = found == number_of.end() ? kMostManholes + 1 : found->second;
    const std::string label = place > kMostManholes ? std::string() : std::to_string(place);
    dots.push_back({place, {nodes.position[n], label, kReturns}});
  }
  // The worst first: they get their numbers where there is little room.
  std::stable_sort(dots.begin(), dots.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Marker> markers;
  markers.reserve(dots.size());
  for (auto& dot : dots) markers.push_back(std::move(dot.second));
  return markers;
}

std::string manholes_table(const View& view) {
  const std::vector<double> pressed = sewer_node_values(view.run, "surcharged_h");
  const std::vector<double> depth = sewer_node_values(view.run, "max_depth");
  const Volumes now = returned(view.run);
  const Volumes then = view.before == nullptr ? Volumes{} : returned(*view.before);
  std::vector<std::size_t> order = ranked(view);
  const std::size_t all = order.size();
  order.resize(std::min(all, kMostManholes));
  using Kind = Column::Kind;
  Table table{
      with_origin(view, text("report.table.manholes", {{"n", number(static_cast<double>(order.size()))},
                                                       {"all", number(static_cast<double>(all))}})),
      {{text("report.col.manhole_number"), Kind::number},
       {text("report.col.manhole_street")},
       {text("report.col.manhole")}},
      {},
      text("report.table.manholes_note")};
  if (view.before != nullptr)
    table.columns.push_back({text("report.col.returned_of", {{"run", view.before_label}}), Kind::number});
  table.columns.push_back({view.before == nullptr ? text("report.col.returned")
                                                  : text("report.col.returned_of", {{"run", view.run_label}}),
                           Kind::number});
  table.columns.push_back({text("report.col.surcharged"), Kind::number});
  table.columns.push_back({text("report.col.sewer_depth"), Kind::number});
  table.columns.push_back({text("report.col.manhole_depth"), Kind::number});
  const SewerNodes& nodes = view.city().sewers().nodes;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t n = order[k];
    const std::string& key = nodes.origin.key[n];
    table.rows.push_back({std::to_string(k + 1), street_at(view.city(), nodes.position[n]), key});
    if (view.before != nullptr) table.rows.back().push_back(number(at(then, key)));
    for (const std::string& cell : {number(at(now, key)), hours(pressed[n]), number(depth[n], 2),
                                    number(nodes.ground_level[n] - nodes.invert_level[n], 2)})
      table.rows.back().push_back(cell);
  }
  return render(table);
}

}  // namespace citytwin::scenarios::report
