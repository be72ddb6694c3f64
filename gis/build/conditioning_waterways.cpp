// Waterways burned in along their line: chained over their ways, fitted with a channel that never rises, cut
// where the ground stands in the way.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "gis/build/conditioning_channel.hpp"
#include "gis/build/conditioning_path.hpp"
#include "gis/build/conditioning_steps.hpp"

namespace citytwin::gis {

namespace {

// One cell of a chain's profile.
struct ProfileCell {
  int i, j;
  std::uint32_t waterway;
  double ground;
};

// Ways in flow order, each way in exactly one chain: a way goes on into the way that starts at its end, one
// of the same name before others, then by row. At a confluence one arm goes on, the other ends there.
std::vector<std::vector<std::uint32_t>> chains_of(const Waterways& waterways) {
  using PointKey = std::pair<double, double>;
  const auto n = static_cast<std::uint32_t>(waterways.size());
  constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  std::multimap<PointKey, std::uint32_t> starting_at;
  for (std::uint32_t row = 0; row < n; ++row)
    if (waterways.line[row].size() >= 2)
      starting_at.emplace(PointKey{waterways.line[row].front().x, waterways.line[row].front().y}, row);
  std::vector<std::uint32_t> next(n, kNone);
  std::vector<char> has_previous(n, 0);
  for (const bool same_name : {true, false})
    for (std::uint32_t row = 0; row < n; ++row) {
      if (next[row] != kNone || waterways.line[row].size() < 2) continue;
      const Point2 end = waterways.line[row].back();
      const auto [first, last] = starting_at.equal_range({end.x, end.y});
      for (auto it = first; it != last; ++it) {
        const std::uint32_t other = it->second;
        if (other == row || has_previous[other] != 0) continue;
        if (same_name && waterways.name[other] != waterways.name[row]) continue;
        next[row] = other;
        has_previous[other] = 1;
        break;
      }
    }
  std::vector<std::vector<std::uint32_t>> chains;
  std::vector<char> used(n, 0);
  const auto follow = [&](std::uint32_t row) {
    std::vector<std::uint32_t> chain;
    for (; row != kNone && used[row] == 0; row = next[row]) {
      used[row] = 1;
      chain.push_back(row);
    }
    chains.push_back(std::move(chain));
  };
  for (std::uint32_t row = 0; row < n; ++row)
    if (has_previous[row] == 0 && waterways.line[row].size() >= 2) follow(row);
  for (std::uint32_t row = 0; row < n; ++row)  // rings
    if (used[row] == 0 && waterways.line[row].size() >= 2) follow(row);
  // Main stems first, so that a tributary meets a bed that is already cut.
  const auto stem_length = [&](const std::vector<std::uint32_t>& chain) {
    double total = 0;
    for (const std::uint32_t row : chain) total += length(waterways.line[row]);
    return total;
  };
  std::stable_sort(chains.begin(), chains.end(),
                   [&](const auto& a, const auto& b) { return stem_length(a) > stem_length(b); });
  return chains;
}

double depth_limit(WaterwayKind kind, double true_resolution_m) {
  const double in_coarse = ConditioningLimits::kDepthPerResolution * true_resolution_m;
  switch (kind) {
    case WaterwayKind::river:
    case WaterwayKind::canal:
      return std::max(ConditioningLimits::kRiverDepth, in_coarse);
    case WaterwayKind::stream:
      return std::max(ConditioningLimits::kStreamDepth, in_coarse);
    default:
      return ConditioningLimits::kDitchDepth;
  }
}

class Opener {
 public:
  explicit Opener(CityTables& tables)
      : tables_(tables),
        ground_(tables.terrain.elevation),
        decks_(tables.streets),
        noise_(terrain_noise(tables.terrain.true_resolution_m)) {}

  void open(const std::vector<std::uint32_t>& chain) {
    std::vector<ProfileCell> profile = profile_of(chain);
    if (profile.size() < 2) return;
    ChannelFit fit = fit_channel(levels(profile));
    if (profile.back().ground > profile.front().ground + 2 * noise_) {
      // Drawn against the flow? Take the direction that costs clearly less, and say so.
      std::vector<ProfileCell> turned(profile.rbegin(), profile.rend());
      ChannelFit other = fit_channel(levels(turned));
      if (other.cost < fit.cost / 2) {
        find("conditioning.waterway_direction", profile.front());
        profile = std::move(turned);
        fit = std::move(other);
      }
    }
    cut(profile, fit.level);
  }

 private:
  [[nodiscard]] std::vector<ProfileCell> profile_of(const std::vector<std::uint32_t>& chain) const {
    std::vector<ProfileCell> profile;
    for (const std::uint32_t row : chain)
      for (const auto [i, j] : channel_path(ground_, tables_.waterways.line[row])) {
        if (!profile.empty() && profile.back().i == i && profile.back().j == j) continue;
        if (const float z = ground_.at(i, j); !std::isnan(z)) profile.push_back({i, j, row, z});
      }
    return profile;
  }

  static std::vector<double> levels(const std::vector<ProfileCell>& profile) {
    std::vector<double> out;
    out.reserve(profile.size());
    for (const ProfileCell& cell : profile) out.push_back(cell.ground);
    return out;
  }

  // What stands over the water here; the kind of a TerrainChange and the feature it is listed under.
  [[nodiscard]] std::pair<std::string, std::string> obstacle(const ProfileCell& cell) const {
    if (tables_.waterways.structure[cell.waterway] == Structure::tunnel)
      return {"culvert", tables_.waterways.origin.key[cell.waterway]};
    const std::uint32_t link =
        !shows_decks(tables_.terrain)
            ? BridgeDecks::kNone
            : decks_.over(ground_.spec.centre(cell.i, cell.j), 0.75 * ground_.spec.cell_m);
    if (link != BridgeDecks::kNone) return {"bridge", tables_.streets.links.origin.key[link]};
    return {"waterway", tables_.waterways.origin.key[cell.waterway]};
  }

  [[nodiscard]] bool stays_closed(std::uint32_t waterway) const {
    const Structure structure = tables_.waterways.structure[waterway];
    if (structure == Structure::bridge) return true;  // an aqueduct: the ground below it is not its bed
    return structure == Structure::tunnel &&
           length(tables_.waterways.line[waterway]) > ConditioningLimits::kLongestCulvert;
  }

  void cut(const std::vector<ProfileCell>& profile, const std::vector<double>& level) {
    ChangeRecord change(ground_, "", "");
    std::pair<std::string, std::string> open_run;  // what the current run of cut cells is listed under
    bool blocked_before = false;
    std::uint32_t closed_before = 0xFFFFFFFFU;
    for (std::size_t k = 0; k < profile.size(); ++k) {
      const ProfileCell& cell = profile[k];
      bool blocked = false;
      std::pair<std::string, std::string> run;
      if (cell.ground - level[k] > noise_) {
        if (stays_closed(cell.waterway)) {
          if (tables_.waterways.structure[cell.waterway] == Structure::tunnel &&
              closed_before != cell.waterway)
            find("conditioning.long_culvert", cell);
          closed_before = cell.waterway;
        } else {
          run = obstacle(cell);
        }
      }
      if (run != open_run) {
        change.finish(tables_.import_log);
        if (!run.first.empty()) change.restart(run.first, run.second);
        open_run = run;
      }
      if (!run.first.empty()) {
        const double limit = run.first == "bridge" ? ConditioningLimits::kBridgeDepth
                                                   : depth_limit(tables_.waterways.kind[cell.waterway],
                                                                 tables_.terrain.true_resolution_m);
        blocked = cell.ground - level[k] > limit;
        lower(change, cell, std::max(level[k], cell.ground - limit));
        if (blocked && !blocked_before) find("conditioning.waterway_still_blocked", cell);
      }
      blocked_before = blocked;
    }
    change.finish(tables_.import_log);
  }

  void lower(ChangeRecord& change, const ProfileCell& cell, double bed) {
    const double radius = tables_.waterways.width[cell.waterway] / 2;
    cells_around(ground_.spec, ground_.spec.centre(cell.i, cell.j), radius,
                 [&](int i, int j) { change.lower(i, j, bed); });
  }

  void find(const char* code, const ProfileCell& cell) {
    const RowOrigin& origin = tables_.waterways.origin;
    const SourceId source = origin.source[cell.waterway];
    tables_.import_log.findings.push_back(
        {code,
         source.is_none() || source.row() >= tables_.sources.size() ? "" : tables_.sources.key[source.row()],
         origin.key[cell.waterway], ground_.spec.centre(cell.i, cell.j)});
  }

  CityTables& tables_;
  Grid<float>& ground_;
  BridgeDecks decks_;
  double noise_;
};

}  // namespace

void open_waterways(CityTables& tables, const RunContext& context) {
  Opener opener(tables);
  for (const auto& chain : chains_of(tables.waterways)) {
    context.check_stop();
    opener.open(chain);
  }
}

}  // namespace citytwin::gis
