// Checkpoint and hash of the dependencies' state.
#include "engine/sim/dependencies.hpp"
#include "engine/sim/record_layout.hpp"

namespace citytwin {

// One description of the state, for save() and load() alike.
template <class Archive, class Self>
void Dependencies::layout(Archive& archive, Self& self) {
  archive.fields(self.link_depth_, self.facility_depth_, self.link_open_, self.link_forced_, self.closed_m_,
                 self.level_, self.forced_failed_, self.need_state_, self.grid_failed_);
  for (auto& group : self.access_) archive.fields(group.reached, group.stale);
  archive.fields(self.last_of_facility_, self.last_of_link_, self.last_of_grid_, self.forcing_occurrence_,
                 self.first_, self.pending_);
  archive.list(self.occurrences_, [&](auto& occurrence) { occurrence_layout(archive, occurrence); });
}

void Dependencies::save(SaveArchive& archive) const { layout(archive, *this); }
void Dependencies::load(LoadArchive& archive) { layout(archive, *this); }

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
