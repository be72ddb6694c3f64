#include "scenarios/standalone/flood_forcing.hpp"

#include "scenarios/core/placed.hpp"
#include "scenarios/events/csv_series.hpp"
#include "scenarios/events/rain_frames.hpp"
#include "scenarios/events/structure_values.hpp"
#include "scenarios/standalone/flood_tables.hpp"

namespace citytwin::scenarios {

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;

struct Quantity {
  const char* field;
  const char* unit;
  const char* column;  // of a CSV file, and the key of a constant value
  double to_si;
  double min;
  Series::Between between;
};

constexpr Quantity kRain{"rain", "m/s", "rain_mm_per_h", kMmPerHour, 0, Series::Between::step};
constexpr Quantity kInflow{"inflow", "m3/s", "flow_m3_per_s", 1, 0, Series::Between::linear};
constexpr Quantity kLevel{"level", "m", "level_m", 1, -500, Series::Between::linear};

Result<Series> csv(const FloodItems& items, const FloodItem& item, const Quantity& q) {
  return read_csv_series(item.values.text("series_csv"), items.folder, q.column, q.to_si, q.min, q.between);
}

void add(const FloodItems& items, const FloodItem& item, const Quantity& q, Place place,
         Result<Series> series, FloodCase& out) {
  items.problems.append(named_at(series.diagnostics(), item.of("series_csv")));
  if (!series) return;
  out.places[item.key] = item.where;
  out.input.forcing.series.push_back({item.key, q.field, q.unit, std::move(place), *std::move(series)});
}

void rain_rasters(const FloodItems& items, const FloodItem& item, FloodCase& out) {
  const ParameterValues& v = item.values;
  auto rain = read_rain_frames({v.text("list_csv"), items.folder, v.text("unit"), v.text("outside") == "dry"},
                               items.frame, out.input.spec.grid, {});
  items.problems.append(named_at(rain.diagnostics(), item.of("list_csv")));
  if (!rain) return;
  for (double& t : rain->forcing.series.time) t += v.number("start_min") * 60;
  rain->forcing.key = item.key;
  out.places[item.key] = item.where;
  out.input.forcing.series.push_back(std::move(rain->forcing));
}

void rain(const FloodItems& items, const FloodItem& item, FloodCase& out) {
  const ParameterValues& v = item.values;
  const std::string how = items.one_of(item, {"intensity_mm_per_h", "series_csv", "list_csv"});
  if (how.empty()) return;
  if (how == "list_csv") {
    rain_rasters(items, item, out);
    return;
  }
  Place place;
  if (v.has("area")) place = {Place::Kind::polygon, v.points("area")};
  const double start = v.number("start_min") * 60;
  if (how == "series_csv") {
    auto series = csv(items, item, kRain);
    if (series)
      for (double& t : series->time) t += start;
    add(items, item, kRain, place, std::move(series), out);
    return;
  }
  Series series{{start}, {v.number(how) * kMmPerHour}, Series::Between::step};
  if (v.has("duration_min")) {
    series.time.push_back(start + v.number("duration_min") * 60);
    series.value.push_back(0);
  }
  add(items, item, kRain, place, std::move(series), out);
}

// A constant or a series, at one of two kinds of place.
void flow_or_level(const FloodItems& items, const FloodItem& item, const Quantity& q,
                   const std::vector<std::pair<std::string, Place::Kind>>& kinds, FloodCase& out) {
  const std::string how = items.one_of(item, {q.column, "series_csv"});
  const std::string where = items.one_of(item, {kinds[0].first, kinds[1].first});
  if (how.empty() || where.empty()) return;
  const Place place{where == kinds[0].first ? kinds[0].second : kinds[1].second, item.values.points(where)};
  if (how == "series_csv")
    add(items, item, q, place, csv(items, item, q), out);
  else
    add(items, item, q, place, Series{{0}, {item.values.number(how)}, q.between}, out);
}

void read_structures(const FloodItems& items, FloodCase& out) {
  auto all = std::make_shared<HydraulicStructures>();
  const auto keep = [&](const FloodItem& item, auto made, auto& list) {
    items.problems.append(named_at(made.diagnostics(), item.where));
    if (!made) return;
    out.places[item.key] = item.where;
    list.push_back(*std::move(made));
  };
  items.each("structure", structure_parameters(), [&](const FloodItem& item) {
    keep(item, structure_of(item.values, item.key, items.folder, item.where), all->structures);
  });
  items.each("outflow", outflow_parameters(), [&](const FloodItem& item) {
    keep(item, outflow_of(item.values, item.key, items.folder, item.where), all->outflows);
  });
  items.each("breach", breach_parameters(), [&](const FloodItem& item) {
    keep(item, Result<LeveeBreach>(breach_of(item.values, item.key)), all->breaches);
  });
  if (!all->empty()) out.input.forcing.structures = std::move(all);
}

}  // namespace

void read_flood_forcing(const FloodItems& items, FloodCase& out) {
  using Kind = Place::Kind;
  items.each("rain", flood_rain_table(), [&](const FloodItem& item) { rain(items, item, out); });
  items.each("inflow", flood_inflow_table(), [&](const FloodItem& item) {
    flow_or_level(items, item, kInflow, {{"at", Kind::point}, {"line", Kind::polyline}}, out);
  });
  items.each("level", flood_level_table(), [&](const FloodItem& item) {
    flow_or_level(items, item, kLevel, {{"line", Kind::polyline}, {"area", Kind::polygon}}, out);
  });
  read_structures(items, out);
}

}  // namespace citytwin::scenarios
