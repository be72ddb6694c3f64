// Why: one occurrence per change, each with the earlier occurrences that made it.
#include <algorithm>

#include "engine/model/names.hpp"
#include "engine/routing/reach.hpp"
#include "engine/sim/dependencies.hpp"

namespace citytwin {

namespace {

std::string_view word(FunctionLevel level) {
  switch (level) {
    case FunctionLevel::failed:
      return "failed";
    case FunctionLevel::backup:
      return "backup";
    case FunctionLevel::working:
      return "working";
  }
  return "";
}

std::string_view reason_of(NeedKind kind) {
  switch (kind) {
    case NeedKind::power:
      return "cause.no_power";
    case NeedKind::water:
      return "cause.no_water";
    case NeedKind::telecom:
      return "cause.no_telecom";
    case NeedKind::access:
      return "cause.no_access";
    case NeedKind::dry:
      return "cause.flooded";
  }
  return "";
}

}  // namespace

std::uint32_t Dependencies::record(Occurrence occurrence) {
  std::sort(occurrence.because.begin(), occurrence.because.end());
  occurrence.because.erase(std::unique(occurrence.because.begin(), occurrence.because.end()),
                           occurrence.because.end());
  occurrences_.push_back(std::move(occurrence));
  return static_cast<std::uint32_t>(occurrences_.size() - 1);
}

// One occurrence per facility that changed, a provider before those that need it, so that each can name its
// causes; within a ring the lowest id goes first.
void Dependencies::record_changes(const std::vector<std::uint32_t>& changed, SimTime now) {
  std::vector<std::uint32_t> left = changed;
  while (!left.empty()) {
    const auto waits = [&](std::uint32_t f) {
      for (std::uint32_t n = needs_begin_[f]; n < needs_begin_[f + 1]; ++n)
        for (const std::uint32_t p : needs_[n].providers)
          if (p != f && std::binary_search(left.begin(), left.end(), p)) return true;
      return false;
    };
    auto next = std::find_if(left.begin(), left.end(), [&](std::uint32_t f) { return !waits(f); });
    if (next == left.end()) next = left.begin();
    record_change(*next, now);
    left.erase(next);
  }
}

void Dependencies::record_change(std::uint32_t f, SimTime now) {
  const std::uint32_t last = last_of_facility_[f];
  Occurrence change{now,
                    facility_key_[f],
                    std::string(name_of(facility_kind_[f])),
                    std::string(word(level_before_[f])),
                    std::string(word(level_[f])),
                    "cause.restored",
                    0,
                    {}};
  if (forced_failed_[f] != 0) {
    change.reason = "cause.control";
  } else if (deciding_[f] != kNone) {
    const Need& need = needs_[deciding_[f]];
    change.reason = reason_of(need.kind);
    change.because = causes_of(need);
    if (need.kind == NeedKind::dry) change.value = facility_depth_[f] - floor_height_[f];
    // backup → failed: the need was lost when the backup began, and that is what the chain leads to.
    if (level_before_[f] == FunctionLevel::backup && last != kNone) change.because.push_back(last);
  } else if (last != kNone) {
    if (occurrences_[last].reason == "cause.control") change.reason = "cause.repaired";
    change.because.push_back(last);
    for (std::uint32_t n = needs_begin_[f]; n < needs_begin_[f + 1]; ++n)
      for (const std::uint32_t p : needs_[n].providers)
        if (last_of_facility_[p] != kNone && occurrences_[last_of_facility_[p]].time == now)
          change.because.push_back(last_of_facility_[p]);
  }
  last_of_facility_[f] = record(std::move(change));
}

std::vector<std::uint32_t> Dependencies::causes_of(const Need& need) const {
  std::vector<std::uint32_t> causes;
  const auto add = [&](std::uint32_t occurrence) {
    if (occurrence != kNone) causes.push_back(occurrence);
  };
  if (need.kind == NeedKind::dry) {
    for (const std::uint32_t o : forcing_occurrence_) add(o);
    return causes;
  }
  if (need.from_grid) add(last_of_grid_);
  for (const std::uint32_t p : need.providers)
    if (level_[p] == FunctionLevel::failed) add(last_of_facility_[p]);
  if (need.kind == NeedKind::access)
    for (const std::uint32_t link : cutting_links(need)) add(last_of_link_[link]);
  return causes;
}

// The closed links on the edge of the cut-off part: those that lead from what is still reached into the part
// from which the facility could be driven to over links that are open. Where nothing reached touches that
// part, every closed link around it.
std::vector<std::uint32_t> Dependencies::cutting_links(const Need& need) const {
  const auto n = static_cast<std::size_t>(&need - needs_.data());
  const std::vector<std::uint8_t>& reached = access_[access_group_[n]].reached;
  const std::uint32_t start = junction_of_[need.facility];
  const std::vector<std::uint8_t> part = reachable(reversed_graph_, std::span(&start, 1), link_open_);
  std::vector<std::uint32_t> from_reached, around;
  for (std::uint32_t head = 0; head < part.size(); ++head) {
    if (part[head] == 0) continue;
    for (std::uint32_t a = reversed_graph_.arc_begin[head]; a < reversed_graph_.arc_begin[head + 1]; ++a) {
      const std::uint32_t tail = reversed_graph_.arc_head[a];
      const std::uint32_t link = reversed_graph_.arc_key[a];
      if (link_open_[link] != 0) continue;
      around.push_back(link);
      if (part[tail] == 0 && reached[tail] != 0) from_reached.push_back(link);
    }
  }
  std::vector<std::uint32_t>& links = from_reached.empty() ? around : from_reached;
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  return std::move(links);
}

}  // namespace citytwin
