// What was worst at each node and link, as tables and as a map.
#include <cmath>

#include "gis/writers/vector_writer.hpp"
#include "scenarios/core/csv.hpp"
#include "scenarios/standalone/drainage_summary.hpp"

namespace citytwin::scenarios {

namespace {

using Columns = std::vector<gis::ResultColumn>;

constexpr const char* kNodeKinds[] = {"junction", "outfall", "storage", "divider"};
constexpr const char* kLinkKinds[] = {"conduit", "pump", "orifice", "weir", "outlet"};

template <class Rows, class Value>
gis::ResultColumn numbers(const std::string& name, const Rows& rows, const Value& value) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows.size(); ++i) values.push_back(value(i));
  return {name, std::move(values)};
}

template <class Rows>
Columns names(const char* key, const Rows& rows, const char* const* kinds) {
  std::vector<std::string> keys, words;
  for (const auto& r : rows) {
    keys.push_back(r.key);
    words.emplace_back(kinds[static_cast<std::size_t>(r.kind)]);
  }
  std::vector<std::string> origin(rows.size(), kDrainageOrigin);
  return {{key, std::move(keys)}, {"kind", std::move(words)}, {"origin", std::move(origin)}};
}

Columns node_columns(const FinishedDrainage& run) {
  const auto& nodes = run.network.nodes;
  const auto& e = run.extremes.nodes();
  Columns all = names("node", nodes, kNodeKinds);
  all.push_back(numbers("max_depth_m", nodes, [&](std::size_t n) { return e[n].max_depth; }));
  all.push_back(numbers("max_depth_at_s", nodes, [&](std::size_t n) { return e[n].max_depth_at; }));
  all.push_back(
      numbers("max_head_m", nodes, [&](std::size_t n) { return nodes[n].invert + e[n].max_depth; }));
  all.push_back(numbers("flooding_m3", nodes, [&](std::size_t n) { return e[n].overflow; }));
  all.push_back(numbers("flooding_peak_m3_per_s", nodes, [&](std::size_t n) { return e[n].overflow_peak; }));
  all.push_back(numbers("flooding_h", nodes, [&](std::size_t n) { return e[n].overflow_time / 3600; }));
  all.push_back(numbers("surcharged_h", nodes, [&](std::size_t n) { return e[n].surcharge_time / 3600; }));
  all.push_back(
      numbers("unsettled_steps", nodes, [&](std::size_t n) { return static_cast<double>(e[n].unsettled); }));
  return all;
}

Columns link_columns(const FinishedDrainage& run) {
  const auto& links = run.network.links;
  const auto& e = run.extremes.links();
  Columns all = names("link", links, kLinkKinds);
  all.push_back(numbers("max_flow_m3_per_s", links, [&](std::size_t l) { return e[l].max_flow; }));
  all.push_back(numbers("max_flow_at_s", links, [&](std::size_t l) { return e[l].max_flow_at; }));
  all.push_back(numbers("max_velocity_m_per_s", links, [&](std::size_t l) { return e[l].max_velocity; }));
  all.push_back(numbers("share_of_full_flow", links, [&](std::size_t l) {
    const double full = run.flow.wave().full_flow(static_cast<drainage::Index>(l));
    return full > 0 ? e[l].max_flow / full : std::nan("");
  }));
  all.push_back(numbers("full_h", links, [&](std::size_t l) { return e[l].surcharge_time / 3600; }));
  return all;
}

std::string table(const Columns& columns, std::size_t rows) {
  std::string header;
  for (const auto& column : columns) header += (header.empty() ? "" : ",") + column.name;
  Csv csv(header);
  for (std::size_t i = 0; i < rows; ++i) {
    csv.row();
    for (const auto& column : columns) {
      if (const auto* value = std::get_if<std::vector<double>>(&column.values)) csv.number((*value)[i]);
      if (const auto* word = std::get_if<std::vector<std::string>>(&column.values)) csv.text((*word)[i]);
    }
  }
  return csv.finish();
}

}  // namespace

std::string nodes_csv(const FinishedDrainage& run) {
  return table(node_columns(run), run.network.nodes.size());
}

std::string links_csv(const FinishedDrainage& run) {
  return table(link_columns(run), run.network.links.size());
}

Result<Done> write_drainage_map(const FinishedDrainage& run, const std::filesystem::path& path) {
  const auto& nodes = run.network.nodes;
  const auto& links = run.network.links;
  for (const drainage::Node& node : nodes)
    if (std::isnan(node.position.x)) return Done{};
  gis::ResultLayer points{"nodes", gis::ResultLayer::Geometry::point, nodes.size(), {}, {}, {}};
  points.points = [&](std::size_t n) { return std::vector<Point2>{nodes[n].position}; };
  points.columns = node_columns(run);
  gis::ResultLayer lines{"links", gis::ResultLayer::Geometry::line, links.size(), {}, {}, {}};
  lines.points = [&](std::size_t l) {
    std::vector<Point2> line{nodes[static_cast<std::size_t>(links[l].from)].position};
    line.insert(line.end(), links[l].vertices.begin(), links[l].vertices.end());
    line.push_back(nodes[static_cast<std::size_t>(links[l].to)].position);
    return line;
  };
  lines.columns = link_columns(run);
  return gis::write_layers({points, lines}, CityFrame{}, path);  // a project does not say its CRS
}

}  // namespace citytwin::scenarios
