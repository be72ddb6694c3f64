// Parameters that measures share which keep rain on or under a share of the ground.
#pragma once

#include <string>

#include "engine/model/parameters.hpp"
#include "scenarios/measures/measure.hpp"

namespace citytwin::scenarios {

[[nodiscard]] Parameter share_of_ground(std::string words, double value, std::string source);
[[nodiscard]] Parameter millimetres(std::string key, std::string words, double value, double max,
                                    std::string source);
[[nodiscard]] Parameter rate_mm_per_h(std::string key, std::string words, double value, std::string source);
[[nodiscard]] Parameter cost_per_m2(std::string words, double value, std::string source);

// A share of the open ground of "area" that keeps water: storage, intake and sinks as `area` has them.
// `decimals`: of the share in words.
[[nodiscard]] MeasureOutcome ground_that_keeps(const MeasureInput& input, RetentionArea area, int decimals);

inline constexpr double kMillimetre = 1e-3, kMillimetrePerHour = 1e-3 / 3600;  // in SI

}  // namespace citytwin::scenarios
