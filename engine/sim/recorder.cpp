#include "engine/sim/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/sim/record_layout.hpp"

namespace citytwin {

namespace {
constexpr float kNever = std::numeric_limits<float>::quiet_NaN();

double seconds(SimTime t) { return t.seconds(); }
}  // namespace

Recorder::Recorder(const RunInput& input, std::size_t links, std::size_t facilities) : input_(input) {
  record_.links.max_depth.assign(links, 0);
  record_.links.first_closed.assign(links, kNever);
  record_.links.closed_duration.assign(links, 0);
  record_.facilities.max_depth.assign(facilities, 0);
  record_.facilities.first_failed.assign(facilities, kNever);
  record_.facilities.failed_duration.assign(facilities, 0);
  record_.display =
      DisplayTiles(input.spec.grid, input.spec.record.tiles_interval, input.spec.record.tiles_budget_bytes);
  link_down_since_.assign(links, kNever);
  facility_down_since_.assign(facilities, kNever);
}

// Samples come in the same order every time, so the next value most likely belongs to the next series.
void Recorder::append(const std::string& name, const std::string& unit, const std::string& key, double time,
                      double value) {
  auto& series = record_.series;
  const auto is_it = [&](const RecordedSeries& s) { return s.name == name && s.key == key; };
  std::size_t at = next_series_;
  if (at >= series.size() || !is_it(series[at]))
    at = static_cast<std::size_t>(std::find_if(series.begin(), series.end(), is_it) - series.begin());
  if (at == series.size()) series.push_back({name, unit, key, {}, {}});
  series[at].time.push_back(time);
  series[at].value.push_back(value);
  next_series_ = at + 1;
}

void Recorder::sample(SimTime now, const Dependencies& dependencies,
                      const std::vector<std::unique_ptr<Domain>>& domains) {
  const double t = seconds(now);
  next_series_ = 0;
  for (const auto& domain : domains) {
    Observation observation;
    observation.when = Observation::When::series;
    domain->observe(observation);
    for (const ObservedValue& v : observation.values) append(v.name, v.unit, "", t, v.value);
  }
  const auto& levels = dependencies.levels();
  const auto count = [&](FunctionLevel level) {
    return static_cast<double>(std::count(levels.begin(), levels.end(), level));
  };
  append("links.closed_km", "km", "", t, dependencies.closed_km());
  append("facilities.failed", "", "", t, count(FunctionLevel::failed));
  append("facilities.backup", "", "", t, count(FunctionLevel::backup));
  last_sample_ = now;
  next_sample_ = now + input_.spec.record.series_interval;
}

void Recorder::start(const Dependencies& dependencies, const std::vector<std::unique_ptr<Domain>>& domains) {
  sample(SimTime{0}, dependencies, domains);
}

// A duration runs from the beat that closed (failed) to the beat that opened (restored); finish() ends what
// is still running.
void Recorder::beat(SimTime now, const Exchange& exchange, const Dependencies& dependencies,
                    const std::vector<std::unique_ptr<Domain>>& domains, const Hash128& hash) {
  record_.hash_trace.push_back(hash);
  if (const GridView* depth = exchange.grid(Dependencies::kDepthField)) record_.display.beat(now, *depth);
  const auto time = static_cast<float>(seconds(now));
  const Dependencies::Changes& changes = dependencies.changes();
  const auto deepest = [](std::vector<float>& max, const std::vector<double>& depth,
                          const std::vector<std::uint32_t>& rows) {
    for (const std::uint32_t r : rows) max[r] = std::max(max[r], static_cast<float>(depth[r]));
  };
  deepest(record_.links.max_depth, dependencies.link_depth(), changes.link_depth);
  deepest(record_.facilities.max_depth, dependencies.facility_depth(), changes.facility_depth);
  const auto toggle = [&](float& first, float& duration, float& since, bool down) {
    if (down == !std::isnan(since)) return;
    if (down) {
      if (std::isnan(first)) first = time;
      since = time;
    } else {
      duration += time - since;
      since = kNever;
    }
  };
  for (const std::uint32_t l : changes.link_toggled)
    toggle(record_.links.first_closed[l], record_.links.closed_duration[l], link_down_since_[l],
           dependencies.link_open()[l] == 0);
  for (const std::uint32_t f : changes.facility_level)
    toggle(record_.facilities.first_failed[f], record_.facilities.failed_duration[f], facility_down_since_[f],
           dependencies.levels()[f] == FunctionLevel::failed);
  if (now >= next_sample_) sample(now, dependencies, domains);
}

void Recorder::add_checkpoint(SimTime now, std::vector<char> bytes) {
  record_.checkpoints.push_back({now, std::move(bytes)});
}

RunRecord Recorder::finish(SimTime now, const Dependencies& dependencies,
                           const std::vector<std::unique_ptr<Domain>>& domains) {
  record_.ended = now;
  if (now > last_sample_) sample(now, dependencies, domains);  // the end is told whatever the interval
  const auto end_running = [&](std::vector<float>& duration, const std::vector<float>& since) {
    for (std::size_t r = 0; r < duration.size(); ++r)
      if (!std::isnan(since[r])) duration[r] += static_cast<float>(seconds(now)) - since[r];
  };
  end_running(record_.links.closed_duration, link_down_since_);
  end_running(record_.facilities.failed_duration, facility_down_since_);
  record_.occurrences = dependencies.occurrences();
  record_.dependency_cycles = dependencies.cycles();
  record_.unmodelled_needs = dependencies.unmodelled_needs();
  record_.facilities.final_level = dependencies.levels();
  for (const auto& domain : domains) {
    Observation observation;
    observation.when = Observation::When::end;
    domain->observe(observation);
    std::move(observation.grids.begin(), observation.grids.end(), std::back_inserter(record_.grids));
    std::move(observation.tables.begin(), observation.tables.end(), std::back_inserter(record_.tables));
    std::move(observation.balances.begin(), observation.balances.end(), std::back_inserter(record_.balances));
    record_.rules.insert(record_.rules.end(), observation.rules.begin(), observation.rules.end());
  }
  Hasher hasher;
  for (const Hash128& h : record_.hash_trace) {
    hasher.value(h.low);
    hasher.value(h.high);
  }
  record_.hash = hasher.finish();
  return std::move(record_);
}

// One description of what a checkpoint carries, for save() and load() alike.
template <class Archive, class Self>
void Recorder::layout(Archive& archive, Self& self) {
  auto& record = self.record_;
  archive.fields(record.hash_trace, record.links.max_depth, record.links.first_closed,
                 record.links.closed_duration, record.facilities.max_depth, record.facilities.first_failed,
                 record.facilities.failed_duration, self.link_down_since_, self.facility_down_since_,
                 self.next_sample_, self.last_sample_);
  archive.list(record.series, [&](auto& series) { series_layout(archive, series); });
}

void Recorder::save(SaveArchive& archive) const {
  record_.display.save(archive);
  layout(archive, *this);
}

void Recorder::load(LoadArchive& archive) {
  record_.display.load(archive);
  layout(archive, *this);
  next_series_ = 0;
}

}  // namespace citytwin
