#include "scenarios/report/stops.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace citytwin::scenarios::report {

namespace {

constexpr const char* kNoAccess = "cause.no_access";

// What the log says about the failures: which facilities lost access, and which failed for another reason.
struct Failures {
  std::set<std::string> by_access, otherwise;
  std::set<std::uint32_t> links;
};

Failures failures_in(const std::vector<Occurrence>& log) {
  Failures found;
  for (const Occurrence& o : log) {
    if (o.to != "failed" || o.asset_kind == "link") continue;
    (o.reason == kNoAccess ? found.by_access : found.otherwise).insert(o.asset);
    if (o.reason != kNoAccess) continue;
    for (const std::uint32_t cause : o.because)
      if (cause < log.size() && log[cause].asset_kind == "link") found.links.insert(cause);
  }
  return found;
}

bool is_entry(const Facilities& facilities, const std::string& provider) {
  if (provider == "entry") return true;
  for (std::size_t row = 0; row < facilities.size(); ++row)
    if (facilities.origin.key[row] == provider) return facilities.kind[row] == FacilityKind::entry;
  return false;
}

// What stopped for another reason says nothing about the ways in; it must not be most of them, though.
bool all_cut_off(const CityModel& city, const Failures& found) {
  const Needs& needs = city.needs();
  std::size_t cut = 0, unknown = 0;
  for (std::size_t row = 0; row < needs.size(); ++row) {
    if (needs.kind[row] != NeedKind::access || !is_entry(city.facilities(), needs.provider[row])) continue;
    const std::string& key = city.facilities().origin.key[needs.facility[row].row()];
    if (found.by_access.count(key) > 0)
      ++cut;
    else if (found.otherwise.count(key) > 0)
      ++unknown;
    else
      return false;
  }
  return cut > unknown;
}

}  // namespace

Stops stops_of(const FinishedRun& run) {
  const auto& first = run.record.facilities.first_failed;
  const Facilities& facilities = run.model->facilities();
  Stops stops;
  for (std::size_t row = 0; row < first.size(); ++row)
    if (!std::isnan(first[row]) && facilities.kind[row] != FacilityKind::entry) stops.all.push_back(row);
  std::stable_sort(stops.all.begin(), stops.all.end(),
                   [&](std::size_t a, std::size_t b) { return first[a] < first[b]; });
  const Failures found = failures_in(run.record.occurrences);
  for (const std::size_t row : stops.all) {
    const std::string& key = facilities.origin.key[row];
    const bool roads_alone = found.by_access.count(key) > 0 && found.otherwise.count(key) == 0;
    (roads_alone ? stops.cut_off : stops.without).push_back(row);
  }
  std::set<std::string> links;
  for (const std::uint32_t id : found.links) links.insert(run.record.occurrences[id].asset);
  stops.deciding_links = links.size();
  stops.no_way_in = all_cut_off(*run.model, found);
  return stops;
}

}  // namespace citytwin::scenarios::report
