#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/model/names.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::size_t kMostRoads = 20;

bool is_road(const CityModel& model, std::size_t row) {
  return (model.streets().links.access[row] & Access::kCar) != 0;
}

// [s] per link; NaN where it stayed open or is no road.
std::vector<double> closures(const FinishedRun& run) {
  const LinkRecord& links = run.record.links;
  std::vector<double> closed(run.model->streets().links.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t row = 0; row < std::min(closed.size(), links.first_closed.size()); ++row)
    if (!std::isnan(links.first_closed[row]) && is_road(*run.model, row))
      closed[row] = links.closed_duration[row];
  return closed;
}

// Closed without a break from the first time to the end of the run.
bool closed_to_the_end(const FinishedRun& run, std::size_t row) {
  constexpr double kRounding = 1;  // [s]
  const LinkRecord& links = run.record.links;
  return static_cast<double>(links.first_closed[row]) + static_cast<double>(links.closed_duration[row]) >=
         run.record.ended.seconds() - kRounding;
}

double longest(const std::vector<double>& closed) {
  double most = 0;
  for (const double s : closed)
    if (s > most) most = s;
  return most;
}

std::string road_maps(const View& view) {
  const auto now = closures(view.run);
  const auto then = view.before == nullptr ? std::vector<double>{} : closures(*view.before);
  const double most = std::max(longest(now), longest(then));
  const ClassScale scale = closure_scale(most);
  const auto map_of = [&](const FinishedRun& run, const std::vector<double>& closed, const std::string& title,
                          bool whole) {
    return Map{title,
               {},
               {line_layer(run.model->streets().links.geometry, closed, scale, whole ? 4 : 6, view.frame)},
               whole};
  };
  std::vector<LegendEntry> legend{
      {LegendEntry::Shape::title,
       {},
       text("report.legend.closed", {{"end", duration(view.run.record.ended.seconds())}})}};
  for (auto& e : class_entries(scale, LegendEntry::Shape::line, duration)) legend.push_back(e);
  for (auto& e : ground_entries(view.city())) legend.push_back(e);
  if (view.before == nullptr)
    return render_block(map_of(view.run, now, text("report.map.roads", {{"run", view.run_label}}), true),
                        view.frame, view.base_id, legend, attribution(view.city()));
  const std::string pair =
      render(map_of(*view.before, then, view.before_label, false), view.frame, view.base_id) +
      render(map_of(view.run, now, view.run_label, false), view.frame, view.base_id);
  return element(
      "div",
      element("div", pair, "side") + render(legend) + paragraph(attribution(view.city()), "attribution"),
      "maps");
}

// Streets are many links; the table shows each named street once, by its worst link, and all unnamed streets
// of a class together.
std::string street_name(const CityModel& model, std::size_t row) {
  const Links& links = model.streets().links;
  if (!links.name[row].empty()) return links.name[row];
  return text("report.unnamed",
              {{"class", text("report.road." + std::string(name_of(links.road_class[row])))}});
}

struct Street {
  std::size_t worst = 0;  // row
  double km = 0, depth = 0, first = std::numeric_limits<double>::infinity(), longest = 0;
  bool to_the_end = false;  // what was closed longest was so when the run ended
  int rank = 0;             // the most important road class
};

std::vector<Street> closed_streets(const FinishedRun& run) {
  const auto closed = closures(run);
  const Links& links = run.model->streets().links;
  std::map<std::string, Street> by_name;
  for (std::size_t row = 0; row < closed.size(); ++row) {
    if (std::isnan(closed[row])) continue;
    const auto [it, is_new] = by_name.try_emplace(street_name(*run.model, row));
    Street& street = it->second;
    if (is_new) street.rank = static_cast<int>(links.road_class[row]);
    street.rank = std::min(street.rank, static_cast<int>(links.road_class[row]));
    street.km += length(links.geometry[row]) / 1000;
    street.first = std::min<double>(street.first, run.record.links.first_closed[row]);
    const bool stays = closed_to_the_end(run, row);
    if (is_new || closed[row] > street.longest || (closed[row] == street.longest && stays)) {
      street.longest = closed[row];
      street.to_the_end = stays;
    }
    if (is_new || run.record.links.max_depth[row] > street.depth) {
      street.depth = run.record.links.max_depth[row];
      street.worst = row;
    }
  }
  std::vector<Street> streets;
  streets.reserve(by_name.size());
  for (const auto& [name, street] : by_name) streets.push_back(street);
  std::stable_sort(streets.begin(), streets.end(), [](const Street& a, const Street& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.km > b.km;
  });
  return streets;
}

std::string roads_table(const View& view) {
  auto streets = closed_streets(view.run);
  const std::size_t all = streets.size();
  streets.resize(std::min(all, kMostRoads));
  using Kind = Column::Kind;
  Table table{text("report.table.roads", {{"n", number(static_cast<double>(streets.size()))},
                                          {"all", number(static_cast<double>(all))}}),
              {{text("report.col.road")},
               {text("report.col.class")},
               {text("report.col.closed_m"), Kind::number},
               {text("report.col.depth_max"), Kind::number},
               {text("report.col.closed_from"), Kind::number},
               {text("report.col.closed_for"), Kind::number}},
              {},
              {}};
  for (const Street& s : streets) {
    const std::string time = duration(s.longest);
    table.rows.push_back({street_name(view.city(), s.worst),
                          text("report.road." + std::string(name_of(static_cast<RoadClass>(s.rank)))),
                          number(s.km * 1000), number(s.depth, 2), view.clock.both(s.first),
                          s.to_the_end ? text("report.to_the_end", {{"time", time}}) : time});
  }
  return render(table);
}

// What the relation says at a few depths, so that a reader can judge it.
std::string speed_table() {
  Table table{text("report.table.speed"),
              {{text("report.col.depth")}},
              {{text("report.col.speed")}},
              text("report.table.speed_note")};
  for (const double depth : {0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3}) {
    table.columns.push_back({number(depth, 2) + " m", Column::Kind::number});
    table.rows[0].push_back(number(3.6 * risk::driving_speed_m_per_s(depth, 50 / 3.6)) + " km/h");
  }
  return render(table);
}

}  // namespace

std::string streets_section(const View& view) {
  if (view.city().streets().links.size() == 0) return {};
  std::string out = heading(view, text("report.streets.title"));
  const risk::Totals& now = view.run.impact.totals;
  if (now.roads_closed_km <= 0 && (view.before == nullptr || view.before->impact.totals.roads_closed_km <= 0))
    return element("section", out + paragraph(text("report.streets.none")));
  out += paragraph(text("report.streets.intro"), "intro");
  return element("section", out + road_maps(view) + roads_table(view) + speed_table());
}

}  // namespace citytwin::scenarios::report
