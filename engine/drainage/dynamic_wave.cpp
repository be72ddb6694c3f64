#include "engine/drainage/dynamic_wave.hpp"

#include <algorithm>
#include <cmath>

#include "engine/drainage/gravity.hpp"

namespace citytwin::drainage {

namespace {

constexpr int kTrials = 30;       // after which a step is halved,
constexpr int kMostHalvings = 4;  // down to a sixteenth, which has
constexpr int kLastTrials = 60;
constexpr int kFreeTrials = 6;    // Newton's own steps; most time steps need two to four
constexpr double kDeficit = 0.1;  // below its invert a node's head may say that water is missing [m]
constexpr double kProbe = 1e-3;   // for the slopes of structures [m]

}  // namespace

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

void DynamicWave::evaluate_links(double dt) {
  for (std::size_t c = 0; c < conduits_.size(); ++c) {
    LinkRow& link = links_[conduit_link_[c]];
    const ConduitProperties& p = conduits_[c];
    ConduitState& s = conduit_states_[c];
    const double from_head = nodes_[row(link.from)].head, to_head = nodes_[row(link.to)].head;
    if (s.sleeps && from_head <= p.from_invert && to_head <= p.to_invert) continue;  // nothing has changed
    s.sleeps = false;
    link.linear = conduit_flow(p, s, from_head, to_head, dt);
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
      diagonal += kOverflowConductance;
      right += kOverflowConductance * node.top;
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

// A move that turns back goes at most half the way of the one before it, and those that follow no further,
// until three in a row go the same way.
double DynamicWave::damped_move(NodeRow& node, double move) {
  if (move * node.move < 0) {
    node.reach = std::min(node.reach, 0.5 * std::abs(node.move));
    node.same_way = 0;
  } else if (++node.same_way > 2) {
    node.reach *= 2;
  }
  return std::clamp(move, -node.reach, node.reach);
}

// Largest change of a head that the equations ask for; heads of full nodes may fall no further than to just
// below their crown at once. Newton's method on what a node holds, which is steep in a pipe and flat in a
// shaft, may go round in circles: in late trials a head that turns back goes at most half the way it came.
double DynamicWave::update_heads(int trial, Index& moved_most) {
  double largest = 0;
  const bool damped = trial > kFreeTrials;
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
    // What Newton's method asks for decides whether the step has settled, not what damping leaves of it.
    const double wanted = head - node.head;
    if (std::abs(wanted) > largest) {
      largest = std::abs(wanted);
      moved_most = static_cast<Index>(n);
    }
    node.move = damped ? damped_move(node, wanted) : wanted;
    node.head = damped ? node.head + node.move : head;
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
  for (const Index l : pumps_) {
    LinkRow& link = links_[row(l)];
    const NodeRow& from = nodes_[row(link.from)];
    // As in SWMM: the depths set what rules set, and what comes last holds.
    const bool runs = pump_runs(network_.links[row(l)].pump, link.setting > 0, from.head - from.invert);
    if (runs != (link.setting > 0)) link.setting = runs ? 1 : 0;
  }
  StepOutcome outcome;
  advance(dt, kMostHalvings, outcome);
  return outcome;
}

// Over dt, or where its trials do not settle over two halves of it.
void DynamicWave::advance(double dt, int halvings, StepOutcome& outcome) {
  begin_trials();
  const bool settled = try_step(dt, halvings > 0, outcome);
  if (settled || halvings == 0) {
    outcome.converged = outcome.converged && settled;
    close_books(dt);
    for (const NodeRow& node : nodes_)
      if (node.unknown >= 0 && node.head < node.top)
        outcome.largest_rise = std::max(outcome.largest_rise, std::abs(node.head - node.old_head));
    return;
  }
  take_back();
  advance(0.5 * dt, halvings - 1, outcome);
  const std::vector<NodeRow> first = nodes_;
  for (NodeRow& node : nodes_)
    if (node.opening >= 0) openings_[row(node.opening)].take(node.exchanged);
  advance(0.5 * dt, halvings - 1, outcome);
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    NodeRow& node = nodes_[n];
    node.exchanged += first[n].exchanged;
    node.overflow = 0.5 * (node.overflow + first[n].overflow);
    node.total_inflow = 0.5 * (node.total_inflow + first[n].total_inflow);
  }
}

void DynamicWave::begin_trials() {
  for (NodeRow& node : nodes_) {
    node.old_head = node.head;
    node.reach = kUnlimited;
    node.same_way = 0;
  }
  for (ConduitState& c : conduit_states_) {
    c.old_flow = c.flow;
    c.old_area = c.middle_area;
    c.old_falling_depth = c.falling_depth;
    c.normal_limited = c.driven = c.jet_over = false;
  }
  share_conduits();
}

void DynamicWave::take_back() {
  for (NodeRow& node : nodes_) node.head = node.old_head;
  for (ConduitState& c : conduit_states_) {
    c.flow = c.old_flow;
    c.middle_area = c.old_area;
    c.falling_depth = c.old_falling_depth;
  }
}

// A project's MAX_TRIALS is meant for SWMM's trials, which repeat in the next step what has not settled. Here
// a step that has not settled stays so, and where water begins to run over a dry bed it takes more trials.
bool DynamicWave::try_step(double dt, bool again, StepOutcome& outcome) {
  const int most = again ? kTrials : std::max(kLastTrials, network_.options.max_trials);
  for (int trial = 1; trial <= most; ++trial) {
    ++outcome.trials;
    set_outfall_heads();
    evaluate_links(dt);
    assemble(dt);
    matrix_.solve(right_);
    const double change = update_heads(trial, outcome.least_settled);
    update_flows();
    if (change < network_.options.head_tolerance && trial >= 2) return true;
  }
  return false;
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

}  // namespace citytwin::drainage
