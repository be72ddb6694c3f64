#include "engine/domains/surface_water/sewer_tanks.hpp"

#include <algorithm>

namespace citytwin::surface_water {

namespace {

constexpr double kFull = 0.999;  // of the height: what counts as full

}  // namespace

void SewerTanks::build(const drainage::DynamicWave& wave) {
  *this = {};
  const auto& nodes = wave.network().nodes;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (nodes[n].kind != drainage::NodeKind::storage) continue;
    const auto index = static_cast<drainage::Index>(n);
    node_.push_back(index);
    height_.push_back(wave.max_depth(index));
    capacity_.push_back(wave.storage_at(index, height_.back()).volume);
    volume_.push_back(wave.storage_at(index, std::clamp(wave.depth(index), 0.0, height_.back())).volume);
  }
  most_ = volume_;
  full_.assign(node_.size(), 0.0);
  taken_.assign(node_.size(), 0.0);
}

void SewerTanks::look(const drainage::DynamicWave& wave, double dt) {
  for (std::size_t k = 0; k < node_.size(); ++k) {
    const double depth = std::clamp(wave.depth(node_[k]), 0.0, height_[k]);
    const double volume = wave.storage_at(node_[k], depth).volume;
    taken_[k] += std::max(0.0, volume - volume_[k]);
    most_[k] = std::max(most_[k], volume);
    if (depth >= kFull * height_[k]) full_[k] += dt;
    volume_[k] = volume;
  }
}

void SewerTanks::observe(const drainage::DynamicWave& wave, Observation& out) const {
  if (node_.empty()) return;
  ObservedTable table{"sewer_tanks", {}, {}};
  for (const drainage::Index n : node_)
    table.key.push_back(wave.network().nodes[static_cast<std::size_t>(n)].key);
  table.columns = {
      ObservedTable::Column::of("capacity", "m3", capacity_), ObservedTable::Column::of("most", "m3", most_),
      ObservedTable::Column::of("full_h", "h", full_, 1 / 3600.0),
      ObservedTable::Column::of("taken", "m3", taken_), ObservedTable::Column::of("at_end", "m3", volume_)};
  out.tables.push_back(std::move(table));
}

}  // namespace citytwin::surface_water
