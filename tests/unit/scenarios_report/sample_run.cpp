#include "sample_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"

using namespace citytwin;

namespace {

constexpr double kEnd = 3 * 3600;

float wet(float depth) { return depth > 0.02F ? depth : kNoData; }

void add_grids(RunRecord& r, const CityModel& city, double rise) {
  const GridSpec spec{{0, 0}, 10, 240, 160};
  ObservedGrid depth{"surface_water.max_depth", "m", Grid<float>(spec, kNoData)};
  ObservedGrid arrival{"surface_water.arrival_time", "s", Grid<float>(spec, kNoData)};
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const double z = sample_bilinear(city.terrain().elevation, spec.centre(i, j));
      const auto d = wet(static_cast<float>(11.6 + rise - z));
      depth.grid.at(i, j) = d;
      if (d > 0.1F) arrival.grid.at(i, j) = static_cast<float>(std::max(0.0F, 5400 - 2400 * d));
    }
  r.grids = {depth, arrival};
}

void add_links(RunRecord& r, const CityModel& city) {
  const Grid<float>& depth = r.grids[0].grid;
  const Links& links = city.streets().links;
  for (std::size_t row = 0; row < links.size(); ++row) {
    float deepest = 0;
    if (links.structure[row] == Structure::ground)
      cells_along(depth.spec, links.geometry[row], [&](int i, int j) {
        if (depth.at(i, j) > deepest) deepest = depth.at(i, j);
      });
    const bool closed = deepest > 0.3F;
    r.links.max_depth.push_back(deepest);
    r.links.first_closed.push_back(closed ? 1800 + 600 / deepest : kNoData);
    r.links.closed_duration.push_back(closed ? std::min(9000.0F, 3000 * deepest) : 0);
  }
}

void add_facilities(RunRecord& r, const CityModel& city, double rise) {
  const std::size_t n = city.facilities().size();
  r.facilities.max_depth.assign(n, 0);
  r.facilities.first_failed.assign(n, kNoData);
  r.facilities.failed_duration.assign(n, 0);
  r.facilities.final_level.assign(n, FunctionLevel::working);
  r.occurrences.push_back({{600'000}, "event/storm", "event", "absent", "acting", "cause.event", 0, {}});
  if (rise < 1) return;
  const auto fail = [&](std::size_t row, double at, const char* reason, double value,
                        std::vector<std::uint32_t> because) {
    r.facilities.first_failed[row] = static_cast<float>(at);
    r.facilities.failed_duration[row] = static_cast<float>(kEnd - at);
    r.facilities.final_level[row] = FunctionLevel::failed;
    r.occurrences.push_back({SimTime::from_seconds(at), city.facilities().origin.key[row], "facility",
                             "working", "failed", reason, value, std::move(because)});
  };
  fail(1, 3000, "cause.flooded", 0.62, {0});
  r.occurrences.push_back({{3'300'000},
                           "link/" + city.streets().links.origin.key[200],
                           "link",
                           "open",
                           "closed",
                           "cause.flooded",
                           0.41,
                           {0}});
  fail(4, 3600, "cause.no_access", 0, {2});
  fail(0, 6600, "cause.no_power", 0, {1});
  r.unmodelled_needs.push_back({"facility/6", "telecom", "tower/none"});
}

void add_series(RunRecord& r, double rise) {
  const auto add = [&](const char* name, const char* unit, auto&& value) {
    RecordedSeries s{name, unit, "", {}, {}};
    for (double t = 0; t <= kEnd; t += 60) {
      s.time.push_back(t);
      s.value.push_back(value(t));
    }
    r.series.push_back(s);
  };
  const auto bell = [](double t, double at, double width) {
    return std::exp(-std::pow((t - at) / width, 2));
  };
  add("surface_water.rain", "m/s", [&](double t) { return 60 / 3.6e6 * bell(t, 2400, 1500); });
  add("surface_water.volume", "m3", [&](double t) { return 4e5 * rise * (0.1 + bell(t, 5400, 2700)); });
  add("surface_water.wet_area", "m2", [&](double t) { return 9e5 * rise * bell(t, 6000, 3000); });
  add("links.closed_km", "km", [&](double t) { return 9 * rise * bell(t, 6000, 2600); });
  add("facilities.failed", "", [&](double t) {
    return rise < 1 ? 0.0 : t < 3000 ? 0 : t < 3600 ? 1 : t < 6600 ? 2 : 3;
  });
}

}  // namespace

namespace sample {

scenarios::FinishedRun run(std::shared_ptr<const CityModel> model, double rise_m, const std::string& label) {
  scenarios::FinishedRun run;
  run.label = label;
  run.model = std::move(model);
  RunRecord& r = run.record;
  r.ended = SimTime::from_seconds(kEnd);
  add_grids(r, *run.model, rise_m);
  add_links(r, *run.model);
  add_facilities(r, *run.model, rise_m);
  add_series(r, rise_m);
  r.balances.push_back({"surface_water", "m3", 1000, 5e5, 1e5, 4.01e5, {{"rain", 5e5, 0}, {"edge", 0, 1e5}}});
  r.hash = {0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  r.machine = {2, 12.5, 0.8, 21.0, 410};
  risk::Vulnerability v;
  v.depth_damage[BuildingUse::residential] = {{0, 0.5, 1, 2, 6}, {0, 0.25, 0.4, 0.6, 1}};
  v.depth_damage[BuildingUse::unknown] = {{0, 0.5, 1, 2, 6}, {0, 0.15, 0.3, 0.55, 1}};
  v.value_per_m2[BuildingUse::unknown] = 820;
  run.impact = risk::assess(*run.model, r, v, {});
  return run;
}

scenarios::RunFolder folder(bool with_baseline) {
  auto built = build_city(town());
  REQUIRE_MESSAGE(built.ok(), built.diagnostics().items().front().code);
  const auto model = std::make_shared<const CityModel>(*std::move(built));
  scenarios::RunFolder f;
  f.scenario.name = f.scenario.title = "River flood with a wall";
  f.scenario.question = "Does a 0.8 m wall along the river protect the old town in a 100-year flood?";
  f.scenario.city_name = "Sample Town";
  f.scenario.start = "2026-07-14T22:30:00+02:00";
  f.scenario.duration = "3 h";
  f.scenario.beat = "10 s";
  f.scenario.grid = "10 m, 240 × 160 cells";
  f.scenario.events = {{"storm", "Design storm, 80 mm in 2 h, peak after a third"}};
  f.scenario.assumptions = {{"Value per m²", "EUR of 2020, estimated"}};
  f.manifest = {
      {"version", "0.1.0"}, {"seed", "1"}, {"city.hash", "abcdef"}, {"command", "citytwin run <x> & y"}};
  if (with_baseline) {
    f.scenario.measures = {{"wall", "Flood wall, 2,300 m, crest 0.8 m above ground"}};
    f.scenario.cost = 2.4e6;
    f.run = run(model, 0.8, "River wall");
    using Shape = scenarios::PlacedMeasure::Shape;
    f.run.measures = {
        {"wall", "flood_wall", Shape::line, {{100, 500}, {2300, 560}}, 2e6},
        {"basin", "retention_basin", Shape::area, {{900, 900}, {1100, 900}, {1100, 1050}, {900, 1050}}, 3e5},
        {"seal", "dry_floodproofing", Shape::points, {{1300, 700}, {1350, 720}}, 1e5}};
    f.baseline = std::make_unique<scenarios::FinishedRun>(run(model, 1.6, ""));
  } else {
    f.run = run(model, 1.6, "River flood");
  }
  return f;
}

}  // namespace sample
