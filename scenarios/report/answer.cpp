#include "scenarios/report/answer.hpp"

#include "scenarios/core/text.hpp"
#include "scenarios/report/change_sentences.hpp"
#include "scenarios/report/report.hpp"
#include "scenarios/report/stops.hpp"

namespace citytwin::scenarios {

namespace report {

namespace {

constexpr std::size_t kNamedFacilities = 3;

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::string hectares(double m2) { return figures(m2 / 10'000) + " ha"; }

std::string water_sentence(const View& view) {
  const risk::Totals& now = view.run.impact.totals;
  if (view.before == nullptr) {
    if (now.flooded_area_m2 <= 0) return text("report.answer.dry");
    return text(
        "report.answer.water",
        {{"area", hectares(now.flooded_area_m2)},
         {"depth", number(now.max_depth_m, 1)},
         {"people", text_of_count("report.answer.people", now.people_affected,
                                  {{"share", percent(share(now.people_affected, now.people_total), 1)}})}});
  }
  return water_change(view);
}

std::string money_sentence(const View& view) {
  const risk::Totals& now = view.run.impact.totals;
  if (view.before == nullptr) {
    if (now.buildings_flooded <= 0) return text("report.answer.no_damage");
    return text("report.answer.damage",
                {{"buildings", text_of_count("report.buildings", now.buildings_flooded)},
                 {"loss", view.money(now.loss)},
                 {"year", std::to_string(view.run.impact.price_year)}});
  }
  return money_change(view);
}

std::string named(const View& view, const std::vector<std::size_t>& failed) {
  std::string names;
  for (std::size_t i = 0; i < failed.size() && i < kNamedFacilities; ++i)
    names += (i == 0 ? "" : text("report.list_separator")) + facility_name(view.city(), failed[i]);
  if (failed.size() > kNamedFacilities)
    names = text("report.and_more",
                 {{"names", names}, {"n", number(static_cast<double>(failed.size() - kNamedFacilities))}});
  return names;
}

// " All ways in from outside ..." or nothing.
std::string no_way_in(const Stops& stops) {
  if (!stops.no_way_in) return {};
  const std::string links =
      text_of_count("report.street_sections", static_cast<double>(stops.deciding_links));
  return " " + text("report.answer.no_way_in", {{"links", links}});
}

// What is flooded or without supply apart from what closed streets alone cut off.
std::string stopped(const View& view, const Stops& stops) {
  const risk::Totals& now = view.run.impact.totals;
  const std::string total = number(now.facilities_total);
  if (stops.all.empty()) return text_of_count("report.answer.all_work", now.facilities_total);
  if (stops.cut_off.empty())
    return text_of_count("report.answer.stopped", now.facilities_failed,
                         {{"total", total}, {"names", named(view, stops.all)}});
  const auto sentence = [&](const char* code, const std::vector<std::size_t>& rows) {
    return text_of_count(code, static_cast<double>(rows.size()),
                         {{"total", total}, {"names", named(view, rows)}});
  };
  return sentence("report.answer.without", stops.without) + " " +
         sentence("report.answer.cut_off", stops.cut_off) + no_way_in(stops);
}

std::string services_sentence(const View& view) {
  const risk::Totals& now = view.run.impact.totals;
  const Stops stops = stops_of(view.run);
  std::string sentence =
      view.before != nullptr
          ? roads_change(view)
          : text(now.roads_closed_km > 0 ? "report.answer.roads" : "report.answer.no_roads",
                 {{"km", figures(now.roads_closed_km)}, {"total", figures(now.roads_total_km)}});
  if (now.facilities_total == 0) return sentence;
  if (view.before != nullptr)
    return sentence + " " + facilities_change(view, named(view, stops.all)) + no_way_in(stops);
  return sentence + " " + stopped(view, stops);
}

}  // namespace

std::vector<std::string> answer(const View& view) {
  return {water_sentence(view), money_sentence(view), services_sentence(view)};
}

}  // namespace report

namespace {

std::string facilities_in_short(const report::View& view) {
  const report::Stops stops = report::stops_of(view.run);
  if (stops.cut_off.empty())
    return text_of_count("report.headline.facilities", view.run.impact.totals.facilities_failed);
  return text(
      "report.headline.facilities_parted",
      {{"without", text_of_count("report.headline.without", static_cast<double>(stops.without.size()))},
       {"n", report::number(static_cast<double>(stops.cut_off.size()))}});
}

std::string some_or_none(const std::string& code, double amount, const std::string& n) {
  return amount > 0 ? text(code + ".some", {{"n", n}}) : text(code + ".none");
}

}  // namespace

std::string headline(const RunFolder& folder) {
  const report::View view = report::make_view(folder);
  const risk::Totals& now = view.run.impact.totals;
  if (view.before == nullptr)
    return text("report.headline",
                {{"people", text_of_count("report.headline.people", now.people_affected)},
                 {"damage", some_or_none("report.headline.damage", now.loss, view.money(now.loss))},
                 {"roads", some_or_none("report.headline.roads", now.roads_closed_km,
                                        report::figures(now.roads_closed_km))},
                 {"facilities", facilities_in_short(view)}});
  return report::headline_change(view, "report.headline_change");
}

std::string headline(const RunFolder& a, const RunFolder& b) {
  return report::headline_change(report::make_view(a, b), "report.headline_compare");
}

}  // namespace citytwin::scenarios
