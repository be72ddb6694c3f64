// The number columns that edits may change, by the names used in the city file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin {

[[nodiscard]] bool has_column(std::string_view table, std::string_view column);

// nullptr if the table has no such column.
[[nodiscard]] std::vector<double>* column_of(Buildings& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(Facilities& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(ManagementCells& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(WaterBodies& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(Needs& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(SewerNodes& table, std::string_view column);
[[nodiscard]] std::vector<double>* column_of(SewerLinks& table, std::string_view column);

// Rows by key, looked up once per table: a measure may name every building of a city. A need's key is
// "<facility key>/<need kind>". Valid for one model and for those that share its keys.
class RowIndex {
 public:
  [[nodiscard]] std::optional<std::size_t> find(const CityModel& model, std::string_view table,
                                                const std::string& key);
  void forget() { rows_.clear(); }  // after a row was added

 private:
  std::map<std::string, std::unordered_map<std::string, std::size_t>, std::less<>> rows_;
};

}  // namespace citytwin
