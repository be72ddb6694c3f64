// Checkpoint and hash of the dependencies' state.
#include "engine/sim/dependencies.hpp"
#include "engine/sim/occurrence_archive.hpp"

namespace citytwin {

// One list of the state, walked by save() and load() alike.
template <class Archive, class Self>
void Dependencies::walk(Archive& archive, Self& self) {
  archive.vector(self.link_depth_);
  archive.vector(self.facility_depth_);
  archive.vector(self.link_open_);
  archive.vector(self.link_forced_);
  archive.value(self.closed_m_);
  archive.vector(self.level_);
  archive.vector(self.forced_failed_);
  archive.vector(self.need_state_);
  archive.value(self.grid_failed_);
  for (auto& group : self.access_) {
    archive.vector(group.reached);
    archive.value(group.stale);
  }
  archive.vector(self.last_of_facility_);
  archive.vector(self.last_of_link_);
  archive.value(self.last_of_grid_);
  archive.vector(self.forcing_occurrence_);
  archive.value(self.first_);
  archive.vector(self.pending_);
}

void Dependencies::save(SaveArchive& archive) const {
  walk(archive, *this);
  archive.value(occurrences_.size());
  for (const Occurrence& occurrence : occurrences_) save_occurrence(archive, occurrence);
}

void Dependencies::load(LoadArchive& archive) {
  walk(archive, *this);
  std::size_t count = 0;
  archive.value(count);
  occurrences_.clear();
  for (std::size_t i = 0; i < count; ++i) occurrences_.push_back(load_occurrence(archive));
}

void Dependencies::add_to(Hasher& hasher) const {
  hasher.range(link_depth_);
  hasher.range(link_open_);
  hasher.range(link_forced_);
  hasher.range(level_);
  hasher.range(forced_failed_);
  hasher.range(facility_depth_);
  for (const NeedState& need : need_state_) hasher.value(need.unmet_since);
  hasher.value(grid_failed_);
  hasher.value(closed_m_);
  hasher.value(occurrences_.size());
  if (occurrences_.empty()) return;
  const Occurrence& last = occurrences_.back();  // earlier ones are in the hashes of earlier beats
  hasher.text(last.asset);
  hasher.text(last.to);
  hasher.text(last.reason);
  hasher.value(last.value);
  hasher.range(last.because);
}

}  // namespace citytwin
