// What fixed and mobile pumps share.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "scenarios/measures/measure.hpp"

namespace citytwin::scenarios {

// "at", "to", "on_depth_m" and "off_depth_m".
void declare_pumping(ParameterTable& table);
// A pump of `capacity` [m3/s] that switches itself by the depth over the ground at its place. Errors:
// measure.pump_levels, measure.no_ground_there.
[[nodiscard]] Result<HydraulicStructure> pump_of(const MeasureInput& input, double capacity);
// Where it is, and where its water goes in words.
void place_pump(const HydraulicStructure& pump, MeasureOutcome& out);

}  // namespace citytwin::scenarios
