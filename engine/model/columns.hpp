// The number columns that edits may change, by the names used in the city file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

// Row of a key; a need's key is "<facility key>/<need kind>".
[[nodiscard]] std::optional<std::size_t> find_row(const CityModel& model, std::string_view table,
                                                  std::string_view key);

}  // namespace citytwin
