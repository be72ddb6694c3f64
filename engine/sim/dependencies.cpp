#include "engine/sim/dependencies.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/geo/spatial_index.hpp"
#include "engine/model/names.hpp"
#include "engine/routing/reach.hpp"

namespace citytwin {

namespace {

constexpr std::uint8_t kDrivable = Access::kCar | Access::kEmergency;

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

Dependencies::Dependencies(const RunInput& input) : input_(input) {
  const CityModel& model = *input.model;
  const Facilities& f = model.facilities();
  const Links& links = model.streets().links;
  facility_key_ = f.origin.key;
  facility_kind_ = f.kind;
  floor_height_ = f.floor_height;
  link_key_ = links.origin.key;
  link_length_.reserve(links.size());
  for (std::size_t l = 0; l < links.size(); ++l) {
    link_length_.push_back(length(links.geometry[l]));
    link_drivable_.push_back((links.access[l] & kDrivable) != 0 ? 1 : 0);
  }
  link_cells_ = sample_links(model, input.spec.grid);
  facility_cells_ = sample_facilities(model, input.spec.grid);
  link_depth_.assign(links.size(), 0.0);
  facility_depth_.assign(f.size(), 0.0);
  link_open_.assign(links.size(), 1);
  link_forced_.assign(links.size(), 0);
  level_.assign(f.size(), FunctionLevel::working);
  forced_failed_.assign(f.size(), 0);
  pending_.assign(f.size(), 0);
  deciding_.assign(f.size(), kNone);
  level_before_.assign(f.size(), FunctionLevel::working);
  last_of_facility_.assign(f.size(), kNone);
  last_of_link_.assign(links.size(), kNone);
  forcing_occurrence_.assign(input.forcing.series.size(), kNone);
  build_graph(model);
  resolve_needs(model);
}

void Dependencies::build_graph(const CityModel& model) {
  const Streets& streets = model.streets();
  std::vector<Arc> arcs;
  std::vector<std::uint8_t> drivable(streets.junctions.size(), 0);
  for (std::size_t l = 0; l < streets.links.size(); ++l) {
    if ((streets.links.access[l] & kDrivable) == 0) continue;
    const std::uint32_t a = streets.links.from[l].value;
    const std::uint32_t b = streets.links.to[l].value;
    const auto key = static_cast<std::uint32_t>(l);
    if (streets.links.lanes_forward[l] > 0) arcs.push_back({a, b, key});
    if (streets.links.lanes_backward[l] > 0) arcs.push_back({b, a, key});
    drivable[a] = drivable[b] = 1;
  }
  graph_ = build_csr(streets.junctions.size(), arcs);
  std::vector<Point2> points;
  std::vector<std::uint32_t> junctions;
  for (std::uint32_t j = 0; j < drivable.size(); ++j)
    if (drivable[j] != 0) {
      points.push_back(streets.junctions.position[j]);
      junctions.push_back(j);
    }
  const NearestPoint nearest{std::span<const Point2>(points)};
  for (const Point2 p : model.facilities().position) {
    const std::uint32_t n = nearest.nearest(p);
    junction_of_.push_back(n == NearestPoint::kNone ? kNone : junctions[n]);
  }
}

void Dependencies::resolve_needs(const CityModel& model) {
  const Needs& table = model.needs();
  std::vector<std::size_t> order(table.size());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return table.facility[a] < table.facility[b]; });
  std::map<std::string, std::uint32_t, std::less<>> row_of_key;
  for (std::uint32_t r = 0; r < facility_key_.size(); ++r) row_of_key.emplace(facility_key_[r], r);
  std::map<std::vector<std::uint32_t>, std::uint32_t> groups;

  needs_begin_.assign(facility_key_.size() + 1, 0);
  dependants_.assign(facility_key_.size(), {});
  for (const std::size_t r : order) {
    Need need;
    need.facility = table.facility[r].value;
    need.kind = table.kind[r];
    need.threshold = table.threshold_depth[r];
    need.backup_ms = static_cast<std::int64_t>(std::llround(table.backup_h[r] * 3'600'000.0));
    const std::string& provider = table.provider[r];
    const auto unmodelled = [&] {
      unmodelled_.push_back({facility_key_[need.facility], std::string(name_of(need.kind)), provider});
    };
    if (need.kind != NeedKind::dry) {
      need.from_grid = provider == "grid" && need.kind != NeedKind::access;
      if (const auto it = row_of_key.find(provider); it != row_of_key.end())
        need.providers.push_back(it->second);
      else if (const auto kind = from_name<FacilityKind>(provider); kind && !need.from_grid)
        for (std::uint32_t p = 0; p < facility_kind_.size(); ++p)
          if (facility_kind_[p] == *kind && p != need.facility) need.providers.push_back(p);
      if (!need.from_grid && need.providers.empty()) {
        unmodelled();
        continue;
      }
    }
    std::uint32_t group = kNone;
    if (need.kind == NeedKind::access) {
      const auto [it, fresh] = groups.emplace(need.providers, static_cast<std::uint32_t>(access_.size()));
      group = it->second;
      if (fresh) {
        access_.push_back({need.providers, {}, true});
        refresh_access();  // with every link open: who can be reached at all
      }
      const std::uint32_t j = junction_of_[need.facility];
      if (j == kNone ||
          access_[group].reached[j] == 0) {  // not connected even on a dry day: not the flood's doing
        unmodelled();
        continue;
      }
    }
    for (const std::uint32_t p : need.providers) dependants_[p].push_back(need.facility);
    needs_.push_back(std::move(need));
    access_group_.push_back(group);
    ++needs_begin_[needs_.back().facility + 1];
  }
  for (std::size_t f = 1; f < needs_begin_.size(); ++f) needs_begin_[f] += needs_begin_[f - 1];
  need_state_.assign(needs_.size(), {});
}

Result<Done> Dependencies::declare(Exchange& exchange) const {
  Diagnostics problems;
  const auto add = [&](const FieldInfo& field, std::size_t size) {
    auto result = exchange.declare(field, size);
    problems.append(result.diagnostics());
  };
  add({kLevelField, "", FieldShape::per_facility, "sim", ""}, level_.size());
  add({kLinkDepthField, "m", FieldShape::per_link, "sim", ""}, link_depth_.size());
  if (problems.has_errors()) return Result<Done>(problems);
  for (std::size_t f = 0; f < level_.size(); ++f)
    exchange.set(kLevelField, f, static_cast<double>(level_[f]), "sim");
  return Done{};
}

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

std::uint32_t Dependencies::record(Occurrence occurrence) {
  std::sort(occurrence.because.begin(), occurrence.because.end());
  occurrence.because.erase(std::unique(occurrence.because.begin(), occurrence.because.end()),
                           occurrence.because.end());
  occurrences_.push_back(std::move(occurrence));
  return static_cast<std::uint32_t>(occurrences_.size() - 1);
}

// What the planner put in is the root of what the water does: a series begins when it first acts.
void Dependencies::note_forcing(SimTime now) {
  for (std::size_t s = 0; s < input_.forcing.series.size(); ++s) {
    const ForcingSeries& forcing = input_.forcing.series[s];
    if (forcing_occurrence_[s] != kNone) continue;
    const bool acts = forcing.field == "level" || forcing.series.integral(0, now.seconds()) > 0;
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
// from which the facility could be driven to over links that are open.
std::vector<std::uint32_t> Dependencies::cutting_links(const Need& need) const {
  const auto n = static_cast<std::size_t>(&need - needs_.data());
  const std::vector<std::uint8_t>& reached = access_[access_group_[n]].reached;
  std::vector<Arc> reversed;
  for (std::uint32_t tail = 0; tail < graph_.nodes(); ++tail)
    for (std::uint32_t a = graph_.arc_begin[tail]; a < graph_.arc_begin[tail + 1]; ++a)
      reversed.push_back({graph_.arc_head[a], tail, graph_.arc_key[a]});
  const std::uint32_t start = junction_of_[need.facility];
  const std::vector<std::uint8_t> part =
      reachable(build_csr(graph_.nodes(), reversed), std::span(&start, 1), link_open_);
  std::set<std::uint32_t> links;
  for (std::uint32_t tail = 0; tail < graph_.nodes(); ++tail)
    for (std::uint32_t a = graph_.arc_begin[tail]; a < graph_.arc_begin[tail + 1]; ++a)
      if (part[graph_.arc_head[a]] != 0 && part[tail] == 0 && link_open_[graph_.arc_key[a]] == 0 &&
          reached[tail] != 0)
        links.insert(graph_.arc_key[a]);
  if (links.empty())  // nothing reached touches it: every closed link around the part
    for (std::uint32_t tail = 0; tail < graph_.nodes(); ++tail)
      for (std::uint32_t a = graph_.arc_begin[tail]; a < graph_.arc_begin[tail + 1]; ++a)
        if (part[graph_.arc_head[a]] != 0 && link_open_[graph_.arc_key[a]] == 0)
          links.insert(graph_.arc_key[a]);
  return {links.begin(), links.end()};
}

}  // namespace citytwin
