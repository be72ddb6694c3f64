// The keys of a recipe, declared once: its parser and `citytwin list recipe` are made from these tables.
#pragma once

#include "engine/model/parameters.hpp"

namespace citytwin::gis {

[[nodiscard]] const ParameterTable& recipe_table();         // the file's own keys
[[nodiscard]] const ParameterTable& recipe_source_table();  // of each [[source]]
// What may stand last in a key of [needs]: <kind or key of a facility>.<need>.<one of these>.
[[nodiscard]] const ParameterTable& recipe_need_table();

// What a [[source]] may be: osm, dem ...
[[nodiscard]] const std::vector<std::string>& source_kinds();

// The entry of `key`, or nullptr.
[[nodiscard]] const Parameter* find_parameter(const ParameterTable& table, std::string_view key);

}  // namespace citytwin::gis
