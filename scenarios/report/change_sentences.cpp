#include "scenarios/report/change_sentences.hpp"

#include "scenarios/core/text.hpp"
#include "scenarios/report/stops.hpp"

namespace citytwin::scenarios::report {

namespace {

std::string plain(const View&, double v) { return rounded(v); }
std::string hectares(const View&, double m2) { return figures(m2 / 10'000) + " ha"; }
std::string kilometres(const View&, double km) { return figures(km) + " km"; }
std::string money(const View& view, double v) { return view.money(v); }

const risk::Totals& now_of(const View& view) { return view.run.impact.totals; }
const risk::Totals& then_of(const View& view) { return view.before->impact.totals; }

// Things that are counted: `are` is said of the run, `plain_count` of what it is compared with.
Compared counted(double then, double now, const char* of_then, const char* of_now) {
  return {then, now, plain, text_of_count(of_then, then), text_of_count(of_now, now)};
}

}  // namespace

std::string compared(const View& view, const std::string& code, const Compared& values, TextArgs args) {
  const std::string from = values.show(view, values.then), to = values.show(view, values.now);
  if (from == to && to == values.show(view, 0)) return text(code + ".neither", args);
  if (from == to) {
    const std::string& words = values.to.empty() ? to : values.to;
    args.emplace_back("n", values.then == values.now ? words : text("report.about", {{"n", words}}));
    return text(code + ".same", args);
  }
  const bool share = values.then > 0 && values.now > 0;
  args.emplace_back("from", values.from.empty() ? from : values.from);
  args.emplace_back("to", values.to.empty() ? to : values.to);
  args.emplace_back("percent",
                    share ? " (" + signed_percent((values.now - values.then) / values.then) + ")" : "");
  return text(code + ".change", args);
}

std::string water_change(const View& view) {
  const risk::Totals &then = then_of(view), &now = now_of(view);
  const auto people =
      counted(then.people_affected, now.people_affected, "report.people", "report.people_are");
  return compared(view, "report.change.people", people, {{"run", view.run_label}}) + " " +
         compared(view, "report.change.area", {then.flooded_area_m2, now.flooded_area_m2, hectares, {}, {}});
}

std::string money_change(const View& view) {
  const risk::Totals &then = then_of(view), &now = now_of(view);
  const auto buildings =
      counted(then.buildings_flooded, now.buildings_flooded, "report.buildings", "report.buildings");
  std::string words = compared(view, "report.change.loss", {then.loss, now.loss, money, {}, {}}) + " " +
                      compared(view, "report.change.buildings", buildings);
  if (view.scenario.cost > 0)
    words += " " + text("report.answer.cost", {{"cost", view.money(view.scenario.cost)}});
  return words;
}

std::string roads_change(const View& view) {
  return compared(view, "report.change.roads",
                  {then_of(view).roads_closed_km, now_of(view).roads_closed_km, kilometres, {}, {}});
}

std::string facilities_change(const View& view, const std::string& names) {
  const risk::Totals &then = then_of(view), &now = now_of(view);
  const std::string total = number(now.facilities_total);
  const TextArgs args = {{"total", total}, {"run", view.run_label}, {"names", names}};
  const Compared stopped{static_cast<double>(then.facilities_failed),
                         static_cast<double>(now.facilities_failed), plain, number(then.facilities_failed),
                         text_of_count("report.facilities_stop", now.facilities_failed, {{"total", total}})};
  const bool none_left = now.facilities_failed == 0 && then.facilities_failed > 0;
  std::string words = compared(
      view, none_left ? "report.change.facilities_saved" : "report.change.facilities", stopped, args);
  const std::size_t before = stops_of(*view.before).cut_off.size(), left = stops_of(view.run).cut_off.size();
  if (before + left > 0)
    words += " " + text("report.change.cut_off", {{"to", number(static_cast<double>(left))},
                                                  {"from", number(static_cast<double>(before))}});
  return words;
}

std::string headline_change(const View& view, const char* code) {
  const risk::Totals &then = then_of(view), &now = now_of(view);
  const bool gone = rounded(now.loss) == "0";
  const Compared loss{then.loss, now.loss, money, then.loss > 0 ? "" : text("report.none"), {}};
  const auto people = counted(then.people_affected, now.people_affected, "report.people", "report.people");
  return text(code,
              {{"run", view.run_label},
               {"before", view.before_label},
               {"loss", compared(view, gone ? "report.headline.loss_gone" : "report.headline.loss", loss)},
               {"people", compared(view, "report.headline.people_in", people)}});
}

}  // namespace citytwin::scenarios::report
