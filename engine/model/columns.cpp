#include "engine/model/columns.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/model/names.hpp"

namespace citytwin {

namespace {

template <class Table>
using Named = std::pair<std::string_view, std::vector<double> Table::*>;

constexpr std::array<Named<Buildings>, 6> kBuildings{{{"height", &Buildings::height},
                                                      {"floor_area", &Buildings::floor_area},
                                                      {"value", &Buildings::value},
                                                      {"people", &Buildings::people},
                                                      {"floor_height", &Buildings::floor_height},
                                                      {"floodproof_depth", &Buildings::floodproof_depth}}};
constexpr std::array<Named<Facilities>, 2> kFacilities{
    {{"capacity", &Facilities::capacity}, {"floor_height", &Facilities::floor_height}}};
constexpr std::array<Named<ManagementCells>, 2> kCells{
    {{"population", &ManagementCells::population}, {"jobs", &ManagementCells::jobs}}};
constexpr std::array<Named<WaterBodies>, 1> kWater{{{"level", &WaterBodies::level}}};
constexpr std::array<Named<Needs>, 2> kNeeds{
    {{"threshold_depth", &Needs::threshold_depth}, {"backup_h", &Needs::backup_h}}};
constexpr std::array<Named<SewerNodes>, 12> kSewerNodes{{{"ground_level", &SewerNodes::ground_level},
                                                         {"invert_level", &SewerNodes::invert_level},
                                                         {"outfall_level", &SewerNodes::outfall_level},
                                                         {"inlet_count", &SewerNodes::inlet_count},
                                                         {"inlet_length", &SewerNodes::inlet_length},
                                                         {"inlet_area", &SewerNodes::inlet_area},
                                                         {"inlet_efficiency", &SewerNodes::inlet_efficiency},
                                                         {"storage_area", &SewerNodes::storage_area},
                                                         {"surcharge_depth", &SewerNodes::surcharge_depth},
                                                         {"catchment_area", &SewerNodes::catchment_area},
                                                         {"impervious_area", &SewerNodes::impervious_area},
                                                         {"roof_area", &SewerNodes::roof_area}}};
constexpr std::array<Named<SewerLinks>, 11> kSewerLinks{
    {{"full_depth", &SewerLinks::full_depth},
     {"width", &SewerLinks::width},
     {"barrels", &SewerLinks::barrels},
     {"length", &SewerLinks::length},
     {"roughness", &SewerLinks::roughness},
     {"from_offset", &SewerLinks::from_offset},
     {"to_offset", &SewerLinks::to_offset},
     {"pump_capacity", &SewerLinks::pump_capacity},
     {"pump_start_depth", &SewerLinks::pump_start_depth},
     {"pump_stop_depth", &SewerLinks::pump_stop_depth},
     {"discharge_coefficient", &SewerLinks::discharge_coefficient}}};

template <class Table, std::size_t N>
std::vector<double>* pick(Table& table, const std::array<Named<Table>, N>& named, std::string_view column) {
  for (const auto& [name, member] : named)
    if (name == column) return &(table.*member);
  return nullptr;
}

template <class Named>
bool lists(const Named& named, std::string_view column) {
  return std::any_of(named.begin(), named.end(), [&](const auto& entry) { return entry.first == column; });
}

std::vector<std::string> need_keys(const CityModel& model) {
  const Needs& needs = model.needs();
  std::vector<std::string> keys;
  for (std::size_t r = 0; r < needs.size(); ++r) {
    keys.push_back(model.facilities().origin.key[needs.facility[r].row()]);
    keys.back() += '/';
    keys.back() += name_of(needs.kind[r]);
  }
  return keys;
}

std::unordered_map<std::string, std::size_t> rows_by_key(const std::vector<std::string>& keys) {
  std::unordered_map<std::string, std::size_t> rows;
  rows.reserve(keys.size());
  for (std::size_t r = 0; r < keys.size(); ++r) rows.emplace(keys[r], r);
  return rows;
}

std::unordered_map<std::string, std::size_t> rows_of(const CityModel& model, std::string_view table) {
  if (table == "buildings") return rows_by_key(model.buildings().origin.key);
  if (table == "facilities") return rows_by_key(model.facilities().origin.key);
  if (table == "management_cells") return rows_by_key(model.management_cells().origin.key);
  if (table == "water_bodies") return rows_by_key(model.water_bodies().origin.key);
  if (table == "needs") return rows_by_key(need_keys(model));
  if (table == "sewer_nodes") return rows_by_key(model.sewers().nodes.origin.key);
  if (table == "sewer_links") return rows_by_key(model.sewers().links.origin.key);
  return {};
}

}  // namespace

std::vector<double>* column_of(Buildings& t, std::string_view c) { return pick(t, kBuildings, c); }
std::vector<double>* column_of(Facilities& t, std::string_view c) { return pick(t, kFacilities, c); }
std::vector<double>* column_of(ManagementCells& t, std::string_view c) { return pick(t, kCells, c); }
std::vector<double>* column_of(WaterBodies& t, std::string_view c) { return pick(t, kWater, c); }
std::vector<double>* column_of(Needs& t, std::string_view c) { return pick(t, kNeeds, c); }
std::vector<double>* column_of(SewerNodes& t, std::string_view c) { return pick(t, kSewerNodes, c); }
std::vector<double>* column_of(SewerLinks& t, std::string_view c) { return pick(t, kSewerLinks, c); }

bool has_column(std::string_view table, std::string_view column) {
  if (table == "buildings") return lists(kBuildings, column);
  if (table == "facilities") return lists(kFacilities, column);
  if (table == "management_cells") return lists(kCells, column);
  if (table == "water_bodies") return lists(kWater, column);
  if (table == "needs") return lists(kNeeds, column);
  if (table == "sewer_nodes") return lists(kSewerNodes, column);
  if (table == "sewer_links") return lists(kSewerLinks, column);
  return false;
}

std::optional<std::size_t> RowIndex::find(const CityModel& model, std::string_view table,
                                          const std::string& key) {
  auto rows = rows_.find(table);
  if (rows == rows_.end()) rows = rows_.emplace(std::string(table), rows_of(model, table)).first;
  const auto row = rows->second.find(key);
  if (row == rows->second.end()) return std::nullopt;
  return row->second;
}

}  // namespace citytwin
