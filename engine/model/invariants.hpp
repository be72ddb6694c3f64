// What every city holds, whatever it came from; build_city() refuses tables that do not.
#pragma once

#include "engine/base/diagnostics.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin {

// Columns of equal length, unique non-empty keys, ids in range, finite coordinates, rings of at least three
// points, link ends on their junctions, no negative height, area, people or value.
// At most a few findings per table and rule, each naming table, key and column.
[[nodiscard]] Diagnostics check_invariants(const CityTables& tables);

}  // namespace citytwin
