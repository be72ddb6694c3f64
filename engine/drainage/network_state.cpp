// Save and load: all that the future of a network depends on.
#include <stdexcept>

#include "engine/drainage/network_flow.hpp"

namespace citytwin::drainage {

namespace {

template <class Archive, class Node>
void node_layout(Archive& archive, Node& n) {
  archive.fields(n.head, n.volume, n.inflow, n.loss, n.stage, n.overflow, n.total_inflow, n.exchanged);
}

template <class Archive, class Link>
void link_layout(Archive& archive, Link& l) {
  archive.fields(l.flow, l.setting);
}

template <class Archive, class State>
void conduit_layout(Archive& archive, State& s) {
  archive.fields(s.flow, s.middle_area, s.from_area, s.to_area, s.from_width, s.to_width, s.froude,
                 s.falling_depth, s.from_share, s.to_share);
}

template <class Archive, class Books>
void books_layout(Archive& archive, Books& b) {
  archive.fields(b.initial, b.inflow, b.backflow, b.outflow, b.overflow, b.captured, b.returned, b.losses,
                 b.clipped, b.not_withdrawn);
}

void expect(LoadArchive& archive, std::size_t count) {
  std::size_t stored = 0;
  archive.fields(stored);
  if (stored != count) throw std::runtime_error("drainage: archive of another network");
}

}  // namespace

void DynamicWave::save(SaveArchive& archive) const {
  archive.fields(nodes_.size());
  for (const NodeRow& node : nodes_) node_layout(archive, node);
  archive.fields(links_.size());
  for (const LinkRow& link : links_) link_layout(archive, link);
  for (const ConduitState& s : conduit_states_) conduit_layout(archive, s);
  books_layout(archive, books_);
}

void DynamicWave::load(LoadArchive& archive) {
  expect(archive, nodes_.size());
  for (NodeRow& node : nodes_) node_layout(archive, node);
  expect(archive, links_.size());
  for (LinkRow& link : links_) link_layout(archive, link);
  for (ConduitState& s : conduit_states_) conduit_layout(archive, s);
  books_layout(archive, books_);
}

void ControlRules::save(SaveArchive& archive) const {
  archive.fields(target_, changed_at_, pids_, looked_at_);
}

void ControlRules::load(LoadArchive& archive) { archive.fields(target_, changed_at_, pids_, looked_at_); }

void NetworkFlow::save(SaveArchive& archive) const {
  wave_.save(archive);
  rules_.save(archive);
  losses_.save(archive);
  if (runoff_) runoff_->save(archive);
  archive.fields(now_, step_, last_step_, run_off_before_, work_);
}

void NetworkFlow::load(LoadArchive& archive) {
  wave_.load(archive);
  rules_.load(archive);
  losses_.load(archive);
  if (runoff_) runoff_->load(archive);
  archive.fields(now_, step_, last_step_, run_off_before_, work_);
}

}  // namespace citytwin::drainage
