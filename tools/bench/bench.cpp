#include "tools/bench/bench.hpp"

#include <ctime>

#include "engine/base/parallel.hpp"
#include "tools/bench/surface_water_bench.hpp"

namespace citytwin::bench {

namespace {

struct Bench {
  const char* name;
  std::vector<BenchResult> (*run)(const RunContext&);
};

constexpr Bench kBenches[] = {
    {"swe_first_order", swe_first_order},   {"swe_first_order_double", swe_first_order_double},
    {"swe_second_order", swe_second_order}, {"swe_second_order_double", swe_second_order_double},
    {"dry_skip_ratio", dry_skip_ratio},     {"lake", lake},
};

}  // namespace

double calibration_rate() {
  constexpr long kSteps = 50'000'000;
  const std::clock_t begin = std::clock();
  volatile double seed = 0.5;
  double x = seed;
  for (long n = 0; n < kSteps; ++n) x = x * 0.999999 + 1e-6;
  seed = x;
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  return static_cast<double>(kSteps) / 1e6 / seconds;
}

std::vector<std::string> bench_names() {
  std::vector<std::string> names;
  for (const Bench& bench : kBenches) names.emplace_back(bench.name);
  return names;
}

Result<std::vector<BenchResult>> run_benches(const std::vector<std::string>& names, int threads,
                                             const std::atomic<bool>* stop) {
  std::string known;
  for (const Bench& bench : kBenches) known += (known.empty() ? "" : ", ") + std::string(bench.name);
  for (const std::string& name : names) {
    bool found = false;
    for (const Bench& bench : kBenches) found = found || name == bench.name;
    if (!found)
      return Result<std::vector<BenchResult>>::failure("bench.unknown_name", {},
                                                       {{"name", name}, {"known", known}});
  }
  set_thread_count(threads);
  RunContext context;
  context.stop = stop;
  std::vector<BenchResult> results;
  for (const Bench& bench : kBenches) {
    bool wanted = names.empty();
    for (const std::string& name : names) wanted = wanted || name == bench.name;
    if (!wanted) continue;
    context.check_stop();
    const double calibration = calibration_rate();
    for (BenchResult& result : bench.run(context)) {
      result.threads = thread_count();
      result.calibration = calibration;
      results.push_back(std::move(result));
    }
  }
  return results;
}

}  // namespace citytwin::bench
