#include "scenarios/core/sewer_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "engine/model/drainage/network.hpp"
#include "scenarios/core/csv.hpp"
#include "scenarios/core/sewer_names.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

namespace {

constexpr double kReturning = 1;  // m3 from which a node counts as one that gave water back

double last(const RunRecord& record, const char* name) {
  const RecordedSeries* series = record.find_series(name);
  return series == nullptr || series->value.empty() ? 0 : series->value.back();
}

double first(const RunRecord& record, const char* name) {
  const RecordedSeries* series = record.find_series(name);
  return series == nullptr || series->value.empty() ? 0 : series->value.front();
}

Balance::Part part_of(const RunRecord& record, std::string_view name) {
  Balance::Part sum{std::string(name), 0, 0};
  for (const Balance& balance : record.balances)
    for (const Balance::Part& part : balance.parts)
      if (part.name == name) {
        sum.in += part.in;
        sum.out += part.out;
      }
  return sum;
}

// `column` of the recorded table in the order of `keys`.
std::vector<double> in_order(const RunRecord& record, const char* table_name, const char* column,
                             const std::vector<std::string>& keys) {
  std::vector<double> values(keys.size(), std::numeric_limits<double>::quiet_NaN());
  const ObservedTable* table = record.table(table_name);
  const ObservedTable::Column* found = table == nullptr ? nullptr : table->column(column);
  if (found == nullptr) return values;
  std::unordered_map<std::string_view, std::size_t> row;
  for (std::size_t r = 0; r < table->key.size(); ++r) row.emplace(table->key[r], r);
  for (std::size_t r = 0; r < keys.size(); ++r)
    if (const auto at = row.find(keys[r]); at != row.end()) values[r] = found->value[at->second];
  return values;
}

std::vector<std::string> origins(const RowOrigin& origin) {
  std::vector<std::string> words;
  for (std::size_t r = 0; r < origin.size(); ++r) words.emplace_back(sewer_origin(origin, r));
  return words;
}

}  // namespace

std::string_view sewer_origin(const RowOrigin& origin, std::size_t row) {
  if (origin.provenance[row] == Provenance::synthesised) return "synthesised";
  return origin.source[row].is_none() ? "measure" : "file";
}

std::string_view sewers_origin(const Sewers& sewers) {
  bool made = false, read = false;
  for (const RowOrigin* origin : {&sewers.nodes.origin, &sewers.links.origin})
    for (std::size_t r = 0; r < origin->size(); ++r) {
      const std::string_view word = sewer_origin(*origin, r);
      made = made || word == "synthesised";
      read = read || word == "file";
    }
  return !made ? "file" : read ? "synthesised and file" : "synthesised";
}

std::size_t manholes_with_one_cover(const SewerNodes& nodes) {
  std::size_t n = 0;
  for (std::size_t row = 0; row < nodes.size(); ++row)
    n += nodes.inlet_kind[row] == InletKind::manhole_cover && nodes.inlet_count[row] == 1 &&
         sewer_origin(nodes.origin, row) == "file";
  return n;
}

std::vector<double> sewer_node_values(const FinishedRun& run, const char* column) {
  return in_order(run.record, "sewer_nodes", column, run.model->sewers().nodes.origin.key);
}

std::vector<double> sewer_link_values(const FinishedRun& run, const char* column) {
  return in_order(run.record, "sewer_links", column, run.model->sewers().links.origin.key);
}

std::optional<SewerTotals> sewer_totals(const FinishedRun& run) {
  if (run.record.table("sewer_nodes") == nullptr) return std::nullopt;
  SewerTotals t;
  t.origin = sewers_origin(run.model->sewers());
  t.rain = part_of(run.record, "rain").in;
  t.captured = last(run.record, "surface_water.sewer_captured");
  t.from_roofs = last(run.record, "surface_water.sewer_from_roofs");
  t.returned = last(run.record, "surface_water.sewer_returned");
  t.base_inflow = part_of(run.record, "sewer_inflow").in;
  t.at_start = first(run.record, "surface_water.sewer_stored");
  t.lost = part_of(run.record, "sewer_overflow").out;
  t.outflow = last(run.record, "surface_water.sewer_outflow");
  t.stored = last(run.record, "surface_water.sewer_stored");
  t.unsettled_steps = last(run.record, "surface_water.sewer_unsettled_steps");
  for (const double h : sewer_node_values(run, "surcharged_h"))
    if (h > 0) ++t.surcharged_nodes;
  for (const double m3 : sewer_node_values(run, "returned"))
    if (m3 > kReturning) ++t.returning_nodes;
  const SewerLinks& links = run.model->sewers().links;
  const std::vector<double> full = sewer_link_values(run, "full_h");
  t.nodes = run.model->sewers().nodes.size();
  for (std::size_t l = 0; l < links.size(); ++l) {
    if (links.kind[l] == drainage::LinkKind::weir || links.kind[l] == drainage::LinkKind::orifice) continue;
    t.pipe_km += links.length[l] / 1000;
    if (full[l] > 0) t.full_km += links.length[l] / 1000;
  }
  return t;
}

std::vector<SewerTank> sewer_tanks(const FinishedRun& run) {
  const RowOrigin& origin = run.model->sewers().nodes.origin;
  const auto values = [&](const char* column) {
    return in_order(run.record, "sewer_tanks", column, origin.key);
  };
  const auto capacity = values("capacity"), most = values("most"), full = values("full_h"),
             taken = values("taken"), at_end = values("at_end");
  std::vector<SewerTank> tanks;
  for (std::size_t n = 0; n < origin.size(); ++n)
    if (!std::isnan(capacity[n])) tanks.push_back({n, capacity[n], most[n], full[n], taken[n], at_end[n]});
  const auto added = [&](const SewerTank& t) { return sewer_origin(origin, t.node) == "measure"; };
  std::stable_sort(tanks.begin(), tanks.end(), [&](const SewerTank& a, const SewerTank& b) {
    if (added(a) != added(b)) return added(a);
    return a.capacity > b.capacity;
  });
  return tanks;
}

Diagnostics warn_of_idle_tanks(const FinishedRun& run) {
  Diagnostics out;
  const SewerNodes& nodes = run.model->sewers().nodes;
  for (const SewerTank& t : sewer_tanks(run)) {
    const std::string& key = nodes.origin.key[t.node];
    if (t.share() >= kHardlyUsed || sewer_origin(nodes.origin, t.node) != "measure") continue;
    out.warning("measure.tank_hardly_used", {.layer = "sewer_nodes", .feature = key},
                {{"tank", sewer_node_name(*run.model, t.node)},
                 {"most", report::number(t.most)},
                 {"capacity", report::number(t.capacity)},
                 {"percent", report::percent(t.share(), 1)}});
  }
  return out;
}

nlohmann::json tanks_json(const FinishedRun& run) {
  const SewerNodes& nodes = run.model->sewers().nodes;
  nlohmann::json list = nlohmann::json::array();
  for (const SewerTank& t : sewer_tanks(run))
    list.push_back({{"key", nodes.origin.key[t.node]},
                    {"street", street_at(*run.model, nodes.position[t.node])},
                    {"origin", sewer_origin(nodes.origin, t.node)},
                    {"capacity_m3", t.capacity},
                    {"most_m3", t.most},
                    {"most_share", t.share()},
                    {"full_h", t.full_h},
                    {"taken_m3", t.taken},
                    {"at_end_m3", t.at_end}});
  return list;
}

nlohmann::json sewers_json(const SewerTotals& t) {
  return {{"origin", t.origin},
          {"rain_m3", t.rain},
          {"captured_m3", t.captured},
          {"from_roofs_m3", t.from_roofs},
          {"returned_m3", t.returned},
          {"captured_share", t.captured_share()},
          {"base_inflow_m3", t.base_inflow},
          {"at_start_m3", t.at_start},
          {"lost_m3", t.lost},
          {"outflow_m3", t.outflow},
          {"stored_m3", t.stored},
          {"nodes", t.nodes},
          {"surcharged_nodes", t.surcharged_nodes},
          {"returning_nodes", t.returning_nodes},
          {"pipe_km", t.pipe_km},
          {"full_km", t.full_km},
          {"unsettled_steps", t.unsettled_steps}};
}

std::string sewers_csv(const FinishedRun& run) {
  const Sewers& sewers = run.model->sewers();
  Csv csv(
      "kind,key,origin,max_depth_m,surcharged_h,captured_m3,returned_m3,max_flow_m3_per_s,capacity_m3_"
      "per_s,"
      "max_filled,full_h");
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const auto row = [&](const char* kind, const RowOrigin& origin, std::size_t r,
                       const std::vector<double>& values) {
    csv.row().text(kind).text(origin.key[r]).text(sewer_origin(origin, r));
    for (const double v : values) csv.number(v, 5);
  };
  const auto depth = sewer_node_values(run, "max_depth"), pressed = sewer_node_values(run, "surcharged_h");
  const auto in = sewer_node_values(run, "captured"), out = sewer_node_values(run, "returned");
  for (std::size_t n = 0; n < sewers.nodes.size(); ++n)
    row("node", sewers.nodes.origin, n, {depth[n], pressed[n], in[n], out[n], nan, nan, nan, nan});
  const auto flow = sewer_link_values(run, "max_flow"), capacity = sewer_link_values(run, "capacity");
  const auto filled = sewer_link_values(run, "max_filled"), full = sewer_link_values(run, "full_h");
  for (std::size_t l = 0; l < sewers.links.size(); ++l)
    row("link", sewers.links.origin, l, {nan, nan, nan, nan, flow[l], capacity[l], filled[l], full[l]});
  return csv.finish();
}

void add_sewer_layers(const FinishedRun& run, std::vector<gis::ResultLayer>& all) {
  using Geometry = gis::ResultLayer::Geometry;
  if (run.record.table("sewer_nodes") == nullptr) return;
  const SewerNodes& nodes = run.model->sewers().nodes;
  all.push_back({"sewer_nodes",
                 Geometry::point,
                 nodes.size(),
                 {},
                 [&nodes](std::size_t row) { return std::vector<Point2>{nodes.position[row]}; },
                 {{"key", nodes.origin.key},
                  {"origin", origins(nodes.origin)},
                  {"max_depth_m", sewer_node_values(run, "max_depth")},
                  {"surcharged_h", sewer_node_values(run, "surcharged_h")},
                  {"captured_m3", sewer_node_values(run, "captured")},
                  {"returned_m3", sewer_node_values(run, "returned")}}});
  const SewerLinks& links = run.model->sewers().links;
  all.push_back({"sewer_links",
                 Geometry::line,
                 links.size(),
                 {},
                 [&links](std::size_t row) {
                   const auto line = links.geometry[row];
                   return std::vector<Point2>(line.begin(), line.end());
                 },
                 {{"key", links.origin.key},
                  {"origin", origins(links.origin)},
                  {"max_flow_m3_per_s", sewer_link_values(run, "max_flow")},
                  {"capacity_m3_per_s", sewer_link_values(run, "capacity")},
                  {"max_filled", sewer_link_values(run, "max_filled")},
                  {"full_h", sewer_link_values(run, "full_h")}}});
}

}  // namespace citytwin::scenarios
