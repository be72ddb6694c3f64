#include "engine/risk/impact.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/risk/exposure.hpp"

namespace citytwin::risk {

namespace {

template <class T>
const T* for_use(const std::map<BuildingUse, T>& table, BuildingUse use) {
  auto row = table.find(use);
  if (row == table.end()) row = table.find(BuildingUse::unknown);
  return row == table.end() ? nullptr : &row->second;
}

double value_of(const Buildings& buildings, std::size_t row, const Vulnerability& vulnerability) {
  if (buildings.value[row] > 0) return buildings.value[row];
  const double* per_m2 = for_use(vulnerability.value_per_m2, buildings.use[row]);
  return per_m2 == nullptr ? 0 : *per_m2 * buildings.floor_area[row];
}

// RetireBuilding leaves a row without floor, people and value: it can no longer be flooded.
bool is_retired(const Buildings& b, std::size_t row) {
  return b.floor_area[row] == 0 && b.people[row] == 0 && b.value[row] == 0;
}

BuildingImpact assess_buildings(const CityModel& model, const Grid<float>& depth,
                                const Grid<std::uint8_t>& water, const Vulnerability& vulnerability,
                                const ImpactParameters& parameters) {
  const Buildings& buildings = model.buildings();
  BuildingImpact impact;
  WaterAtBuildings at = water_at_buildings(model, depth, water, parameters.people_depth_m);
  impact.depth = std::move(at.depth);
  impact.share_deep = std::move(at.share_deep);
  impact.damage.assign(buildings.size(), 0);
  impact.value.assign(buildings.size(), 0);
  impact.loss.assign(buildings.size(), 0);
  impact.flooded.assign(buildings.size(), 0);
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    impact.value[row] = value_of(buildings, row, vulnerability);
    const double at_building = impact.depth[row];
    const double inside = at_building - buildings.floor_height[row];
    const double kept_out = std::max(buildings.floodproof_depth[row], parameters.flooded_depth_m);
    if (inside <= 0 || at_building <= kept_out || is_retired(buildings, row)) continue;
    impact.flooded[row] = 1;
    const Curve* curve = for_use(vulnerability.depth_damage, buildings.use[row]);
    if (curve == nullptr) continue;
    const double storeys = std::max<double>(buildings.levels[row], 1);
    const double damage = curve->at(inside) * std::min(1.0, vulnerability.storeys_at_risk / storeys);
    impact.damage[row] = static_cast<float>(damage);
    impact.loss[row] = damage * impact.value[row];
  }
  return impact;
}

CellImpact assess_cells(const CityModel& model, const Grid<float>& depth, const Grid<std::uint8_t>& water,
                        const BuildingImpact& at, double people_depth_m) {
  const ManagementCells& cells = model.management_cells();
  const Buildings& buildings = model.buildings();
  CellImpact impact;
  impact.people_affected.assign(cells.size(), 0);
  impact.loss.assign(cells.size(), 0);
  impact.max_depth.assign(cells.size(), 0);
  impact.buildings_flooded.assign(cells.size(), 0);
  std::vector<double> housed(cells.size(), 0), at_buildings(cells.size(), 0);
  const auto cell_of = cell_of_buildings(model);
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    if (cell_of[row].is_none()) continue;
    const std::size_t c = cell_of[row].row();
    housed[c] += buildings.people[row];
    impact.loss[c] += at.loss[row];
    impact.buildings_flooded[c] += at.flooded[row];
    at_buildings[c] = std::max(at_buildings[c], static_cast<double>(at.depth[row]));
    impact.people_affected[c] += buildings.people[row] * static_cast<double>(at.share_deep[row]);
  }
  const auto land = flooded_land(model, depth, water, people_depth_m);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    // Of the cell's ground and at its buildings, which may stand in the next cell too.
    impact.max_depth[c] = std::max(land[c].max_depth, at_buildings[c]);
    impact.people_affected[c] += std::max(0.0, cells.population[c] - housed[c]) * land[c].share_deeper;
  }
  return impact;
}

void add_flooded_ground(const Grid<float>& depth, const Grid<std::uint8_t>& water, double flooded_depth_m,
                        Totals& totals) {
  std::size_t flooded = 0;
  for (std::size_t k = 0; k < depth.values.size(); ++k) {
    if (water.values[k] != 0) continue;
    const double here = depth.values[k];
    if (here > flooded_depth_m) ++flooded;
    if (here > totals.max_depth_m) totals.max_depth_m = here;
  }
  totals.flooded_area_m2 = static_cast<double>(flooded) * depth.spec.cell_m * depth.spec.cell_m;
}

// People who live in buildings outside every management cell (or in a city without any) still count.
void add_people(const CityModel& model, const Impact& impact, Totals& totals) {
  const auto cell_of = cell_of_buildings(model);
  const Buildings& buildings = model.buildings();
  for (const double people : model.management_cells().population) totals.people_total += people;
  for (const double people : impact.cells.people_affected) totals.people_affected += people;
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    if (!cell_of[row].is_none()) continue;
    totals.people_total += buildings.people[row];
    totals.people_affected += buildings.people[row] * static_cast<double>(impact.buildings.share_deep[row]);
  }
}

void add_buildings(const BuildingImpact& at, Totals& totals) {
  for (std::size_t row = 0; row < at.loss.size(); ++row) {
    totals.buildings_flooded += at.flooded[row];
    totals.loss += at.loss[row];
    if (at.flooded[row] != 0) totals.exposed_value += at.value[row];
  }
}

bool is_road(const Links& links, std::size_t row) { return (links.access[row] & Access::kCar) != 0; }

void add_roads(const CityModel& model, const RunRecord& record, Totals& totals) {
  const Links& links = model.streets().links;
  for (std::size_t row = 0; row < links.size(); ++row) {
    if (!is_road(links, row)) continue;
    const double km = length(links.geometry[row]) / 1000;
    totals.roads_total_km += km;
    if (row < record.links.first_closed.size() && !std::isnan(record.links.first_closed[row]))
      totals.roads_closed_km += km;
  }
}

void add_facilities(const CityModel& model, const RunRecord& record, Totals& totals) {
  const Facilities& facilities = model.facilities();
  for (std::size_t row = 0; row < facilities.size(); ++row) {
    if (facilities.kind[row] == FacilityKind::entry) continue;
    totals.facilities_total += 1;
    if (row < record.facilities.first_failed.size() && !std::isnan(record.facilities.first_failed[row]))
      totals.facilities_failed += 1;
  }
}

}  // namespace

Impact assess(const CityModel& model, const RunRecord& record, const Vulnerability& vulnerability,
              const ImpactParameters& parameters) {
  const ObservedGrid* observed = record.grid("surface_water.max_depth");
  const Grid<float> none;
  const Grid<float>& depth = observed == nullptr ? none : observed->grid;
  const Grid<std::uint8_t> water = permanent_water(model, record, depth.spec);
  Impact impact;
  impact.currency = vulnerability.currency;
  impact.price_year = vulnerability.price_year;
  impact.buildings = assess_buildings(model, depth, water, vulnerability, parameters);
  impact.cells = assess_cells(model, depth, water, impact.buildings, parameters.people_depth_m);
  add_flooded_ground(depth, water, parameters.flooded_depth_m, impact.totals);
  add_people(model, impact, impact.totals);
  add_buildings(impact.buildings, impact.totals);
  add_roads(model, record, impact.totals);
  add_facilities(model, record, impact.totals);
  if (const RecordedSeries* closed = record.find_series("links.closed_km")) {
    impact.closed_road_time_s = closed->time;
    impact.closed_road_km = closed->value;
  }
  return impact;
}

double driving_speed_m_per_s(double depth_m, double speed_limit_m_per_s) {
  const double mm = depth_m * 1000;
  if (mm <= 0) return speed_limit_m_per_s;
  if (mm >= 300) return 0;
  const double km_per_h = 0.0009 * mm * mm - 0.5529 * mm + 86.9448;
  return std::min(speed_limit_m_per_s, km_per_h / 3.6);
}

}  // namespace citytwin::risk
