// What is constant during a run, and the state at its start.
#include <map>
#include <tuple>

#include "engine/drainage/dynamic_wave.hpp"
#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kLeastSlopeDrop = 0.0003048;  // a level conduit falls by at least this [m] (0.001 ft)

constexpr double kSlotShare = 0.01;  // width of the slot above a full conduit, of its largest width
constexpr double kRoof = 0.96;       // share of the depth above which EXTRAN holds the width

constexpr double kFade = 15;  // above the crown, see conduit.hpp

// Where storage stops following the section, see conduit.hpp.
void set_roof(ConduitProperties& c, SurchargeMethod method) {
  const SectionTable& section = *c.section;
  const bool round = section.closed() && method == SurchargeMethod::extran;
  c.roof_depth = round ? kRoof * section.full_depth() : section.full_depth();
  c.roof_width = section.at(c.roof_depth).width;
  if (!section.closed()) c.roof_width = section.full().width;
  if (section.closed() && method == SurchargeMethod::slot) c.roof_width = kSlotShare * section.max_width();
}

bool has_opening(const Link& link) {
  return link.kind == LinkKind::conduit || link.kind == LinkKind::orifice ||
         (link.kind == LinkKind::weir && link.section.shape != Shape::none);
}

auto section_key(const CrossSection& s) {
  return std::tuple(s.shape, s.full_depth, s.width, s.left_slope, s.right_slope, s.exponent, s.sediment_depth,
                    s.bottom_height, s.bottom_radius, s.top_radius, s.walls_without_friction, s.transect,
                    s.custom_shape, s.full_area, s.full_radius);
}

// Storage of the least plan area, where the conduits' surfaces are smaller than that.
NodeStorage least_storage(const std::vector<std::tuple<const SectionTable*, double, double>>& ends,
                          double crown, double least_area, bool above_crown) {
  constexpr int kSteps = 48;
  constexpr double kShaft = 1e-3;  // so that every head has one volume [m2]
  std::vector<double> depth, area;
  for (int i = 0; i <= kSteps; ++i) {
    const double y = crown * i / kSteps;
    double surface = 0;
    for (const auto& [section, offset, half_length] : ends)
      if (y >= offset) surface += section->at(y - offset).width * half_length;
    depth.push_back(y);
    const bool full = i == kSteps && !above_crown;
    area.push_back(full ? kShaft : std::max(least_area - surface, kShaft));
  }
  return {std::move(depth), std::move(area)};
}

}  // namespace

DynamicWave::DynamicWave(const Network& network) : network_(network) {
  build_sections();
  build_links();
  build_nodes();
  start();
}

void DynamicWave::build_sections() {
  std::map<decltype(section_key(CrossSection{})), const SectionTable*> known;
  links_.resize(network_.links.size());
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const Link& link = network_.links[l];
    if (!has_opening(link) || link.section.shape == Shape::dummy || link.section.shape == Shape::none)
      continue;
    const auto [at, is_new] = known.try_emplace(section_key(link.section), nullptr);
    if (is_new) {
      sections_.push_back(std::make_unique<SectionTable>(SectionTable::of(link.section, network_)));
      at->second = sections_.back().get();
    }
    links_[l].section = at->second;
  }
}

void DynamicWave::build_links() {
  const Options& options = network_.options;
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const Link& link = network_.links[l];
    LinkRow& r = links_[l];
    r.from = link.from;
    r.to = link.to;
    r.flow = link.initial_flow;
    if (link.kind == LinkKind::pump) pumps_.push_back(static_cast<Index>(l));
    r.setting = link.kind != LinkKind::pump || link.pump.initially_on ? 1 : 0;
    if (link.kind != LinkKind::conduit || r.section == nullptr) continue;
    r.conduit = static_cast<std::int32_t>(conduits_.size());
    const Node& from = network_.nodes[row(link.from)];
    const Node& to = network_.nodes[row(link.to)];
    ConduitProperties c;
    c.section = r.section;
    const double bed = link.section.shape == Shape::filled_circular ? link.section.sediment_depth : 0;
    c.from_invert = from.invert + link.from_offset + bed;
    c.to_invert = to.invert + link.to_offset + bed;
    c.length = link.conduit.length;
    set_roof(c, options.surcharge_method);
    const double n =
        r.section->transect_roughness() > 0 ? r.section->transect_roughness() : link.conduit.roughness;
    const bool is_main = link.section.shape == Shape::force_main;
    if (is_main) {
      c.force_main_c = link.section.friction;
      c.force_main_is_darcy = options.force_main == ForceMainEquation::darcy_weisbach;
    }
    c.friction = kGravity * n * n;
    c.from_loss = link.conduit.entry_loss / (2 * c.length);
    c.to_loss = link.conduit.exit_loss / (2 * c.length);
    c.loss = link.conduit.average_loss / (2 * c.length);
    double drop = c.from_invert - c.to_invert;
    if (std::abs(drop) < kLeastSlopeDrop) drop = kLeastSlopeDrop;
    const double slope = std::max(drop / c.length, options.min_slope);
    c.uniform = drop > 0 ? std::sqrt(slope) / n : 0;
    c.barrels = link.conduit.barrels;
    c.max_flow = link.max_flow / c.barrels;
    c.from_falls = link.from_offset > 0;
    const bool free_outfall = to.kind == NodeKind::outfall && to.outfall.kind != OutfallKind::normal;
    c.to_falls = link.to_offset > 0 || free_outfall;
    c.flap_gate = link.flap_gate || (to.kind == NodeKind::outfall && to.outfall.flap_gate);
    c.normal_limit = options.normal_flow_limit;
    c.damping = options.inertial_damping;
    c.outfall_end = to.kind == NodeKind::outfall || from.kind == NodeKind::outfall;
    conduits_.push_back(c);
    ConduitState s;
    s.flow = s.old_flow = link.initial_flow / c.barrels;
    conduit_states_.push_back(s);
    conduit_link_.push_back(static_cast<std::uint32_t>(l));
  }
}

void DynamicWave::build_nodes() {
  const Options& options = network_.options;
  nodes_.resize(network_.nodes.size());
  std::vector<std::vector<ConduitEnd>> ends(nodes_.size());
  for (std::size_t c = 0; c < conduits_.size(); ++c) {
    const LinkRow& link = links_[conduit_link_[c]];
    ends[row(link.from)].push_back({static_cast<std::int32_t>(c), true});
    ends[row(link.to)].push_back({static_cast<std::int32_t>(c), false});
  }
  NetworkMatrix::Index unknowns = 0;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = network_.nodes[n];
    NodeRow& r = nodes_[n];
    r.invert = node.invert;
    r.first_end = static_cast<std::uint32_t>(ends_.size());
    double crown = 0.01;
    std::vector<std::tuple<const SectionTable*, double, double>> half_conduits;
    for (const ConduitEnd& end : ends[n]) {
      const ConduitProperties& c = conduits_[row(end.conduit)];
      const double offset = (end.is_from ? c.from_invert : c.to_invert) - node.invert;
      crown = std::max(crown, offset + c.section->full_depth());
      half_conduits.emplace_back(c.section, offset, 0.5 * c.length * c.barrels);
      ends_.push_back(end);
    }
    r.last_end = static_cast<std::uint32_t>(ends_.size());
    r.max_depth = node.max_depth > 0 ? node.max_depth : crown;
    r.crown = node.invert + crown;
    const bool without_end =
        node.kind == NodeKind::storage || options.surcharge_method == SurchargeMethod::slot;
    for (const ConduitEnd& end : ends[n]) {
      ConduitProperties& c = conduits_[row(end.conduit)];
      (end.is_from ? c.from_stores_to : c.to_stores_to) = without_end ? kUnlimited : r.crown;
      (end.is_from ? c.from_fade : c.to_fade) = crown / kFade;
    }
    r.top = node.invert + r.max_depth + node.surcharge_depth;
    if (options.allow_ponding) r.ponded_area = node.ponded_area;
    r.storage = node.kind == NodeKind::storage
                    ? NodeStorage::of(node.storage, r.max_depth)
                    : least_storage(half_conduits, crown, options.min_surface_area,
                                    options.surcharge_method == SurchargeMethod::slot);
    if (node.kind == NodeKind::outfall)
      outfalls_.push_back(static_cast<Index>(n));
    else
      r.unknown = unknowns++;
  }
  std::vector<std::pair<NetworkMatrix::Index, NetworkMatrix::Index>> edges;
  std::vector<std::size_t> edge_link;
  for (std::size_t l = 0; l < links_.size(); ++l) {
    const auto a = nodes_[row(links_[l].from)].unknown, b = nodes_[row(links_[l].to)].unknown;
    if (a < 0 || b < 0) continue;
    edges.emplace_back(a, b);
    edge_link.push_back(l);
  }
  matrix_ = NetworkMatrix(unknowns, edges);
  right_.assign(static_cast<std::size_t>(unknowns), 0.0);
  for (LinkRow& link : links_) {
    const auto a = nodes_[row(link.from)].unknown, b = nodes_[row(link.to)].unknown;
    if (a >= 0) link.from_from = matrix_.diagonal(a);
    if (b >= 0) link.to_to = matrix_.diagonal(b);
  }
  for (std::size_t e = 0; e < edges.size(); ++e) {
    links_[edge_link[e]].from_to = matrix_.forward(e);
    links_[edge_link[e]].to_from = matrix_.backward(e);
  }
}

void DynamicWave::start() {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = network_.nodes[n];
    NodeRow& r = nodes_[n];
    r.head = r.old_head = node.invert + node.initial_depth;
    r.stage = node.outfall.stage;
  }
  given_.assign(nodes_.size(), 0.0);
  balance_.assign(nodes_.size(), 0.0);
  set_outfall_heads();
  evaluate_links(1.0);
  for (ConduitState& c : conduit_states_) c.old_area = c.middle_area;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    double area = 0;
    nodes_[n].volume = 0;
    if (nodes_[n].unknown >= 0) add_stored(n, nodes_[n].head, nodes_[n].volume, area);
  }
  books_.initial = stored();
}

}  // namespace citytwin::drainage
