#include "engine/sim/dependencies.hpp"

#include <algorithm>
#include <map>

#include "engine/routing/reach.hpp"

namespace citytwin {

bool Dependencies::owns(const Control& control) const {
  if (control.target == "grid") return true;
  if (control.target.rfind("link/", 0) == 0)
    return std::find(link_key_.begin(), link_key_.end(), control.target.substr(5)) != link_key_.end();
  return std::find(facility_key_.begin(), facility_key_.end(), control.target) != facility_key_.end();
}

void Dependencies::apply(const Control& control, SimTime now) {
  const bool fail = control.verb == Control::Verb::fail;
  if (!fail && control.verb != Control::Verb::repair && control.verb != Control::Verb::restore) return;
  if (control.target == "grid") {
    if (grid_failed_ == fail) return;
    grid_failed_ = fail;
    last_of_grid_ = record({now,
                            "grid",
                            "supply",
                            fail ? "working" : "failed",
                            fail ? "failed" : "working",
                            "cause.control",
                            0,
                            {}});
    for (const Need& need : needs_)
      if (need.from_grid) pending_[need.facility] = 1;
    return;
  }
  if (control.target.rfind("link/", 0) == 0) {
    const auto it = std::find(link_key_.begin(), link_key_.end(), control.target.substr(5));
    const auto link = static_cast<std::uint32_t>(it - link_key_.begin());
    link_forced_[link] = fail ? 1 : 0;
    set_link(link, now);
    return;
  }
  const auto it = std::find(facility_key_.begin(), facility_key_.end(), control.target);
  const auto f = static_cast<std::size_t>(it - facility_key_.begin());
  forced_failed_[f] = fail ? 1 : 0;
  pending_[f] = 1;
}

// What the planner put in is the root of what the water does: a series begins when it first acts.
void Dependencies::note_forcing(SimTime now) {
  for (std::size_t s = 0; s < input_.forcing.series.size(); ++s) {
    const ForcingSeries& forcing = input_.forcing.series[s];
    if (forcing_occurrence_[s] != kNone) continue;
    const bool acts = forcing.field == "level" ||
                      (forcing.field == "inlet_opening" ? forcing.series.at(now.seconds()) < 1
                                                        : forcing.series.integral(0, now.seconds()) > 0);
    if (acts)
      forcing_occurrence_[s] =
          record({now, "event/" + forcing.key, "event", "absent", "acting", "cause.event", 0, {}});
  }
}

void Dependencies::update(SimTime now, Exchange& exchange) {
  note_forcing(now);
  if (first_) std::fill(pending_.begin(), pending_.end(), std::uint8_t{1});
  const GridView* depth = exchange.grid(kDepthField);
  if (depth != nullptr) {
    update_links(now, depth, exchange);
    facility_cells_.update(*depth, facility_depth_, changes_.facility_depth);
    for (const std::uint32_t f : changes_.facility_depth) pending_[f] = 1;
  }
  for (std::size_t f = 0; f < level_.size(); ++f)  // timers run
    if (level_[f] == FunctionLevel::backup) pending_[f] = 1;

  const std::vector<std::uint32_t> changed = settle(now);
  record_changes(changed, now);
  for (const std::uint32_t f : changed) {
    exchange.set(kLevelField, f, static_cast<double>(level_[f]), "sim");
    changes_.facility_level.push_back(f);
  }
  first_ = false;
  std::sort(changes_.link_toggled.begin(), changes_.link_toggled.end());
  changes_.link_toggled.erase(std::unique(changes_.link_toggled.begin(), changes_.link_toggled.end()),
                              changes_.link_toggled.end());
}

// Solves all levels to a fixed point, one facility at a time in id order; returns those that ended at another
// level than they began with. Needs are monotone (more providers working never stops a facility), so this
// settles; the bound is for tables that are not, which keep their last state.
std::vector<std::uint32_t> Dependencies::settle(SimTime now) {
  std::map<std::uint32_t, FunctionLevel> before;
  bool again = true;
  for (std::size_t pass = 0; again && pass <= level_.size() + 1; ++pass) {
    refresh_access();
    again = false;
    for (std::uint32_t f = 0; f < level_.size(); ++f) {
      if (pending_[f] == 0) continue;
      pending_[f] = 0;
      const FunctionLevel was = level_[f];
      if (!solve_facility(f, now)) continue;
      again = true;
      before.emplace(f, was);
      for (const std::uint32_t d : dependants_[f]) pending_[d] = 1;
      for (AccessGroup& group : access_)
        if (std::binary_search(group.providers.begin(), group.providers.end(), f)) group.stale = true;
    }
  }
  std::vector<std::uint32_t> changed;
  for (const auto& [f, was] : before)
    if (level_[f] != was) {
      changed.push_back(f);
      level_before_[f] = was;
    }
  return changed;
}

void Dependencies::update_links(SimTime now, const GridView* depth, Exchange& exchange) {
  link_cells_.update(*depth, link_depth_, changes_.link_depth);
  for (const std::uint32_t link : changes_.link_depth) {
    exchange.set(kLinkDepthField, link, link_depth_[link], "sim");
    set_link(link, now);
  }
}

void Dependencies::set_link(std::uint32_t link, SimTime now) {
  const bool deep = link_depth_[link] > input_.spec.passable_depth_m;
  const std::uint8_t open = deep || link_forced_[link] != 0 ? 0 : 1;
  if (open == link_open_[link]) return;
  link_open_[link] = open;
  changes_.link_toggled.push_back(link);
  if (link_drivable_[link] != 0) closed_m_ += open != 0 ? -link_length_[link] : link_length_[link];
  const std::uint32_t last = last_of_link_[link];
  std::vector<std::uint32_t> because;
  std::string reason = "cause.flooded";
  if (open != 0) {
    const bool by_control = last != kNone && occurrences_[last].reason == "cause.control";
    reason = by_control ? "cause.repaired" : "cause.drained";
    if (last != kNone) because.push_back(last);
  } else if (link_forced_[link] != 0) {
    reason = "cause.control";
  } else {
    for (const std::uint32_t o : forcing_occurrence_)
      if (o != kNone) because.push_back(o);
  }
  last_of_link_[link] =
      record({now, "link/" + link_key_[link], "link", open != 0 ? "closed" : "open",
              open != 0 ? "open" : "closed", reason, link_depth_[link], std::move(because)});
  for (AccessGroup& group : access_) group.stale = true;
}

void Dependencies::refresh_access() {
  for (std::uint32_t g = 0; g < access_.size(); ++g) {
    AccessGroup& group = access_[g];
    if (!group.stale) continue;
    group.stale = false;
    std::vector<std::uint32_t> starts;
    for (const std::uint32_t p : group.providers)
      if (level_[p] != FunctionLevel::failed && junction_of_[p] != kNone) starts.push_back(junction_of_[p]);
    std::vector<std::uint8_t> reached = reachable(graph_, starts, link_open_);
    if (group.reached.empty()) {
      group.reached = std::move(reached);
      continue;
    }
    for (std::size_t n = 0; n < needs_.size(); ++n) {
      if (access_group_[n] != g) continue;
      const std::uint32_t j = junction_of_[needs_[n].facility];
      if (reached[j] != group.reached[j]) pending_[needs_[n].facility] = 1;
    }
    group.reached = std::move(reached);
  }
}

bool Dependencies::met(const Need& need) const {
  if (need.kind == NeedKind::dry)
    return facility_depth_[need.facility] - floor_height_[need.facility] <= need.threshold;
  if (need.kind == NeedKind::access) {
    const auto n = static_cast<std::size_t>(&need - needs_.data());
    return access_[access_group_[n]].reached[junction_of_[need.facility]] != 0;
  }
  if (need.from_grid) return !grid_failed_;
  return std::any_of(need.providers.begin(), need.providers.end(),
                     [&](std::uint32_t p) { return level_[p] != FunctionLevel::failed; });
}

bool Dependencies::solve_facility(std::uint32_t f, SimTime now) {
  FunctionLevel level = FunctionLevel::working;
  deciding_[f] = kNone;
  for (std::uint32_t n = needs_begin_[f]; n < needs_begin_[f + 1]; ++n) {
    NeedState& state = need_state_[n];
    if (met(needs_[n])) {
      state.unmet_since = -1;
      continue;
    }
    if (state.unmet_since < 0) state.unmet_since = now.ms;
    const bool out = now.ms - state.unmet_since >= needs_[n].backup_ms;
    const FunctionLevel allows = out ? FunctionLevel::failed : FunctionLevel::backup;
    if (allows < level) {
      level = allows;
      deciding_[f] = n;
    }
  }
  if (forced_failed_[f] != 0) level = FunctionLevel::failed;
  if (level == level_[f]) return false;
  level_[f] = level;
  return true;
}

}  // namespace citytwin
