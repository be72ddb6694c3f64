// Internal to engine/model: what sewers hold in every city.
#pragma once

#include <string_view>

#include "engine/base/diagnostics.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin {

// Levels are any finite number, everything else is not negative; an inlet's efficiency is at most 1.
[[nodiscard]] bool good_sewer_value(std::string_view column, double value);

// The first column whose value no city may have, or nullptr: geometry and references are checked apart.
[[nodiscard]] const char* first_bad_column(const SewerNode& node);
[[nodiscard]] const char* first_bad_column(const SewerLink& link);

// Columns of equal length, unique keys, live references, lines that begin and end at their nodes, inverts
// below the ground, at most one link at an outfall, and a network whose references are all alive.
void check_sewers(const CityTables& tables, Diagnostics& out);

}  // namespace citytwin
