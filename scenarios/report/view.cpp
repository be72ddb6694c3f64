#include "scenarios/report/view.hpp"

#include "engine/model/names.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios::report {

namespace {

// The map shows the run's grid; a run without one shows the city.
MapFrame frame_for(const FinishedRun& run) {
  if (!run.record.grids.empty()) return frame_of(run.record.grids.front().grid.spec.bounds());
  return frame_of(run.model->info().frame.extent);
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
         a.management_cells().area == b.management_cells().area && a.buildings().size() == b.buildings().size();
}

const std::string& View::currency() const { return run.impact.currency; }

std::string View::money(double value) const { return currency() + " " + rounded(value); }

std::string View::money_unit() const {
  return text("report.money_unit",
              {{"currency", currency()}, {"year", std::to_string(run.impact.price_year)}});
}

View make_view(const RunFolder& folder) {
  View view{folder.scenario, folder.manifest, folder.run, folder.baseline.get(), {}, {},
            LocalClock(folder.scenario.start), frame_for(folder.run)};
  view.run_label = folder.run.label;
  if (view.before != nullptr) view.before_label = text("report.baseline");
  return view;
}

View make_view(const RunFolder& a, const RunFolder& b) {
  View view{b.scenario, b.manifest, b.run, &a.run, {}, {}, LocalClock(b.scenario.start), frame_for(b.run)};
  const auto label = [](const RunFolder& of) {
    return of.run.label.empty() || of.run.label == of.scenario.name ? of.scenario.name
                                                                    : of.scenario.name + ", " + of.run.label;
  };
  view.before_label = "A: " + label(a);
  view.run_label = "B: " + label(b);
  return view;
}

std::string facility_name(const CityModel& model, std::size_t row) {
  const Facilities& facilities = model.facilities();
  if (!facilities.name[row].empty()) return facilities.name[row];
  return text("report.kind." + std::string(name_of(facilities.kind[row]))) + " " + facilities.origin.key[row];
}

std::string link_name(const CityModel& model, std::size_t row) {
  const Links& links = model.streets().links;
  if (!links.name[row].empty()) return links.name[row];
  return text("report.road." + std::string(name_of(links.road_class[row]))) + " " + links.origin.key[row];
}

}  // namespace citytwin::scenarios::report
