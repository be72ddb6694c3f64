// What only the whole network can tell, and SWMM's own adjustments of it.
#include <algorithm>
#include <sstream>

#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Link;
using drainage::LinkKind;
using drainage::Node;
using drainage::NodeKind;
using drainage::OrificeKind;
using drainage::Shape;
using drainage::WeirKind;

// The place of a node, link or catchment without its row at hand.
class Place {
 public:
  Place(Section section, int line, const std::string& key) : key_(key), row_{line, section, {&key_, 1}} {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] const Row& row() const { return row_; }

 private:
  std::string_view key_;
  Row row_;
};

Section section_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::outfall:
      return Section::outfalls;
    case NodeKind::storage:
      return Section::storage;
    case NodeKind::divider:
      return Section::dividers;
    default:
      return Section::junctions;
  }
}

Section section_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::pump:
      return Section::pumps;
    case LinkKind::orifice:
      return Section::orifices;
    case LinkKind::weir:
      return Section::weirs;
    case LinkKind::outlet:
      return Section::outlets;
    default:
      return Section::conduits;
  }
}

std::string shortest(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

bool fits(const Link& link) {
  const Shape shape = link.section.shape;
  if (link.kind == LinkKind::orifice) return shape == Shape::circular || shape == Shape::rect_closed;
  if (link.kind != LinkKind::weir) return true;
  switch (link.weir.kind) {
    case WeirKind::v_notch:
      return shape == Shape::triangular;
    case WeirKind::trapezoidal:
      return shape == Shape::trapezoidal;
    default:
      return shape == Shape::rect_open;
  }
}

bool has_negative(const Curve& curve) {
  return std::any_of(curve.y.begin(), curve.y.end(), [](double y) { return y < 0; });
}

void check_link(Project& project, const Link& link) {
  const Place place(section_of(link.kind), link.line, link.key);
  const bool needs_section = link.kind != LinkKind::pump && link.kind != LinkKind::outlet;
  if (needs_section && link.section.shape == Shape::none) {
    project.error("swmm.no_cross_section", place.row());
    return;
  }
  if (needs_section && !fits(link)) project.error("swmm.wrong_shape", place.row());
  if (link.kind == LinkKind::conduit && link.section.shape != Shape::dummy && link.conduit.roughness <= 0)
    project.error("swmm.zero_roughness", place.row());
  if (has_negative(link.pump.curve) || has_negative(link.outlet.rating))
    project.error("swmm.negative_flow_curve", place.row());
}

// Under dynamic wave the crest of a regulator is not below the invert of the node behind it (SWMM, warning
// 10).
void raise_crest(Project& project, Link& link) {
  if (link.kind == LinkKind::conduit || link.kind == LinkKind::pump) return;
  if (link.from == kNone || link.to == kNone) return;
  const double invert = at(project.network.nodes, link.from).invert;
  const double other = at(project.network.nodes, link.to).invert;
  if (invert + link.from_offset >= other) return;
  link.from_offset = other - invert;
  const Place place(section_of(link.kind), link.line, link.key);
  project.warning("swmm.crest_raised", place.row());
}

// Of the links at each node: their number, and the highest crown above the invert [m].
struct Connections {
  std::vector<int> count;
  std::vector<double> crown;
};

Connections connections_of(const Project& project) {
  const auto& network = project.network;
  Connections out{std::vector<int>(network.nodes.size()), std::vector<double>(network.nodes.size())};
  const auto add = [&](Index node, double crown) {
    if (node == kNone) return;
    const auto k = static_cast<std::size_t>(node);
    ++out.count[k];
    out.crown[k] = std::max(out.crown[k], crown);
  };
  for (const Link& link : network.links) {
    const bool lies_flat = link.kind == LinkKind::pump ||
                           (link.kind == LinkKind::orifice && link.orifice.kind == OrificeKind::bottom);
    add(link.from, lies_flat ? 0 : link.from_offset + link.section.full_depth);
    add(link.to, link.kind == LinkKind::conduit ? link.to_offset + link.section.full_depth : 0);
  }
  return out;
}

// A node is as deep as its highest link (SWMM, warning 2); storage only if it may be surcharged.
void deepen(Project& project, Node& node, double crown) {
  const bool grows = node.kind != NodeKind::storage || node.surcharge_depth > 0;
  if (!grows || node.max_depth == 0 || node.max_depth >= crown) return;
  if (node.kind != NodeKind::outfall && crown - node.max_depth > 1e-6) {
    const Place place(section_of(node.kind), node.line, node.key);
    project.warning("swmm.node_deepened", place.row(), {{"depth", shortest(crown / project.units.length)}});
  }
  node.max_depth = crown;
}

void check_node(Project& project, const Node& node, int links, double crown) {
  const Place place(section_of(node.kind), node.line, node.key);
  if (node.kind == NodeKind::outfall && links > 1)
    project.error("swmm.outfall_links", place.row(), {{"count", std::to_string(links)}});
  const bool grows = node.kind != NodeKind::storage || node.surcharge_depth > 0;
  const double full = std::max(node.max_depth, grows ? crown : 0);
  if (node.initial_depth > full + node.surcharge_depth + 1e-9)
    project.error("swmm.initial_depth", place.row());
  if (has_negative(node.storage.area)) project.error("swmm.negative_area", place.row());
}

void check_divider(Project& project, const Node& node, Index index) {
  if (node.kind != NodeKind::divider) return;
  const Place place(Section::dividers, node.line, node.key);
  const Index link = node.divider.diverted_link;
  if (link == kNone ||
      (at(project.network.links, link).from != index && at(project.network.links, link).to != index))
    project.error("swmm.divider_link", place.row());
}

// Each catchment drains to at most one other: follow until an end, or a place of this very walk.
void check_catchment_loops(Project& project) {
  const auto& catchments = project.network.subcatchments;
  std::vector<int> walk(catchments.size(), 0);  // 0 = not seen, else the walk that saw it
  for (std::size_t start = 0; start < catchments.size(); ++start) {
    const int number = static_cast<int>(start) + 1;
    auto k = static_cast<Index>(start);
    while (k != kNone && walk[static_cast<std::size_t>(k)] == 0) {
      walk[static_cast<std::size_t>(k)] = number;
      k = catchments[static_cast<std::size_t>(k)].outlet_subcatchment;
    }
    if (k == kNone || walk[static_cast<std::size_t>(k)] != number) continue;
    const auto& c = catchments[static_cast<std::size_t>(k)];
    const Place place(Section::subcatchments, c.line, c.key);
    project.error("swmm.catchment_loop", place.row());
  }
}

void change_step(Project& project, const char* option, double& step, double to) {
  if (step == to) return;
  const Row* row = nullptr;
  for (const Row& r : project.text.rows(Section::options))
    if (same_word(r.fields[0], option)) row = &r;
  project.warning("swmm.step_changed", row != nullptr ? *row : Row{0, Section::options, {}},
                  {{"option", option}, {"from", shortest(step)}, {"to", shortest(to)}});
  step = to;
}

// Runoff is not stepped over a record of rain; a dry step is not shorter, a routing step not longer than a
// wet one (SWMM, warnings 1, 6 and 7).
void fit_steps(Project& project) {
  auto& o = project.network.options;
  double wet = o.wet_step;
  for (const auto& s : project.network.subcatchments)
    if (s.gauge != kNone) wet = std::min(wet, at(project.network.gauges, s.gauge).interval);
  change_step(project, "WET_STEP", o.wet_step, wet);
  change_step(project, "DRY_STEP", o.dry_step, std::max(o.dry_step, wet));
  change_step(project, "ROUTING_STEP", o.routing_step, std::min(o.routing_step, wet));
}

}  // namespace

void check_network(Project& project) {
  auto& network = project.network;
  if (network.nodes.empty() && network.subcatchments.empty()) {
    project.error("swmm.nothing", {});
    return;
  }
  if (network.options.routing == drainage::Routing::dynamic_wave)
    for (Link& link : network.links) raise_crest(project, link);
  for (const Link& link : network.links) check_link(project, link);
  const Connections connections = connections_of(project);
  bool has_outfall = false;
  for (std::size_t k = 0; k < network.nodes.size(); ++k) {
    deepen(project, network.nodes[k], connections.crown[k]);
    check_node(project, network.nodes[k], connections.count[k], connections.crown[k]);
    check_divider(project, network.nodes[k], static_cast<Index>(k));
    has_outfall = has_outfall || network.nodes[k].kind == NodeKind::outfall;
  }
  if (!has_outfall && !network.links.empty()) project.warning("swmm.no_outfall", {});
  check_catchment_loops(project);
  fit_steps(project);
}

}  // namespace citytwin::gis::swmm
