#include "tools/bench/bench.hpp"

#include <ctime>
#include <iterator>

#include "engine/base/parallel.hpp"
#include "tools/bench/drainage_bench.hpp"
#include "tools/bench/surface_water_bench.hpp"

namespace citytwin::bench {

namespace {

struct Bench {
  const char* group;
  const char* name;
  std::vector<BenchResult> (*run)(const RunContext&);
};

constexpr Bench kBenches[] = {
    {"flood", "swe_first_order", swe_first_order},
    {"flood", "swe_first_order_double", swe_first_order_double},
    {"flood", "swe_second_order", swe_second_order},
    {"flood", "swe_second_order_double", swe_second_order_double},
    {"flood", "local_inertia", local_inertia},
    {"flood", "local_inertia_double", local_inertia_double},
    {"flood", "lake", lake},
    {"flood", "dry_skip_ratio", dry_skip_ratio},
    {"flood", "all_dry_step_ms", all_dry_step_ms},
    {"flood", "scaling_2_threads", scaling_2_threads},
    {"drainage", "sewer_link_trial_us", sewer_link_trial},
};

bool is_called(const Bench& bench, const std::string& name) {
  return bench.name == name || bench.group == name;
}

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
  for (const Bench& bench : kBenches) {
    if (known.find(bench.group) == std::string::npos) known += std::string(bench.group) + ", ";
    known += bench.name;
    if (&bench != std::end(kBenches) - 1) known += ", ";
  }
  for (const std::string& name : names) {
    bool found = false;
    for (const Bench& bench : kBenches) found = found || is_called(bench, name);
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
    for (const std::string& name : names) wanted = wanted || is_called(bench, name);
    if (!wanted) continue;
    context.check_stop();
    const double calibration = calibration_rate();
    for (BenchResult& result : bench.run(context)) {
      if (result.threads == 0) result.threads = thread_count();
      result.calibration = calibration;
      results.push_back(std::move(result));
    }
  }
  return results;
}

}  // namespace citytwin::bench
