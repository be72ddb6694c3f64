// The books of the dynamic wave: which node holds the water of which conduit, and what passes in a step.
#include <algorithm>
#include <cmath>

#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::drainage {

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
  keep_books_positive(dt);
  RoutingBooks now;  // of this step alone: small numbers are summed before they meet large ones
  for (NodeRow& node : nodes_) node.total_inflow = node.inflow;
  for (const LinkRow& link : links_) {
    NodeRow& from = nodes_[row(link.from)];
    NodeRow& to = nodes_[row(link.to)];
    from.volume -= dt * link.flow;
    to.volume += dt * link.flow;
    (link.flow >= 0 ? to : from).total_inflow += std::abs(link.flow);
  }
  for (NodeRow& node : nodes_) (node.unknown < 0 ? close_outfall(node, dt, now) : close_node(node, dt, now));
  books_.add(now);
  show_outfalls();
}

void DynamicWave::close_outfall(NodeRow& node, double dt, RoutingBooks& now) {
  now.inflow += dt * node.inflow;
  node.volume += dt * node.inflow;
  (node.volume >= 0 ? now.outflow : now.backflow) += std::abs(node.volume);
  node.exchanged = node.volume;
  node.volume = 0;
}

void DynamicWave::close_node(NodeRow& node, double dt, RoutingBooks& now) {
  const double lost = node.overflows ? std::max(0.0, kOverflowConductance * (node.head - node.top)) : 0;
  node.volume += dt * (node.inflow - node.loss);
  node.overflow = std::clamp(lost, 0.0, std::max(0.0, node.volume) / dt);
  node.volume -= dt * node.overflow;
  now.overflow += dt * node.overflow;
  if (node.opening >= 0) {
    // What comes up is no more than the node holds after its pipes have taken theirs.
    node.exchanged = std::max(surface_volume(node, dt), -std::max(0.0, node.volume));
    node.volume += node.exchanged;
    (node.exchanged >= 0 ? now.captured : now.returned) += std::abs(node.exchanged);
  }
  // Nobody takes out what is not there: neither a negative inflow nor a loss.
  const double withdrawn = dt * std::max(0.0, -node.inflow), gone = dt * std::max(0.0, node.loss);
  const double not_withdrawn = std::clamp(-node.volume, 0.0, withdrawn);
  const double not_gone = std::clamp(-node.volume - not_withdrawn, 0.0, gone);
  node.volume += not_withdrawn + not_gone;
  now.not_withdrawn += not_withdrawn;
  now.inflow += dt * node.inflow + not_withdrawn;
  now.losses += dt * node.loss - not_gone;
  if (node.volume < 0) {
    now.clipped -= node.volume;
    node.volume = 0;
  }
  if (node.ponded_area > 0) {
    const double rise = std::max(node.head, node.top) - std::max(node.old_head, node.top);
    node.overflow = std::max(0.0, node.ponded_area * rise / dt);
  }
  node.head = std::max(node.head, node.invert);
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

}  // namespace citytwin::drainage
