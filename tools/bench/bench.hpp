// `citytwin bench`: how fast the parts are, each beside the rate of a fixed loop on the same machine, so that
// figures of different days and machines can be compared.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"

namespace citytwin::bench {

struct BenchResult {
  std::string name;
  double value = 0;
  std::string unit;
  int threads = 0;
  double calibration = 0;  // rate of the fixed loop just before [1e6 additions / CPU-s]
};

// Names of all benches, in the order in which they run.
[[nodiscard]] std::vector<std::string> bench_names();

// Runs `names` (of benches or of groups, such as "flood"; empty = all) with at most `threads` threads (0 =
// all cores). Errors: bench.unknown_name, with the nearest known names as argument `known`. Throws Stopped
// soon after *stop has become true.
[[nodiscard]] Result<std::vector<BenchResult>> run_benches(const std::vector<std::string>& names, int threads,
                                                           const std::atomic<bool>* stop = nullptr);

// Million steps per CPU second of a fixed chain of dependent multiply-adds, one thread.
[[nodiscard]] double calibration_rate();

}  // namespace citytwin::bench
