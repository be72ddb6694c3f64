// Benches of the surface-water solver on cases generated here.
#pragma once

#include "tools/bench/bench.hpp"

namespace citytwin::bench {

// Wavy dam break: 1000 x 1000 cells of 5 m, ground 0.3 sin sin, level 3 m | 2 m, n 0.03, closed, all cells
// wet: million cell-steps per CPU second, in numbers of 32 and of 64 bits.
std::vector<BenchResult> swe_first_order(const RunContext& context);
std::vector<BenchResult> swe_first_order_double(const RunContext& context);
std::vector<BenchResult> swe_second_order(const RunContext& context);
std::vector<BenchResult> swe_second_order_double(const RunContext& context);
std::vector<BenchResult> local_inertia(const RunContext& context);
std::vector<BenchResult> local_inertia_double(const RunContext& context);
// The same water on a tenth of the grid, the rest dry plateau: CPU time per step against that of the wet
// tenth alone; 1 = dry cells cost nothing.
std::vector<BenchResult> dry_skip_ratio(const RunContext& context);
// 4000 x 2500 dry cells: milliseconds of CPU per step.
std::vector<BenchResult> all_dry_step_ms(const RunContext& context);
// First order on the wavy dam break with 1 and with 2 threads: million cell-steps per second of wall time
// with 2
// (`scaling_2_threads`), and how many times as fast that is as with 1 (`speed_up_2_threads`).
std::vector<BenchResult> scaling_2_threads(const RunContext& context);
// A lake at rest over the same ground: million cell-steps per CPU second.
std::vector<BenchResult> lake(const RunContext& context);

}  // namespace citytwin::bench
