// EPA's test models against EPA SWMM 5, at the rows that the reference keeps. Bars: peak flow within 5 % and
// Nash-Sutcliffe efficiency of 0.95 on links above 1 % of the largest flow, time of the peak within two rows,
// peak depth within 0.05 m or 5 %, outfall volume within 2 %; user5, where the reference itself loses 2.35 %
// of its water: peaks within 10 %, volume within 4 %.
//
// A link or node misses a bar by the reference's own doing where that is restless (it goes up and down by
// more than 1.25 times what one wave would) or shares a node with a link that is; or where its largest value
// stands alone: more than 5 % above both rows beside it. Even so its largest confirmed value (that a row
// beside it reaches, too) is at least 0.4 times the reference's and at most 1.25 times the reference's peak.
// Everything else that misses is named here, within 15 %, and explained in engine/drainage/README.md. The
// test fails when anything else misses, and when more are excused than now. What floods in all is within 3 %
// (own bar), and every step settles.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "tests/validation/drainage/swmm_reference.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

struct Bars {
  double peak = 0.05, depth = 0.05, least_depth = 0.05, volume = 0.02;
  bool efficiency_and_time = true;
};

struct Expected {
  std::string model;
  Bars bars;
  std::size_t excused_links = 0, excused_nodes = 0;  // at most
  std::set<std::string> missing_links, missing_nodes;
};

constexpr double kRestless = 1.25, kLonely = 0.05, kSmall = 0.01, kEfficiency = 0.95;
constexpr double kExcusedLeast = 0.4, kExcusedMost = 1.25, kNamed = 0.15, kFlooding = 0.03;
constexpr std::size_t kRows = 2;

// Nodes that a restless link of the reference ends at.
std::set<std::string> restless_nodes(const SwmmModel& model, const ModelRun& run, double smallest) {
  std::set<std::string> restless_links, nodes;
  for (const Series2& s : run.links)
    if (peak(s.reference) >= smallest && restlessness(s.reference) > kRestless) restless_links.insert(s.key);
  for (const drainage::Link& l : model.network.links) {
    if (!restless_links.contains(l.key)) continue;
    nodes.insert(model.network.nodes[static_cast<std::size_t>(l.from)].key);
    nodes.insert(model.network.nodes[static_cast<std::size_t>(l.to)].key);
  }
  return nodes;
}

std::string joined(const std::set<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += " " + name;
  return all;
}

bool is_beyond(const Series2& s, bool excused) {
  if (!excused) return std::abs(peak(s.ours) / peak(s.reference) - 1) > kNamed;
  const double ours = confirmed_peak(s.ours);
  return ours < kExcusedLeast * confirmed_peak(s.reference) || ours > kExcusedMost * peak(s.reference);
}

struct Verdict {
  std::set<std::string> excused, missing;
  std::set<std::string> beyond;                 // of those: what is further off than even they may be
  double worst_peak = 0, least_efficiency = 1;  // of those that are not excused
  std::size_t looked_at = 0;
};

Verdict judge_links(const SwmmModel& model, const ModelRun& run, const Bars& bars) {
  double largest = 0;
  for (const Series2& s : run.links) largest = std::max(largest, peak(s.reference));
  const auto restless = restless_nodes(model, run, kSmall * largest);
  std::map<std::string, const drainage::Link*> link;
  for (const drainage::Link& l : model.network.links) link[l.key] = &l;
  Verdict verdict;
  for (const Series2& s : run.links) {
    const double p = peak(s.reference);
    if (p < kSmall * largest) continue;
    ++verdict.looked_at;
    const double off = std::abs(peak(s.ours) - p) / p;
    bool misses = off > bars.peak;
    if (bars.efficiency_and_time) misses = misses || efficiency(s) < kEfficiency || peak_shift(s) > kRows;
    const auto node = [&](drainage::Index i) { return model.network.nodes[static_cast<std::size_t>(i)].key; };
    const bool excused = restless.contains(node(link.at(s.key)->from)) ||
                         restless.contains(node(link.at(s.key)->to)) || lonely_peak(s.reference) > kLonely;
    if (misses) (excused ? verdict.excused : verdict.missing).insert(s.key);
    if (misses && is_beyond(s, excused)) verdict.beyond.insert(s.key);
    if (misses) continue;
    verdict.worst_peak = std::max(verdict.worst_peak, off);
    verdict.least_efficiency = std::min(verdict.least_efficiency, efficiency(s));
  }
  return verdict;
}

Verdict judge_nodes(const SwmmModel& model, const ModelRun& run, const Bars& bars) {
  double largest = 0;
  for (const Series2& s : run.links) largest = std::max(largest, peak(s.reference));
  const auto restless = restless_nodes(model, run, kSmall * largest);
  Verdict verdict;
  for (const Series2& s : run.nodes) {
    ++verdict.looked_at;
    const double p = peak(s.reference), off = std::abs(peak(s.ours) - p);
    const bool misses = off > std::max(bars.least_depth, bars.depth * p);
    const bool excused = restless.contains(s.key) || lonely_peak(s.reference) > kLonely;
    if (misses) (excused ? verdict.excused : verdict.missing).insert(s.key);
    if (misses && is_beyond(s, excused)) verdict.beyond.insert(s.key);
    if (!misses) verdict.worst_peak = std::max(verdict.worst_peak, off);
  }
  return verdict;
}

void check_model(const Expected& expected) {
  const SwmmModel model = read_model(expected.model);
  if (model.link_flow.empty()) return;
  const ModelRun run = run_model(model);
  const Verdict links = judge_links(model, run, expected.bars);
  const Verdict nodes = judge_nodes(model, run, expected.bars);
  const double volume = run.outfall / run.outfall_reference - 1;
  MESSAGE(expected.model, ": links ", links.looked_at, ", peaks within ", 100 * links.worst_peak,
          " %, efficiency at least ", links.least_efficiency, ", excused", joined(links.excused), ", missing",
          joined(links.missing), "; nodes ", nodes.looked_at, ", within ", nodes.worst_peak, " m, excused",
          joined(nodes.excused), ", missing", joined(nodes.missing), "; outfall volume ", 100 * volume,
          " %; flooded ", run.flooding, " m3, reference ", run.flooding_reference, " m3; routing error ",
          100 * run.routing_error, " %, runoff ", 100 * run.runoff_error, " %; steps ", run.work.steps,
          ", unsettled ", run.work.unconverged);
  CHECK(std::abs(run.routing_error) < 1e-12);
  CHECK(std::abs(volume) <= expected.bars.volume);
  CHECK(std::abs(run.flooding - run.flooding_reference) <= kFlooding * run.flooding_reference);
  CHECK(run.work.unconverged == 0);
  CHECK_MESSAGE(links.beyond.empty(), "links of ", expected.model, joined(links.beyond));
  CHECK_MESSAGE(nodes.beyond.empty(), "nodes of ", expected.model, joined(nodes.beyond));
  CHECK(links.excused.size() <= expected.excused_links);
  CHECK(nodes.excused.size() <= expected.excused_nodes);
  for (const std::string& key : links.missing)
    CHECK_MESSAGE(expected.missing_links.contains(key), "link ", key, " of ", expected.model);
  for (const std::string& key : nodes.missing)
    CHECK_MESSAGE(expected.missing_nodes.contains(key), "node ", key, " of ", expected.model);
}

}  // namespace

TEST_CASE("EPA's test models: EXTRAN's examples") {
  check_model({"extran1", {}, 1, 0, {}, {}});  // 8060: the largest row stands alone in a plateau
  for (const char* name : {"extran3", "extran5", "extran7", "extran9"}) check_model({name, {}, 0, 0, {}, {}});
}

TEST_CASE("EPA's test models: Example3, a pump that goes on and off") {
  check_model({"Example3", {}, 2, 0, {}, {}});  // the pump and the pipe behind it: another phase
}

// Ours are lower, by 5 to 11 %, than in the reference, where the pipes around them are under pressure 30 s
// earlier.
TEST_CASE("EPA's test models: user1, pipes that fill") {
  check_model({"user1", {}, 0, 9, {}, {"04y37", "04y44S", "05y44"}});
}

// TW01300: upstream of TW01290, where the reference has 1662 cfs in one row and 380 before and after.
TEST_CASE("EPA's test models: user2, natural channels") { check_model({"user2", {}, 3, 3, {}, {"TW01300"}}); }

TEST_CASE("EPA's test models: user5, channels and culverts") {
  Bars bars;
  bars.peak = bars.depth = 0.1;
  bars.volume = 0.04;
  bars.efficiency_and_time = false;
  check_model({"user5", bars, 19, 0, {"700pipe"}, {}});  // too much in the one row in which it fills
}

TEST_CASE("EPA's test models: half the longest step moves no peak flow by more than 1 % of the largest") {
  for (const char* name : {"extran1", "extran5", "user2"}) {
    const SwmmModel model = read_model(name);
    if (model.link_flow.empty()) continue;
    drainage::StepControl half;
    half.longest /= 2;
    const ModelRun coarse = run_model(model), fine = run_model(model, half);
    double largest = 0, change = 0;
    for (std::size_t l = 0; l < fine.links.size(); ++l) {
      largest = std::max(largest, peak(fine.links[l].ours));
      change = std::max(change, std::abs(peak(fine.links[l].ours) - peak(coarse.links[l].ours)));
    }
    MESSAGE(std::string(name), ": ", 100 * change / largest, " %");
    CHECK(change < 0.01 * largest);
  }
}
