// `citytwin why`: from an asset's state back to what began it.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/nearest_word.hpp"
#include "gis/io/atomic_file.hpp"
#include "scenarios/core/local_time.hpp"
#include "scenarios/core/manifest.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/toml.hpp"

namespace citytwin::scenarios {
namespace {

constexpr std::size_t kMostCauses =
    5;  // shown of one occurrence; a cut-off place can have hundreds of closed roads

using AssetNames = std::map<std::string, std::string>;  // asset of the log → name of the facility or road

constexpr std::string_view kLink = "link/";

// "Tram depot (substation/3)"; the key is that of facilities.csv and roads.csv.
std::string named(const Occurrence& o, const AssetNames& names) {
  if (o.asset_kind == "supply") return text("report.asset.grid") + " (" + o.asset + ")";
  if (o.asset_kind == "event")
    return text("report.asset.event", {{"name", o.asset.substr(o.asset.find('/') + 1)}});
  const std::string key = o.asset_kind == "link" ? o.asset.substr(kLink.size()) : o.asset;
  const auto name = names.find(o.asset);
  if (name == names.end() || name->second.empty()) return key;
  return text("why.named", {{"name", name->second}, {"key", key}});
}

struct Walk {
  const std::vector<Occurrence>& log;
  const StartTime& start;
  const AssetNames& names;
  std::string out;
  std::set<std::uint32_t> shown;
  std::vector<std::uint32_t>
      triggers;  // where the chain leaves the city: caused by nothing, or by an event alone

  [[nodiscard]] std::string line(const Occurrence& o) const {
    const std::string time = local_time(start, o.time);
    return text("why.line", {{"time", time.substr(11, 8)},
                             {"asset", named(o, names)},
                             {"from", text("report.state." + o.from)},
                             {"to", text("report.state." + o.to)},
                             {"reason", text(o.reason, {{"value", fmt::format("{:.2f}", o.value)}})}});
  }

  [[nodiscard]] bool is_trigger(const Occurrence& o) const {
    return o.asset_kind != "event" &&
           std::all_of(o.because.begin(), o.because.end(),
                       [&](std::uint32_t cause) { return log[cause].asset_kind == "event"; });
  }

  void visit(std::uint32_t id, std::size_t depth) {
    const Occurrence& o = log[id];
    out += std::string(depth * 4, ' ') + line(o);
    if (!shown.insert(id).second && !o.because.empty()) {
      out += " " + text("why.above") + "\n";
      return;
    }
    out += "\n";
    if (is_trigger(o)) triggers.push_back(id);
    for (std::size_t i = 0; i < o.because.size(); ++i) {
      if (i == kMostCauses) {
        out += std::string((depth + 1) * 4, ' ') +
               text("why.more", {{"count", std::to_string(o.because.size() - kMostCauses)}}) + "\n";
        break;
      }
      if (o.because[i] < id) visit(o.because[i], depth + 1);  // causes are earlier: this ends
    }
  }

  void hints() {
    std::set<std::string> told;
    for (const std::uint32_t id : triggers) {
      const Occurrence& o = log[id];
      if (told.size() == kMostCauses) break;
      // One hint for one asset and cause, however often the water came back.
      std::string code = "why.hint." + (o.reason.starts_with("cause.") ? o.reason.substr(6) : o.reason);
      if (!has_text(code) || !told.insert(code + o.asset).second) continue;
      if (const std::string own = code + "_" + o.asset_kind; has_text(own)) code = own;
      out += text(code, {{"asset", named(o, names)}, {"depth", fmt::format("{:.2f}", o.value)}}) + "\n";
    }
  }
};

// The occurrence that made the asset's state at `at`; without a time, the last that took its function away.
std::optional<std::uint32_t> state_at(const std::vector<Occurrence>& log, const std::string& asset,
                                      std::optional<SimTime> at) {
  std::optional<std::uint32_t> last, worst;
  for (std::uint32_t id = 0; id < log.size(); ++id) {
    if (log[id].asset != asset && log[id].asset != "link/" + asset) continue;
    if (at && log[id].time > *at) break;  // the log is in order of time
    last = id;
    if (log[id].to == "failed" || log[id].to == "closed") worst = id;
  }
  return !at && worst ? worst : last;
}

// The fields of the rows of a CSV file that this program wrote, the header left out.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  const auto content = gis::read_file(file);
  std::vector<std::vector<std::string>> rows;
  if (!content) return rows;
  bool quoted = false;
  rows.push_back({""});
  for (const char c : *content) {
    if (c == '"') {
      // A doubled quote inside a field closes and opens again: the quote itself is put back.
      if (!quoted && !rows.back().back().empty()) rows.back().back() += c;
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else {
      rows.back().back() += c;
    }
  }
  rows.erase(rows.begin());
  if (!rows.empty()) rows.pop_back();  // after the last line's end
  return rows;
}

// Generated facilities are named by their kind's key: "fire_station 2" is "Fire station 2".
std::string facility_words(const std::string& kind, const std::string& name) {
  const std::string word = text("report.kind." + kind);
  if (name.empty()) return word;
  return name.starts_with(kind + " ") ? word + name.substr(kind.size()) : name;
}

// Keys of the run's facilities and roads, and their names by asset.
void read_assets(const std::filesystem::path& folder, std::vector<std::string>& keys, AssetNames& names) {
  for (const auto& row : rows_of(folder / "facilities.csv"))
    if (row.size() > 2) {
      keys.push_back(row[0]);
      names[row[0]] = facility_words(row[1], row[2]);
    }
  for (const auto& row : rows_of(folder / "roads.csv"))
    if (row.size() > 2) {
      keys.push_back(row[0]);
      names[std::string(kLink) + row[0]] = row[1].empty() ? text("report.road." + row[2]) : row[1];
    }
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

// The report names assets by their names: a name that one asset has is as good as its key.
Result<std::string> key_of(const std::filesystem::path& folder, const std::string& asset,
                           const std::vector<std::string>& keys, const AssetNames& names) {
  if (std::ranges::find(keys, asset) != keys.end()) return asset;
  std::vector<std::string> named_so;
  for (const auto& [key, name] : names)
    if (same_ignoring_case(name, asset)) named_so.push_back(key);
  if (named_so.empty()) return asset;
  if (named_so.size() == 1) return named_so.front();
  std::string list;
  for (std::size_t k = 0; k < named_so.size() && k < kMostCauses; ++k)
    list += (k == 0 ? "" : ", ") + named_so[k];
  if (named_so.size() > kMostCauses) list += ", ...";
  return Result<std::string>::failure(
      "why.several_assets", {folder.string(), "", "", "--asset", 0},
      {{"asset", asset}, {"count", std::to_string(named_so.size())}, {"keys", list}});
}

// Nothing happened to an asset that exists; else an error that names the nearest.
Result<std::string> not_in_log(const std::filesystem::path& folder, const std::string& asset,
                               const std::vector<Occurrence>& log, std::vector<std::string> known) {
  for (const Occurrence& o : log) known.push_back(o.asset);
  if (std::find(known.begin(), known.end(), asset) != known.end())
    return text("why.nothing", {{"asset", asset}});
  return Result<std::string>::failure("why.unknown_asset", {folder.string(), "", "", "--asset", 0},
                                      {{"asset", asset}, {"nearest", nearest_word(asset, known)}});
}

}  // namespace

Result<std::string> explain(const std::filesystem::path& out, const std::string& asset_or_name,
                            const std::string& at) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(out / "manifest.json", error))
    return Result<std::string>::failure("out.not_a_run", {out.string(), "", "", "", 0});
  const auto manifest = read_json(out / "manifest.json");
  if (!manifest) return Result<std::string>(manifest.diagnostics());
  if (manifest->contains("comparison"))
    return Result<std::string>::failure("why.of_comparison", {out.string(), "", "", "", 0});
  const auto record = read_record(out / "record.ctr");
  if (!record) return Result<std::string>(record.diagnostics());
  const auto start = parse_start(flattened(*manifest)["run.start"]);
  if (!start)
    return Result<std::string>::failure("json.broken", {(out / "manifest.json").string(), "", "", "", 0});
  std::optional<SimTime> time;
  if (!at.empty()) {
    time = parse_time(*start, at);
    if (!time) return Result<std::string>::failure("why.bad_time", {"", "", "", "--at", 0}, {{"time", at}});
  }
  const auto& log = record->occurrences;
  std::vector<std::string> keys;
  AssetNames names;
  read_assets(out, keys, names);
  const auto key = key_of(out, asset_or_name, keys, names);
  if (!key) return key;
  const std::string& asset = *key;
  const auto id = state_at(log, asset, time);
  if (!id) return not_in_log(out, asset, log, std::move(keys));

  Walk walk{log, *start, names, {}, {}, {}};
  if (time && *time > record->ended) {
    walk.out = text("why.after_end", {{"end", local_time(*start, record->ended)}}) + "\n";
    time = record->ended;
  }
  walk.out += text("why.header", {{"asset", named(log[*id], names)},
                                  {"state", text("report.state." + log[*id].to)},
                                  {"time", local_time(*start, time.value_or(log[*id].time))}}) +
              "\n";
  walk.visit(*id, 1);
  walk.hints();
  while (walk.out.ends_with('\n')) walk.out.pop_back();
  return walk.out;
}

}  // namespace citytwin::scenarios
