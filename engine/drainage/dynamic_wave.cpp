#include "engine/drainage/dynamic_wave.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

constexpr int kMostTrials = 60;
constexpr double kCoverConductance = 1e3;  // [m2/s]: an open cover holds the head at the ground to q / 1e3
constexpr double kDeficit = 0.1;           // below its invert a node's head may say that water is missing [m]
constexpr double kProbe = 1e-3;            // for the slopes of structures [m]

}  // namespace

double DynamicWave::depth(Index node) const {
  const NodeRow& n = nodes_[row(node)];
  return std::max(0.0, n.head - n.invert);
}

// The node's volume and its derivative at a head. The conduits' areas are those of the last evaluation, at
// the nodes' present heads.
void DynamicWave::add_stored(std::size_t index, double head, double& volume, double& area) const {
  const NodeRow& node = nodes_[index];
  const double depth = head - node.invert;
  const auto own = node.storage.at(depth);
  volume += own.volume;
  area += own.area;
  if (node.ponded_area > 0 && head > node.top) {
    volume += node.ponded_area * (head - node.top);
    area += node.ponded_area;
  }
  for (std::uint32_t e = node.first_end; e < node.last_end; ++e) {
    const ConduitEnd end = ends_[e];
    const ConduitProperties& c = conduits_[row(end.conduit)];
    const ConduitState& s = conduit_states_[row(end.conduit)];
    const double half = c.length * c.barrels * (end.is_from ? s.from_fill() : s.to_fill());
    volume += half * (end.is_from ? s.from_area : s.to_area);
    area += half * (end.is_from ? s.from_width : s.to_width);
  }
}

// The level just outside an outfall: its stage, where that matters, and never below its invert.
double DynamicWave::free_level(const NodeRow& node, Index index) const {
  const Outfall& outfall = network_.nodes[row(index)].outfall;
  if (outfall.kind == OutfallKind::free || outfall.kind == OutfallKind::normal) return node.invert;
  return std::max(node.stage, node.invert);
}

double DynamicWave::end_invert(ConduitEnd end) const {
  const ConduitProperties& c = conduits_[row(end.conduit)];
  return end.is_from ? c.from_invert : c.to_invert;
}

void DynamicWave::set_outfall_heads() {
  for (const Index n : outfalls_) {
    NodeRow& node = nodes_[row(n)];
    node.head = free_level(node, n);
    if (network_.nodes[row(n)].outfall.kind != OutfallKind::normal || node.first_end == node.last_end)
      continue;
    const ConduitEnd end = ends_[node.first_end];
    const ConduitProperties& c = conduits_[row(end.conduit)];
    const double flow = std::abs(conduit_states_[row(end.conduit)].flow);
    const double depth = c.uniform > 0 ? c.section->depth_of_section_factor(flow / c.uniform)
                                       : c.section->critical_depth(flow);
    node.head = std::max(node.head, end_invert(end) + depth);
  }
}

// From book to book, as far as there is water; a negative volume goes the other way.
void DynamicWave::hand_over(NodeRow& giver, NodeRow& taker, double volume) {
  const double moved = std::clamp(volume, -std::max(0.0, taker.volume), std::max(0.0, giver.volume));
  giver.volume -= moved;
  taker.volume += moved;
}

// How far the ends of conduits are drowned changes at the start of a step only, and the water of the halves
// that change hands goes from book to book.
void DynamicWave::share_conduits() {
  for (std::size_t i = 0; i < conduits_.size(); ++i) {
    const ConduitProperties& c = conduits_[i];
    if (!c.from_falls && !c.to_falls) continue;
    ConduitState& s = conduit_states_[i];
    NodeRow& from = nodes_[row(links_[conduit_link_[i]].from)];
    NodeRow& to = nodes_[row(links_[conduit_link_[i]].to)];
    const double deep = std::max(s.falling_depth, 0.01);
    const double half = 0.5 * c.length * c.barrels;
    if (c.to_falls && to.unknown >= 0) {
      const double share = std::clamp((to.head - c.to_invert) / deep, 0.0, 1.0);
      hand_over(from, to, half * (share > s.to_share ? s.from_area : s.to_area) * (share - s.to_share));
      s.to_share = share;
    }
    if (c.from_falls && from.unknown >= 0) {
      const double share = std::clamp((from.head - c.from_invert) / deep, 0.0, 1.0);
      hand_over(to, from, half * (share > s.from_share ? s.to_area : s.from_area) * (share - s.from_share));
      s.from_share = share;
    }
  }
}

void DynamicWave::evaluate_links(double dt) {
  for (std::size_t c = 0; c < conduits_.size(); ++c) {
    LinkRow& link = links_[conduit_link_[c]];
    const ConduitProperties& p = conduits_[c];
    link.linear =
        conduit_flow(p, conduit_states_[c], nodes_[row(link.from)].head, nodes_[row(link.to)].head, dt);
    link.linear.base *= p.barrels * link.setting;
    link.linear.from_slope *= p.barrels * link.setting;
    link.linear.to_slope *= p.barrels * link.setting;
  }
  if (conduits_.size() == links_.size()) return;
  for (std::size_t l = 0; l < links_.size(); ++l) {
    LinkRow& r = links_[l];
    if (r.conduit >= 0) continue;
    const Link& link = network_.links[l];
    const NodeRow& from = nodes_[row(r.from)];
    const NodeRow& to = nodes_[row(r.to)];
    if (link.kind == LinkKind::conduit) {  // dummy: passes what comes in
      r.linear = {std::max(0.0, from.total_inflow), 0, 0};
      continue;
    }
    StructureHeads h{from.head, to.head, from.invert, to.invert, from.volume, from.total_inflow, r.setting};
    if (link.kind == LinkKind::pump) {
      // Steps of a pump's curve are taken at the start of the time step, so that it cannot flutter within it.
      if (link.pump.kind == PumpKind::type2) h.from = from.old_head;
      const double there = std::max(0.0, from.volume / dt + from.total_inflow);
      r.linear = {std::min(structure_flow(link, r.section, h), there), 0, 0};
      continue;
    }
    const double q = structure_flow(link, r.section, h);
    h.from += kProbe;
    const double more = structure_flow(link, r.section, h);
    h.from -= kProbe;
    h.to += kProbe;
    const double less = structure_flow(link, r.section, h);
    r.linear = LinearFlow::tangent(q, std::max(0.0, (more - q) / kProbe), std::max(0.0, (q - less) / kProbe),
                                   from.head, to.head);
  }
}

void DynamicWave::assemble(double dt) {
  matrix_.clear();
  double* const m = matrix_.values().data();
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    NodeRow& node = nodes_[n];
    if (node.unknown < 0) continue;
    double volume = 0, area = 0;
    add_stored(n, node.head, volume, area);
    double diagonal = area / dt;
    double right = node.inflow - node.loss + (node.volume - volume) / dt + diagonal * node.head;
    node.overflows = node.opening < 0 && node.ponded_area <= 0 && node.head > node.top;
    if (node.opening >= 0) {
      node.from_surface = opening_flow(openings_[row(node.opening)], node.head, dt);
      diagonal += node.from_surface.slope;
      right += node.from_surface.base;
    }
    if (node.overflows) {
      diagonal += kCoverConductance;
      right += kCoverConductance * node.top;
    }
    m[matrix_.diagonal(node.unknown)] = diagonal;
    right_[row(node.unknown)] = right;
  }
  for (const LinkRow& link : links_) {
    const NodeRow& from = nodes_[row(link.from)];
    const NodeRow& to = nodes_[row(link.to)];
    const LinearFlow& q = link.linear;
    if (from.unknown >= 0) {
      m[link.from_from] += q.from_slope;
      right_[row(from.unknown)] -= q.base;
      if (to.unknown >= 0)
        m[link.from_to] -= q.to_slope;
      else
        right_[row(from.unknown)] += q.to_slope * to.head;
    }
    if (to.unknown >= 0) {
      m[link.to_to] += q.to_slope;
      right_[row(to.unknown)] += q.base;
      if (from.unknown >= 0)
        m[link.to_from] -= q.from_slope;
      else
        right_[row(to.unknown)] += q.from_slope * from.head;
    }
  }
}

// Largest change of a head; heads of full nodes may fall no further than to just below their crown at once.
double DynamicWave::update_heads(Index& moved_most) {
  double largest = 0;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    NodeRow& node = nodes_[n];
    if (node.unknown < 0) continue;
    double head = right_[row(node.unknown)];
    // From full to free, and from covered to overflowing, the equation has a kink: stop there first.
    if (node.head > node.crown && head < node.crown)
      head = std::max(head, node.invert + 0.98 * (node.crown - node.invert));
    if (!node.overflows && node.opening < 0 && node.ponded_area <= 0 && head > node.top)
      head = node.top + kProbe;
    head = std::max(head, node.invert - kDeficit);
    if (const double move = std::abs(head - node.head); move > largest) {
      largest = move;
      moved_most = static_cast<Index>(n);
    }
    node.head = head;
  }
  return largest;
}

void DynamicWave::update_flows() {
  for (LinkRow& link : links_) {
    link.flow = link.linear.at(nodes_[row(link.from)].head, nodes_[row(link.to)].head);
    note_flow(link);
  }
}

// A conduit keeps the flow of one barrel.
void DynamicWave::note_flow(const LinkRow& link) {
  if (link.conduit < 0) return;
  conduit_states_[row(link.conduit)].flow = link.flow / conduits_[row(link.conduit)].barrels;
}

StepOutcome DynamicWave::step(double dt) {
  if (is_dry()) {
    for (NodeRow& node : nodes_) node.exchanged = node.overflow = node.total_inflow = 0;
    return {};
  }
  for (NodeRow& node : nodes_) node.old_head = node.head;
  for (const Index l : pumps_) {
    LinkRow& link = links_[row(l)];
    const NodeRow& from = nodes_[row(link.from)];
    // As in SWMM: the depths set what rules set, and what comes last holds.
    const bool runs = pump_runs(network_.links[row(l)].pump, link.setting > 0, from.head - from.invert);
    if (runs != (link.setting > 0)) link.setting = runs ? 1 : 0;
  }
  for (ConduitState& c : conduit_states_) {
    c.old_flow = c.flow;
    c.old_area = c.middle_area;
    c.normal_limited = false;
  }
  share_conduits();
  StepOutcome outcome;
  // A project's MAX_TRIALS is meant for SWMM's trials, which repeat in the next step what has not settled.
  // Here a step that has not settled stays so, and where water begins to run over a dry bed it takes more
  // trials.
  const int most = std::max(kMostTrials, network_.options.max_trials);
  for (outcome.trials = 1;; ++outcome.trials) {
    set_outfall_heads();
    evaluate_links(dt);
    assemble(dt);
    matrix_.solve(right_);
    const double change = update_heads(outcome.least_settled);
    update_flows();
    outcome.converged = change < network_.options.head_tolerance;
    if ((outcome.converged && outcome.trials >= 2) || outcome.trials >= most) break;
  }
  keep_books_positive(dt);
  close_books(dt);
  for (const NodeRow& node : nodes_)
    if (node.unknown >= 0 && node.head < node.top)
      outcome.largest_rise = std::max(outcome.largest_rise, std::abs(node.head - node.old_head));
  return outcome;
}

// No node gives away more than it has: its outflows shrink, and with them what others receive.
void DynamicWave::keep_books_positive(double dt) {
  std::vector<double>&out = given_, &balance = balance_;
  for (int pass = 0; pass < 20; ++pass) {
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      balance[n] = nodes_[n].volume + dt * (nodes_[n].inflow - nodes_[n].loss) +
                   std::max(0.0, surface_volume(nodes_[n], dt));
      out[n] = 0;
    }
    for (const LinkRow& link : links_) {
      const std::size_t giver = row(link.flow >= 0 ? link.from : link.to);
      const std::size_t taker = row(link.flow >= 0 ? link.to : link.from);
      out[giver] += dt * std::abs(link.flow);
      balance[taker] += dt * std::abs(link.flow);
    }
    bool changed = false;
    for (LinkRow& link : links_) {
      const std::size_t giver = row(link.flow >= 0 ? link.from : link.to);
      if (nodes_[giver].unknown < 0 || out[giver] <= balance[giver] || link.flow == 0) continue;
      if (out[giver] - balance[giver] < 1e-12 * out[giver]) continue;
      link.flow *= std::max(0.0, balance[giver]) / out[giver];
      note_flow(link);
      changed = true;
    }
    if (!changed) return;
  }
}

void DynamicWave::close_books(double dt) {
  RoutingBooks now;  // of this step alone: small numbers are summed before they meet large ones
  for (NodeRow& node : nodes_) node.total_inflow = node.inflow;
  for (const LinkRow& link : links_) {
    NodeRow& from = nodes_[row(link.from)];
    NodeRow& to = nodes_[row(link.to)];
    from.volume -= dt * link.flow;
    to.volume += dt * link.flow;
    (link.flow >= 0 ? to : from).total_inflow += std::abs(link.flow);
  }
  for (NodeRow& node : nodes_) {
    now.inflow += dt * node.inflow;
    if (node.unknown < 0) {
      node.volume += dt * node.inflow;
      (node.volume >= 0 ? now.outflow : now.backflow) += std::abs(node.volume);
      node.exchanged = node.volume;
      node.volume = 0;
      continue;
    }
    node.overflow = node.overflows ? std::max(0.0, kCoverConductance * (node.head - node.top)) : 0;
    node.volume += dt * (node.inflow - node.loss);
    node.overflow = std::clamp(node.overflow, 0.0, std::max(0.0, node.volume) / dt);
    node.volume -= dt * node.overflow;
    if (node.opening >= 0) {
      // What comes up is no more than the node holds after its pipes have taken theirs.
      node.exchanged = std::max(surface_volume(node, dt), -std::max(0.0, node.volume));
      node.volume += node.exchanged;
      (node.exchanged >= 0 ? now.captured : now.returned) += std::abs(node.exchanged);
    }
    now.overflow += dt * node.overflow;
    now.losses += dt * node.loss;
    if (node.volume < 0) {
      now.clipped -= node.volume;
      node.volume = 0;
    }
    node.head = std::max(node.head, node.invert);
  }
  books_.add(now);
  show_outfalls();
}

// An outfall shows the depth of the water that falls out of its conduit, where that is above its stage.
void DynamicWave::show_outfalls() {
  for (const Index n : outfalls_) {
    NodeRow& node = nodes_[row(n)];
    for (std::uint32_t e = node.first_end; e < node.last_end; ++e) {
      const ConduitEnd end = ends_[e];
      const ConduitState& s = conduit_states_[row(end.conduit)];
      const bool leaves = end.is_from ? s.flow < 0 : s.flow > 0;
      if (leaves) node.head = std::max(node.head, end_invert(end) + s.falling_depth);
    }
  }
}

void DynamicWave::open_to_surface(Index index, const SurfaceOpening& opening) {
  nodes_[row(index)].opening = static_cast<std::int32_t>(openings_.size());
  openings_.push_back(opening);
}

void DynamicWave::set_surface(Index index, double depth, double available) {
  SurfaceOpening& opening = openings_[row(nodes_[row(index)].opening)];
  opening.depth = depth;
  opening.available = available;
}

void DynamicWave::set_opening_share(Index index, double share) {
  openings_[row(nodes_[row(index)].opening)].open_share = share;
}

// Volume through the node's opening over the step, limited by what is there on both sides.
double DynamicWave::surface_volume(const NodeRow& node, double dt) const {
  if (node.opening < 0) return 0;
  return std::min(dt * node.from_surface.at(node.head), openings_[row(node.opening)].available);
}

double DynamicWave::stored() const {
  double sum = 0;
  for (const NodeRow& node : nodes_)
    if (node.unknown >= 0) sum += node.volume;
  return sum;
}

double DynamicWave::continuity_error() const {
  const double in = books_.initial + books_.inflow + books_.backflow + books_.captured;
  const double out = books_.outflow + books_.returned + books_.overflow + books_.losses + stored();
  return in > 0 ? (in - out) / in : 0;
}

bool DynamicWave::is_dry() const {
  for (const NodeRow& node : nodes_) {
    if (node.volume > 1e-6 || node.inflow != 0) return false;
    if (node.unknown < 0 && node.stage > node.invert)
      return false;  // an outfall that water may come in through
  }
  for (const LinkRow& link : links_)
    if (link.flow != 0) return false;
  for (const SurfaceOpening& opening : openings_)
    if (opening.available > 0) return false;
  return true;
}

bool DynamicWave::is_surcharged(Index node) const {
  const NodeRow& n = nodes_[row(node)];
  return n.unknown >= 0 && n.first_end < n.last_end && n.head > n.crown;
}

bool DynamicWave::is_full(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return false;
  const ConduitProperties& c = conduits_[row(r.conduit)];
  const double full = c.section->full_depth();
  return c.section->closed() && nodes_[row(r.from)].head >= c.from_invert + full &&
         nodes_[row(r.to)].head >= c.to_invert + full;
}

double DynamicWave::link_depth(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return 0;
  const ConduitProperties& c = conduits_[row(r.conduit)];
  const double full = c.section->full_depth();
  return 0.5 * (std::clamp(nodes_[row(r.from)].head - c.from_invert, 0.0, full) +
                std::clamp(nodes_[row(r.to)].head - c.to_invert, 0.0, full));
}

double DynamicWave::link_width(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return 0;
  const SectionTable& section = *conduits_[row(r.conduit)].section;
  const double depth = link_depth(link);
  return section.closed() && depth > 0.5 * section.full_depth() ? section.max_width()
                                                                : section.at(depth).width;
}

bool DynamicWave::is_open(Index link) const {
  const LinkRow& r = links_[row(link)];
  return r.conduit >= 0 && !conduits_[row(r.conduit)].section->closed();
}

double DynamicWave::storage_area(Index node, double depth) const {
  return nodes_[row(node)].storage.at(depth).area;
}

double DynamicWave::link_velocity(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return 0;
  const ConduitState& s = conduit_states_[row(r.conduit)];
  return s.middle_area > 1e-6 ? s.flow / s.middle_area : 0;
}

double DynamicWave::full_flow(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return 0;
  const ConduitProperties& c = conduits_[row(r.conduit)];
  return c.barrels * c.uniform * c.section->full_area() * std::sqrt(c.section->full().radius43);
}

double DynamicWave::slope(Index link) const {
  const LinkRow& r = links_[row(link)];
  if (r.conduit < 0) return 0;
  const ConduitProperties& c = conduits_[row(r.conduit)];
  return (c.from_invert - c.to_invert) / c.length;
}

}  // namespace citytwin::drainage
