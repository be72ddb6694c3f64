// What others read of a network's state.
#include <algorithm>
#include <cmath>

#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::drainage {

double DynamicWave::depth(Index node) const {
  const NodeRow& n = nodes_[row(node)];
  return std::max(0.0, n.head - n.invert);
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

NodeStorage::Values DynamicWave::storage_at(Index node, double depth) const {
  return nodes_[row(node)].storage.at(depth);
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
