// Checkpoint and hash of the dependencies' state.
#include "engine/sim/dependencies.hpp"
#include "engine/sim/occurrence_archive.hpp"

namespace citytwin {

void Dependencies::save(SaveArchive& archive) const {
  archive.vector(link_depth_);
  archive.vector(facility_depth_);
  archive.vector(link_open_);
  archive.vector(link_forced_);
  archive.value(closed_m_);
  archive.vector(level_);
  archive.vector(forced_failed_);
  archive.vector(need_state_);
  archive.value(grid_failed_);
  for (const AccessGroup& group : access_) {
    archive.vector(group.reached);
    archive.value(group.stale);
  }
  archive.value(occurrences_.size());
  for (const Occurrence& occurrence : occurrences_) save_occurrence(archive, occurrence);
  archive.vector(last_of_facility_);
  archive.vector(last_of_link_);
  archive.value(last_of_grid_);
  archive.vector(forcing_occurrence_);
  archive.value(first_);
  archive.vector(pending_);
}

void Dependencies::load(LoadArchive& archive) {
  archive.vector(link_depth_);
  archive.vector(facility_depth_);
  archive.vector(link_open_);
  archive.vector(link_forced_);
  archive.value(closed_m_);
  archive.vector(level_);
  archive.vector(forced_failed_);
  archive.vector(need_state_);
  archive.value(grid_failed_);
  for (AccessGroup& group : access_) {
    archive.vector(group.reached);
    archive.value(group.stale);
  }
  std::size_t count = 0;
  archive.value(count);
  occurrences_.clear();
  for (std::size_t i = 0; i < count; ++i) occurrences_.push_back(load_occurrence(archive));
  archive.vector(last_of_facility_);
  archive.vector(last_of_link_);
  archive.value(last_of_grid_);
  archive.vector(forcing_occurrence_);
  archive.value(first_);
  archive.vector(pending_);
}

void Dependencies::add_to(Hasher& hasher) const {
  hasher.range(link_open_);
  hasher.range(level_);
  hasher.range(facility_depth_);
  hasher.value(occurrences_.size());
  hasher.value(closed_m_);
}

}  // namespace citytwin
