// What walls along a line share, whether they stand for good or for a time.
#pragma once

#include "engine/base/result.hpp"
#include "scenarios/measures/built_on.hpp"
#include "scenarios/measures/measure.hpp"

namespace citytwin::scenarios {

// "along", "height_m" up to `highest` [m] and "crest_level_m".
[[nodiscard]] ParameterTable wall_line(double highest);
// A wall on "along": where it is, its length at "cost_per_m", and its height or crest in words. Errors:
// measure.wall_height_or_crest unless just one of the two is given.
[[nodiscard]] Result<MeasureOutcome> wall_along(const MeasureInput& input);
// Arguments of sentences about what it cuts through: "streets" and "buildings".
[[nodiscard]] TextArgs counted(const Crossed& found);

}  // namespace citytwin::scenarios
