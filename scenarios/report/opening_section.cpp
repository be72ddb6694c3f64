#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/answer.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"
#include "scenarios/report/stops.hpp"

namespace citytwin::scenarios::report {

namespace {

std::string reasons_of(const FinishedRun& run) {
  std::string out;
  for (const Diagnostic& reason : run.record.reasons.items()) out += element("li", escape(sentence(reason)));
  return out.empty() ? out : element("ul", out);
}

std::string banner(const FinishedRun& run, const std::string& label) {
  const char* code = nullptr;
  switch (run.record.status) {
    case RunStatus::ok:
      return {};
    case RunStatus::degraded:
      code = "report.banner.degraded";
      break;
    case RunStatus::failed:
      code = "report.banner.failed";
      break;
    case RunStatus::stopped:
      code = "report.banner.stopped";
      break;
  }
  const std::string sentence = text(code, {{"run", label}, {"time", duration(run.record.ended.seconds())}});
  return element("div", "<strong>" + escape(sentence) + "</strong>",
                 run.record.status == RunStatus::failed ? "banner failed" : "banner");
}

std::string banners(const View& view) {
  std::string out = banner(view.run, view.run_label);
  if (view.before != nullptr) out += banner(*view.before, view.before_label);
  return out;
}

struct Tile {
  const char* code;
  double now, then;
  std::string (*show)(const View&, double);
};

std::string tiles(const View& view) {
  const risk::Totals& now = view.run.impact.totals;
  const risk::Totals then = view.before == nullptr ? risk::Totals{} : view.before->impact.totals;
  const auto plain = [](const View&, double v) { return rounded(v); };
  const auto cut_off_in = [](const FinishedRun& run) {
    return static_cast<double>(stops_of(run).cut_off.size());
  };
  const double cut_off = cut_off_in(view.run);
  const double cut_off_then = view.before == nullptr ? 0 : cut_off_in(*view.before);
  const bool parted = cut_off > 0 || cut_off_then > 0;
  const Tile all[] = {
      {"report.tile.area", now.flooded_area_m2, then.flooded_area_m2,
       [](const View&, double v) { return figures(v / 10'000) + " ha"; }},
      {"report.tile.people", now.people_affected, then.people_affected, plain},
      {"report.tile.buildings", now.buildings_flooded, then.buildings_flooded, plain},
      {"report.tile.loss", now.loss, then.loss, [](const View& w, double v) { return w.money(v); }},
      {"report.tile.roads", now.roads_closed_km, then.roads_closed_km,
       [](const View&, double v) { return figures(v) + " km"; }},
      {parted ? "report.tile.without" : "report.tile.facilities", now.facilities_failed - cut_off,
       then.facilities_failed - cut_off_then, plain},
      {"report.tile.cut_off", cut_off, cut_off_then, plain},
  };
  std::string out;
  for (const Tile& tile : all) {
    if (&tile == std::end(all) - 1 && !parted) continue;
    std::string inside = element("b", escape(tile.show(view, tile.now)));
    const std::string one = std::string(tile.code) + ".one";
    const bool single = has_text(one) && std::round(tile.now) == 1;
    inside += element("span", escape(text(single ? one : tile.code)));
    if (view.before != nullptr) {
      const bool same = tile.show(view, tile.then) == tile.show(view, tile.now);
      std::string was =
          same ? text("report.tile.same") : text("report.tile.was", {{"value", tile.show(view, tile.then)}});
      if (!same && tile.then > 0) was += " · " + signed_percent((tile.now - tile.then) / tile.then);
      inside += element("span", escape(was), "change");
    }
    out += element("div", inside, "tile");
  }
  return element("div", out, parted ? "tiles parted" : "tiles");
}

std::string compared_sentence(const View& view) {
  std::string what;
  for (const std::string& part : view.unlike)
    what += (what.empty() ? "" : text("report.list_separator")) + text("report.unlike." + part);
  return text(what.empty() ? "report.compared.alike" : "report.compared.unlike",
              {{"run", view.run_label}, {"before", view.before_label}, {"what", what}});
}

}  // namespace

std::string status_mark(const View& view) {
  RunStatus worst = view.run.record.status;
  if (view.before != nullptr && worst == RunStatus::ok) worst = view.before->record.status;
  static constexpr const char* kCodes[] = {"", "report.mark.degraded", "report.mark.failed",
                                           "report.mark.stopped"};
  if (worst == RunStatus::ok) return {};
  return element("div", escape(text(kCodes[static_cast<std::size_t>(worst)])), "status-mark");
}

std::string heading(const View& view, const std::string& title) {
  return element("h2", escape(title)) + banners(view);
}

std::string opening_section(const View& view) {
  std::string kicker = text("report.kicker");
  if (!view.scenario.city_name.empty()) kicker += " · " + view.scenario.city_name;
  if (view.clock.known()) kicker += " · " + view.clock.date() + " " + view.clock.at(0);
  std::string out = element("div", escape(kicker), "kicker");
  out += element("h1", escape(view.scenario.title));
  out += banners(view) + reasons_of(view.run);
  if (view.before != nullptr) out += reasons_of(*view.before);
  if (!view.scenario.question.empty()) out += paragraph(view.scenario.question, "question");
  std::string sentences;
  for (const std::string& s : answer(view)) sentences += paragraph(s);
  out += element("div", sentences, "answer");
  if (view.before != nullptr) out += paragraph(compared_sentence(view), "footnote");
  out += tiles(view);
  const Diagnostics idle_tanks = warn_of_idle_tanks(view.run);
  for (const Diagnostic& idle : idle_tanks.items())
    out += paragraph(text(idle.code, idle.args) + " " + text("report.tank_place"), "caution");
  if (const std::string coarse = screening(view); !coarse.empty()) out += paragraph(coarse, "caution");
  if (const std::string few = buildings_missing(view); !few.empty()) out += paragraph(few, "caution");
  if (const std::string level = level_areas(view); !level.empty()) out += paragraph(level, "caution");
  return out + paragraph(text("report.factor_two"), "footnote");
}

}  // namespace citytwin::scenarios::report
