#include "scenarios/standalone/drainage_summary.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace citytwin::scenarios {

namespace {

using drainage::LinkExtremes;
using drainage::NodeExtremes;
using nlohmann::json;

constexpr double kHour = 3600;

// Positions of the rows for which `worst` is above 0, largest first, ties by position.
template <class Row, class Worst>
std::vector<std::size_t> ranked(const std::vector<Row>& rows, const Worst& worst) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (worst(rows[i]) > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return worst(rows[a]) > worst(rows[b]); });
  return order;
}

}  // namespace

json runoff_continuity(const FinishedDrainage& run) {
  if (run.flow.runoff() == nullptr) return nullptr;
  const drainage::RunoffBalance b = run.flow.runoff()->balance();
  return {{"rain_m3", b.rain},
          {"returned_m3", b.returned},
          {"evaporation_m3", b.evaporation},
          {"infiltration_m3", b.infiltration},
          {"runoff_m3", b.runoff},
          {"runoff_without_outlet_m3", b.away},
          {"stored_m3", b.stored},
          {"error_percent", 100 * b.error()}};
}

json routing_continuity(const FinishedDrainage& run) {
  const drainage::RoutingBooks& b = run.flow.wave().books();
  return {{"initial_m3", b.initial},
          {"inflow_m3", b.inflow},
          {"backflow_m3", b.backflow},
          {"outflow_m3", b.outflow},
          {"flooding_m3", b.overflow},
          {"losses_m3", b.losses},
          {"stored_m3", run.flow.wave().stored()},
          {"booked_without_water_m3", b.clipped},
          {"not_withdrawn_m3", b.not_withdrawn},
          {"error_percent", 100 * run.flow.wave().continuity_error()}};
}

json solver_work(const FinishedDrainage& run) {
  const drainage::RoutingWork& w = run.flow.work();
  const double steps = static_cast<double>(std::max<std::int64_t>(w.steps, 1));
  const double link_trials = static_cast<double>(std::max<std::int64_t>(w.link_trials, 1));
  return {{"steps", w.steps},
          {"mean_step_s", run.flow.now() / steps},
          {"trials", w.trials},
          {"trials_per_step", static_cast<double>(w.trials) / steps},
          {"unsettled_steps", w.unconverged},
          {"link_trials", w.link_trials},
          {"cpu_s", run.cpu_s},
          {"us_per_link_trial", 1e6 * run.cpu_s / link_trials}};
}

json node_extremes(const FinishedDrainage& run) {
  json all = json::object();
  for (std::size_t n = 0; n < run.network.nodes.size(); ++n) {
    const NodeExtremes& e = run.extremes.nodes()[n];
    all[run.network.nodes[n].key] = {{"max_depth_m", e.max_depth}, {"at_s", e.max_depth_at}};
  }
  return all;
}

json link_extremes(const FinishedDrainage& run) {
  json all = json::object();
  for (std::size_t l = 0; l < run.network.links.size(); ++l) {
    const LinkExtremes& e = run.extremes.links()[l];
    all[run.network.links[l].key] = {{"max_flow_m3_per_s", e.max_flow}, {"at_s", e.max_flow_at}};
  }
  return all;
}

json flooded_nodes(const FinishedDrainage& run) {
  json list = json::array();
  const auto& rows = run.extremes.nodes();
  for (const std::size_t n : ranked(rows, [](const NodeExtremes& e) { return e.overflow; }))
    list.push_back({{"node", run.network.nodes[n].key},
                    {"volume_m3", rows[n].overflow},
                    {"hours", rows[n].overflow_time / kHour},
                    {"peak_m3_per_s", rows[n].overflow_peak},
                    {"peak_at_s", rows[n].overflow_at}});
  return list;
}

json surcharged_links(const FinishedDrainage& run) {
  json list = json::array();
  const auto& rows = run.extremes.links();
  for (const std::size_t l : ranked(rows, [](const LinkExtremes& e) { return e.surcharge_time; }))
    list.push_back(
        {{"link", run.network.links[l].key}, {"hours_full_at_both_ends", rows[l].surcharge_time / kHour}});
  return list;
}

json unsettled_nodes(const FinishedDrainage& run) {
  json list = json::array();
  const auto& rows = run.extremes.nodes();
  for (const std::size_t n :
       ranked(rows, [](const NodeExtremes& e) { return static_cast<double>(e.unsettled); }))
    list.push_back({{"node", run.network.nodes[n].key},
                    {"steps", rows[n].unsettled},
                    {"surcharged_hours", rows[n].surcharge_time / kHour}});
  return list;
}

}  // namespace citytwin::scenarios
