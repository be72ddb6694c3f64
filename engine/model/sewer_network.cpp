#include "engine/model/sewer_network.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace citytwin {

namespace {

using drainage::Index;
using drainage::LinkKind;
using drainage::Network;
using drainage::NodeKind;
using drainage::OutfallKind;
using drainage::PumpKind;
using drainage::Shape;

constexpr double kRoutingStep = 5;     // [s], the longest
constexpr double kDeepest = 1000;      // [m] a pump's curve is level up to here
constexpr double kRoof = 0.02;         // of a tank: how far it rounds off [m]
constexpr double kVents = 1;           // plan area above it [m2]
constexpr double kEggWidth = 2.0 / 3;  // of its depth (DIN 4263)

drainage::Node node_of(const std::string& key, const SewerNode& row) {
  drainage::Node node;
  node.key = key;
  node.position = row.position;
  node.invert = row.invert_level;
  node.max_depth = row.ground_level - row.invert_level;
  node.surcharge_depth = row.surcharge_depth;
  if (row.kind == SewerNodeKind::outfall) {
    node.kind = NodeKind::outfall;
    node.outfall.kind = row.outfall_level_kind == OutfallLevel::free ? OutfallKind::free : OutfallKind::fixed;
    node.outfall.stage = row.outfall_level;
    node.outfall.flap_gate = row.outfall_flap_gate != 0;
  } else if (row.storage_area > 0) {
    node.kind = NodeKind::storage;
    node.storage.constant = row.storage_area;
    // A tank that is sealed has a roof: nothing fits above it but what its vents hold.
    if (row.surcharge_depth > 0 && node.max_depth > 0)
      node.storage.area = {{0, node.max_depth, node.max_depth + kRoof},
                           {row.storage_area, row.storage_area, std::min(row.storage_area, kVents)}};
  }
  return node;
}

void fill_section(drainage::CrossSection& section, const SewerLink& row) {
  section.shape = row.shape;
  section.full_depth = row.full_depth;
  section.width = row.width;
  if (row.shape == Shape::circular) section.width = row.full_depth;
  if (row.shape == Shape::egg && row.width == 0) section.width = kEggWidth * row.full_depth;
  section.left_slope = section.right_slope = row.side_slope;
  section.full_area = section.full_radius = 0;  // of a standard pipe of another size
}

void fill_pump(drainage::Pump& pump, const SewerLink& row) {
  pump.kind = PumpKind::type4;
  pump.curve = {{0, kDeepest}, {row.pump_capacity, row.pump_capacity}};
  pump.startup_depth = row.pump_start_depth;
  pump.shutoff_depth = row.pump_stop_depth;
}

drainage::Link link_of(const std::string& key, const SewerLink& row) {
  drainage::Link link;
  link.key = key;
  link.kind = row.kind;
  link.from_offset = row.from_offset;
  link.to_offset = row.to_offset;
  link.flap_gate = row.flap_gate != 0;
  fill_section(link.section, row);
  link.conduit.length = row.length;
  link.conduit.roughness = row.roughness;
  link.conduit.barrels = static_cast<int>(row.barrels);
  if (row.kind == LinkKind::pump) fill_pump(link.pump, row);
  if (row.discharge_coefficient > 0) {
    link.orifice.discharge_coefficient = row.discharge_coefficient;
    link.weir.coefficient = row.discharge_coefficient;
  }
  if (row.line.size() > 2) link.vertices.assign(row.line.begin() + 1, row.line.end() - 1);
  return link;
}

// What an edit changed: `now` against what sewers_of() made of the network.
void take_changes(const SewerNode& before, const SewerNode& now, drainage::Node& node) {
  if (now.invert_level != before.invert_level) node.invert = now.invert_level;
  if (now.invert_level != before.invert_level || now.ground_level != before.ground_level)
    node.max_depth = now.ground_level - now.invert_level;
  if (now.surcharge_depth != before.surcharge_depth) node.surcharge_depth = now.surcharge_depth;
  if (now.storage_area != before.storage_area && node.kind != NodeKind::outfall) {
    node.kind = now.storage_area > 0 ? NodeKind::storage : NodeKind::junction;
    node.storage.area = {};
    node.storage.constant = now.storage_area;
    node.storage.coefficient = node.storage.linear = node.storage.quadratic = 0;
  }
  if (now.outfall_level != before.outfall_level && node.kind == NodeKind::outfall) {
    node.outfall.kind = OutfallKind::fixed;
    node.outfall.stage = now.outfall_level;
  }
}

void take_changes(const SewerLink& before, const SewerLink& now, drainage::Link& link) {
  if (now.full_depth != before.full_depth || now.width != before.width) fill_section(link.section, now);
  if (now.length != before.length) link.conduit.length = now.length;
  if (now.roughness != before.roughness) link.conduit.roughness = now.roughness;
  if (now.barrels != before.barrels) link.conduit.barrels = static_cast<int>(now.barrels);
  if (now.from_offset != before.from_offset) link.from_offset = now.from_offset;
  if (now.to_offset != before.to_offset) link.to_offset = now.to_offset;
  if (now.pump_capacity != before.pump_capacity) fill_pump(link.pump, now);
  if (now.pump_start_depth != before.pump_start_depth) link.pump.startup_depth = now.pump_start_depth;
  if (now.pump_stop_depth != before.pump_stop_depth) link.pump.shutoff_depth = now.pump_stop_depth;
  if (now.discharge_coefficient != before.discharge_coefficient) {
    link.orifice.discharge_coefficient = now.discharge_coefficient;
    link.weir.coefficient = now.discharge_coefficient;
  }
}

template <class Rows>
std::unordered_map<std::string_view, Index> rows_by_key(const Rows& rows) {
  std::unordered_map<std::string_view, Index> found;
  for (std::size_t r = 0; r < rows.size(); ++r) found.emplace(rows[r].key, static_cast<Index>(r));
  return found;
}

// Rows of `keys` in a list that already has `known`; what it does not know is appended in order.
template <class Rows>
std::vector<Index> place(const std::vector<std::string>& keys, const Rows* known) {
  std::unordered_map<std::string_view, Index> rows;
  if (known != nullptr) rows = rows_by_key(*known);
  auto next = static_cast<Index>(rows.size());
  std::vector<Index> placed(keys.size());
  for (std::size_t r = 0; r < keys.size(); ++r) {
    const auto found = rows.find(keys[r]);
    placed[r] = found == rows.end() ? next++ : found->second;
  }
  return placed;
}

double crown(const drainage::Link& link, bool at_from) {
  return (at_from ? link.from_offset : link.to_offset) + link.section.full_depth;
}

// Mean plan area up to `depth`.
double volume_over_depth(const drainage::Storage& s, double depth) {
  if (!(depth > 0)) return s.constant;
  if (s.area.x.empty())
    return s.constant + s.coefficient * std::pow(depth, s.exponent) / (s.exponent + 1) +
           s.linear * depth / 2 + s.quadratic * depth * depth / 3;
  constexpr int kSlices = 64;
  double sum = 0;
  for (int k = 0; k < kSlices; ++k) sum += s.area.at(depth * (k + 0.5) / kSlices);
  return sum / kSlices;
}

SewerNode row_of(const drainage::Node& node, double highest_crown) {
  SewerNode row;
  row.position = node.position;
  row.invert_level = node.invert;
  const double depth = node.max_depth > 0 ? node.max_depth : highest_crown;
  row.ground_level = node.invert + depth;
  row.surcharge_depth = node.surcharge_depth;
  if (node.kind == NodeKind::storage) {
    row.kind = SewerNodeKind::storage;
    row.storage_area = volume_over_depth(node.storage, depth);
  }
  if (node.kind != NodeKind::outfall) return row;
  row.kind = SewerNodeKind::outfall;
  const OutfallKind kind = node.outfall.kind;
  row.outfall_level_kind = kind == OutfallKind::free    ? OutfallLevel::free
                           : kind == OutfallKind::fixed ? OutfallLevel::fixed
                                                        : OutfallLevel::network;
  if (kind == OutfallKind::fixed) row.outfall_level = node.outfall.stage;
  row.outfall_flap_gate = node.outfall.flap_gate ? 1 : 0;
  return row;
}

SewerLink row_of(const drainage::Link& link, const Network& network) {
  SewerLink row;
  row.from = SewerNodeId(static_cast<std::size_t>(link.from));
  row.to = SewerNodeId(static_cast<std::size_t>(link.to));
  row.line.push_back(network.nodes[row.from.row()].position);
  row.line.insert(row.line.end(), link.vertices.begin(), link.vertices.end());
  row.line.push_back(network.nodes[row.to.row()].position);
  row.kind = link.kind;
  row.shape = link.section.shape;
  row.full_depth = link.section.full_depth;
  row.width = link.section.width;
  row.side_slope = (link.section.left_slope + link.section.right_slope) / 2;
  row.barrels = std::max(1, link.conduit.barrels);
  row.length = link.conduit.length;
  row.roughness = link.conduit.roughness;
  row.from_offset = link.from_offset;
  row.to_offset = link.to_offset;
  row.flap_gate = link.flap_gate ? 1 : 0;
  if (link.kind == LinkKind::pump && !link.pump.curve.y.empty())
    row.pump_capacity = *std::max_element(link.pump.curve.y.begin(), link.pump.curve.y.end());
  row.pump_start_depth = link.pump.startup_depth;
  row.pump_stop_depth = link.pump.shutoff_depth;
  if (link.kind == LinkKind::orifice) row.discharge_coefficient = link.orifice.discharge_coefficient;
  if (link.kind == LinkKind::weir) row.discharge_coefficient = link.weir.coefficient;
  return row;
}

}  // namespace

NetworkRows network_rows(const Sewers& sewers) {
  const Network* known = sewers.network.get();
  return {place(sewers.nodes.origin.key, known != nullptr ? &known->nodes : nullptr),
          place(sewers.links.origin.key, known != nullptr ? &known->links : nullptr)};
}

Network network_of(const Sewers& sewers) {
  Network network;
  Sewers before;
  if (sewers.network != nullptr) {
    network = *sewers.network;
    before = sewers_of(network, SourceId{});
  } else {
    network.options.routing_step = kRoutingStep;
  }
  const NetworkRows rows = network_rows(sewers);
  const auto known_nodes = static_cast<Index>(network.nodes.size());
  const auto known_links = static_cast<Index>(network.links.size());
  for (std::size_t r = 0; r < sewers.nodes.size(); ++r) {
    const Index at = rows.node[r];
    const SewerNode now = sewers.nodes[r];
    if (at < known_nodes)
      take_changes(before.nodes[static_cast<std::size_t>(at)], now,
                   network.nodes[static_cast<std::size_t>(at)]);
    else
      network.nodes.push_back(node_of(sewers.nodes.origin.key[r], now));
  }
  for (std::size_t r = 0; r < sewers.links.size(); ++r) {
    const auto at = static_cast<std::size_t>(rows.link[r]);
    const SewerLink now = sewers.links[r];
    if (rows.link[r] < known_links)
      take_changes(before.links[at], now, network.links[at]);
    else
      network.links.push_back(link_of(sewers.links.origin.key[r], now));
    network.links[at].from = rows.node[now.from.row()];
    network.links[at].to = rows.node[now.to.row()];
  }
  return network;
}

Sewers sewers_of(const Network& network, SourceId source) {
  std::vector<double> highest(network.nodes.size(), 0);
  for (const drainage::Link& link : network.links) {
    double& from = highest[static_cast<std::size_t>(link.from)];
    double& to = highest[static_cast<std::size_t>(link.to)];
    from = std::max(from, crown(link, true));
    to = std::max(to, crown(link, false));
  }
  Sewers sewers;
  for (std::size_t n = 0; n < network.nodes.size(); ++n)
    sewers.nodes.push_back(network.nodes[n].key, Provenance::given, source,
                           row_of(network.nodes[n], highest[n]));
  for (const drainage::Link& link : network.links)
    sewers.links.push_back(link.key, Provenance::given, source, row_of(link, network));
  sewers.network = std::make_shared<const Network>(network);
  return sewers;
}

}  // namespace citytwin
