// Benches of the sewer hydraulics: on a network generated here, and on a project of the user's.
#pragma once

#include <filesystem>

#include "tools/bench/bench.hpp"

namespace citytwin::bench {

// 45 x 45 manholes, 2,213 pipes with loops, two hours with a storm that surcharges the trunk, hydraulics
// alone: microseconds of CPU per link and trial (`sewer_link_trial_us`).
std::vector<BenchResult> sewer_link_trial(const RunContext& context);

// An EPA SWMM 5 project run to its end with the default steps: CPU seconds, steps, trials, microseconds per
// link and trial, continuity errors. Errors: swmm.*.
[[nodiscard]] Result<std::vector<BenchResult>> drainage_case(const std::filesystem::path& project,
                                                             const RunContext& context);

}  // namespace citytwin::bench
