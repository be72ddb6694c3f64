#include "scenarios/report/view.hpp"

#include <algorithm>

#include "engine/model/names.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios::report {

namespace {

// The box that holds all but the outermost hundredth of the buildings on each side.
Box2 built_up(const CityModel& city) {
  std::vector<double> x, y;
  for (std::size_t row = 0; row < city.buildings().size(); ++row) {
    const Point2 p = city.buildings().footprint.outer(row)[0];
    x.push_back(p.x);
    y.push_back(p.y);
  }
  const auto quantile = [](std::vector<double>& values, double q) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  if (x.empty()) return {};
  return {{quantile(x, 0.01), quantile(y, 0.01)}, {quantile(x, 0.99), quantile(y, 0.99)}};
}

// The map shows the run's grid (a run without one: the city), or the built-up part of it where most of the
// ground is open country and the town would be too small to read.
Box2 shown_extent(const FinishedRun& run, bool& cropped) {
  const Box2 all =
      run.record.grids.empty() ? run.model->info().frame.extent : run.record.grids.front().grid.spec.bounds();
  Box2 town = built_up(*run.model);
  town = town.empty() ? all : town.grown(0.08 * std::max(town.width(), town.height())).intersection(all);
  cropped = town.area() < 0.6 * all.area();
  return cropped ? town : all;
}

View view_of(const ScenarioText& scenario, const std::map<std::string, std::string>& manifest,
             const FinishedRun& run, const FinishedRun* before) {
  View view{scenario, manifest, run, before, {}, {}, LocalClock(scenario.start), {}, false, "ground", {}};
  view.frame = frame_of(shown_extent(run, view.cropped));
  return view;
}

std::string folder_name(const std::filesystem::path& path) {
  std::filesystem::path plain = path.lexically_normal();
  if (plain.filename().empty()) plain = plain.parent_path();
  return plain.filename().string();
}

}  // namespace

const ObservedGrid* View::grid(const FinishedRun& of, const char* name) const {
  const ObservedGrid* found = of.record.grid(name);
  return found == nullptr || found->grid.empty() ? nullptr : found;
}

bool View::comparable(const char* grid_name) const {
  if (before == nullptr) return false;
  const ObservedGrid* a = grid(*before, grid_name);
  const ObservedGrid* b = grid(run, grid_name);
  return a != nullptr && b != nullptr && a->grid.spec == b->grid.spec;
}

bool View::same_city() const {
  if (before == nullptr) return false;
  const CityModel& a = *before->model;
  const CityModel& b = *run.model;
  return a.management_cells().size() == b.management_cells().size() &&
         a.management_cells().area == b.management_cells().area &&
         a.buildings().size() == b.buildings().size();
}

const std::string& View::currency() const { return run.impact.currency; }

std::string View::money(double value) const { return currency() + " " + rounded(value); }

std::string View::money_unit() const {
  return text("report.money_unit",
              {{"currency", currency()}, {"year", std::to_string(run.impact.price_year)}});
}

View make_view(const RunFolder& folder) {
  View view = view_of(folder.scenario, folder.manifest, folder.run, folder.baseline.get());
  view.run_label = folder.run.label == folder.scenario.name ? folder.scenario.title : folder.run.label;
  if (view.before != nullptr) view.before_label = text("report.baseline");
  return view;
}

View make_view(const RunFolder& a, const RunFolder& b) {
  View view = view_of(b.scenario, b.manifest, b.run, &a.run);
  const auto label = [](const RunFolder& of) {
    const std::string& title = of.scenario.title;
    return of.run.label.empty() || of.run.label == of.scenario.name ? title : title + ", " + of.run.label;
  };
  std::string before = label(a), run = label(b);
  // Two runs of one scenario: their folders tell them apart.
  if (before == run) {
    const std::string first = folder_name(a.path), second = folder_name(b.path);
    before = first == second ? before + " (" + a.path.string() + ")" : first;
    run = first == second ? run + " (" + b.path.string() + ")" : second;
  }
  view.before_label = "A: " + before;
  view.run_label = "B: " + run;
  view.unlike = unlike_parts(a, b);
  return view;
}

std::vector<std::string> unlike_parts(const RunFolder& a, const RunFolder& b) {
  std::vector<std::string> parts;
  const auto differs = [&](const char* key) {
    const auto x = a.manifest.find(key), y = b.manifest.find(key);
    return x != a.manifest.end() && y != b.manifest.end() && x->second != y->second;
  };
  if (a.scenario.events != b.scenario.events) parts.emplace_back("events");
  if (a.scenario.projections != b.scenario.projections) parts.emplace_back("projections");
  if (differs("run.start")) parts.emplace_back("start");
  if (differs("run.duration_s")) parts.emplace_back("duration");
  if (differs("grid.cell_m") || differs("grid.nx") || differs("grid.ny")) parts.emplace_back("grid");
  return parts;
}

std::string facility_name(const CityModel& model, std::size_t row) {
  const Facilities& facilities = model.facilities();
  const std::string word(name_of(facilities.kind[row]));
  const std::string kind = text("report.kind." + word);
  const std::string& name = facilities.name[row];
  if (name.empty()) return kind + " " + facilities.origin.key[row];
  // Generated facilities are named by their kind's key: "fire_station 2".
  return name.starts_with(word + " ") ? kind + name.substr(word.size()) : name;
}

std::string link_name(const CityModel& model, std::size_t row) {
  const Links& links = model.streets().links;
  if (!links.name[row].empty()) return links.name[row];
  return text("report.road." + std::string(name_of(links.road_class[row]))) + " " + links.origin.key[row];
}

}  // namespace citytwin::scenarios::report
