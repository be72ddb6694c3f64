#include <algorithm>
#include <cmath>
#include <map>

#include "engine/model/names.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"
#include "scenarios/report/stops.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kDeepest = 5;  // steps of a causal chain
constexpr std::size_t kWidest = 3;   // causes shown of one step
constexpr std::size_t kMostRows = 40;

std::string asset_name(const CityModel& model, const Occurrence& o) {
  if (o.asset_kind == "supply") return text("report.asset.grid");
  if (o.asset_kind == "event")
    return text("report.asset.event", {{"name", o.asset.substr(o.asset.find('/') + 1)}});
  if (o.asset_kind == "link") {
    const std::string key = o.asset.substr(o.asset.find('/') + 1);
    const auto& keys = model.streets().links.origin.key;
    for (std::size_t row = 0; row < keys.size(); ++row)
      if (keys[row] == key) return link_name(model, row);
    return key;
  }
  const auto& keys = model.facilities().origin.key;
  for (std::size_t row = 0; row < keys.size(); ++row)
    if (keys[row] == o.asset) return facility_name(model, row);
  return o.asset;
}

// "14:20 (1 h 20 min) Substation T-14 → failed: water 0.62 m deep".
std::string step_sentence(const View& view, const Occurrence& o) {
  const std::string why = text(o.reason, {{"value", number(o.value, 2)}});
  return text("report.cause_step", {{"time", view.clock.both(o.time.seconds())},
                                    {"asset", asset_name(view.city(), o)},
                                    {"state", text("report.state." + o.to)},
                                    {"why", why}});
}

std::string causes(const View& view, const Occurrence& o, std::size_t depth);

// Why something changed, in HTML: the reason, the event if that alone set it off (not repeated further down a
// chain), else a list of causes.
std::string reason(const View& view, const Occurrence& o, const std::string& words, std::size_t depth) {
  const auto& log = view.run.record.occurrences;
  if (o.because.size() == 1 && o.because[0] < log.size() && log[o.because[0]].asset_kind == "event")
    return escape(depth > 0 ? words : words + " (" + asset_name(view.city(), log[o.because[0]]) + ")");
  return escape(words) + (depth < kDeepest ? causes(view, o, depth + 1) : std::string());
}

std::string causes(const View& view, const Occurrence& o, std::size_t depth) {
  std::string items;
  const auto& log = view.run.record.occurrences;
  for (std::size_t k = 0; k < o.because.size() && k < kWidest; ++k) {
    if (o.because[k] >= log.size()) continue;
    const Occurrence& cause = log[o.because[k]];
    items += element("li", reason(view, cause, step_sentence(view, cause), depth));
  }
  if (o.because.size() > kWidest)
    items += element(
        "li", escape(text_of_count("report.more_causes", static_cast<double>(o.because.size() - kWidest))));
  return items.empty() ? items : element("ul", items, "causes");
}

// The first time the asset failed; nullptr if it never did.
const Occurrence* first_failure(const RunRecord& record, const std::string& key) {
  for (const Occurrence& o : record.occurrences)
    if (o.asset == key && o.to == "failed") return &o;
  return nullptr;
}

// The rows of `shown`, numbered as on the map: by their place in `failed`.
std::string failures_table(const View& view, const char* title, const std::vector<std::size_t>& failed,
                           const std::vector<std::size_t>& shown) {
  if (shown.empty()) return {};
  const Facilities& facilities = view.city().facilities();
  const FacilityRecord& record = view.run.record.facilities;
  using Kind = Column::Kind;
  Table table{text(title, {{"n", number(static_cast<double>(shown.size()))}}),
              {{text("report.col.number"), Kind::number},
               {text("report.col.facility")},
               {text("report.col.from"), Kind::number},
               {text("report.col.for"), Kind::number},
               {text("report.col.why"), Kind::html}},
              {},
              {}};
  std::map<std::string, std::size_t> chains;  // as told → number of the facility it was told for
  for (std::size_t k = 0; k < shown.size() && k < kMostRows; ++k) {
    const std::size_t row = shown[k];
    const auto i = static_cast<std::size_t>(std::find(failed.begin(), failed.end(), row) - failed.begin());
    const std::string kind = text("report.kind." + std::string(name_of(facilities.kind[row])));
    std::string name = facility_name(view.city(), row);
    if (name.find(kind) == std::string::npos) name += " (" + kind + ")";
    std::string why;
    if (const Occurrence* o = first_failure(view.run.record, facilities.origin.key[row])) {
      const std::string words = text(o->reason, {{"value", number(o->value, 2)}});
      why = reason(view, *o, words, 0);
      // A chain that many share is told once: closed streets cut off a whole quarter at the same moment.
      const auto [first, fresh] = chains.emplace(why, i + 1);
      if (!fresh && why.find("<ul") != std::string::npos)
        why = escape(words + " " + text("report.same_causes", {{"n", std::to_string(first->second)}}));
    }
    const bool still = row < record.final_level.size() && record.final_level[row] == FunctionLevel::failed;
    const std::string time = duration(record.failed_duration[row]);
    table.rows.push_back({std::to_string(i + 1), name, view.clock.both(record.first_failed[row]),
                          still ? text("report.to_the_end", {{"time", time}}) : time, why});
  }
  if (shown.size() > kMostRows)
    table.footnote = text("report.more_rows", {{"n", number(static_cast<double>(shown.size() - kMostRows))}});
  return render(table);
}

// What the measures saved or cost: facilities whose fate differs between the two runs.
std::string fate_table(const View& view) {
  if (view.before == nullptr) return {};
  const auto& a = view.before->record.facilities.first_failed;
  const auto& b = view.run.record.facilities.first_failed;
  if (a.size() != b.size()) return {};
  Table table{text("report.table.fate"),
              {{text("report.col.facility")}, {view.before_label}, {view.run_label}},
              {},
              {}};
  const auto fate = [&](float first) {
    return std::isnan(first) ? text("report.state.working")
                             : text("report.fails_at", {{"time", view.clock.both(first)}});
  };
  for (std::size_t row = 0; row < b.size(); ++row)
    if (std::isnan(a[row]) != std::isnan(b[row]) && view.city().facilities().kind[row] != FacilityKind::entry)
      table.rows.push_back({facility_name(view.city(), row), fate(a[row]), fate(b[row])});
  return render(table);
}

}  // namespace

std::string facilities_section(const View& view) {
  if (view.run.impact.totals.facilities_total == 0) return {};
  std::string out = heading(view, text("report.facilities.title"));
  const Stops stops = stops_of(view.run);
  std::string failures = failures_table(
      view, stops.cut_off.empty() ? "report.table.failed" : "report.table.without", stops.all, stops.without);
  if (!stops.cut_off.empty())
    failures += paragraph(text("report.facilities.cut_off")) +
                failures_table(view, "report.table.cut_off", stops.all, stops.cut_off);
  const std::string fate = fate_table(view);
  out += paragraph(text(failures.empty() ? "report.facilities.none" : "report.facilities.intro",
                        {{"n", number(view.run.impact.totals.facilities_total)}}),
                   "intro");
  return element("section", out + failures + fate);
}

}  // namespace citytwin::scenarios::report
