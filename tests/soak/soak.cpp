// Does a process that lives long stay small? Two watches, both on the bytes the program holds (mallinfo2),
// which, unlike resident memory, are the same from one round to the next unless something is kept:
//  1. One process makes a city, runs, compares, explains, is stopped and is refused, again and again: after
//  the
//     rounds that fill caches (GDAL, PROJ, the text catalogue) nothing may be left of a round.
//  2. One run goes on long after its storm: what it holds may grow only with what its checkpoint says it must
//     remember (series, display tiles, hash trace).
// Usage: soak [--seconds N]
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/domains/registry.hpp"
#include "engine/sim/simulation.hpp"
#include "gis/generate/generate.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/text.hpp"

using namespace citytwin;
namespace fs = std::filesystem;

namespace {

constexpr int kWarmRounds = 3;         // the second still fills caches that the first one made
constexpr double kRoundGrowth = 4096;  // [B] that a round may leave behind, as a mean over the watched rounds
constexpr double kRunGrowth = 256e3;   // [B] beside what a long run records
const std::string kCoarse = "grid.cell_m=40";

class Clock {
 public:
  explicit Clock(double seconds) : seconds_(seconds) {}
  [[nodiscard]] bool over() const { return passed() >= seconds_; }
  [[nodiscard]] double passed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  double seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

double held_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

long entries(const char* folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

struct Held {
  double bytes = held_bytes();
  long files = entries("/proc/self/fd");
  long threads = entries("/proc/self/task");
};

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("citytwin_soak_" + std::to_string(getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

template <class T>
T must(Result<T> result, const char* what) {
  if (result) return *std::move(result);
  std::string why = what;
  for (const Diagnostic& d : result.diagnostics().items()) why += "\n  " + scenarios::sentence(d);
  throw std::runtime_error(why);
}

void must_fail(bool ok, const char* what) {
  if (ok) throw std::runtime_error(std::string(what) + " was not refused");
}

void make_city(const fs::path& file, std::uint64_t seed) {
  gis::GenerateOptions options;
  options.population = 10'000;
  options.seed = seed;
  options.data_folder = scenarios::data_folder();
  must(gis::write_city(must(gis::generate_city(options, {}), "generate"), file, {}), "write the city");
}

// A user who stops in the middle of the run.
void stop_a_run(const scenarios::RunOptions& options) {
  std::atomic<bool> stop = false;
  RunContext context;
  context.stop = &stop;
  context.progress = [&](std::string_view stage, double fraction) {
    if (stage == "stage.run" && fraction > 0.3) stop = true;
  };
  try {
    (void)scenarios::run_scenario(options, context);
  } catch (const Stopped&) {
    return;
  }
  throw std::runtime_error("a stopped run went on");
}

// Everything once: what the window or a batch does for each scenario, and what goes wrong in between.
void round(const fs::path& place) {
  const fs::path city = place / "city.gpkg";
  make_city(city, 3);
  scenarios::RunOptions options;
  options.city = city;
  options.set = {kCoarse, "run.duration_h=1"};
  options.scenario = "cloudburst";
  options.out = place / "a";
  must(scenarios::run_scenario(options, {}), "run A");
  options.set.emplace_back("event.1.depth_mm=110");
  options.out = place / "b";
  must(scenarios::run_scenario(options, {}), "run B");
  must(scenarios::compare_runs(place / "a", place / "b", place / "c", {}), "compare");
  must(scenarios::rewrite_report(place / "a", {}), "report");
  (void)scenarios::explain(place / "b", "grid", "");
  stop_a_run(options);
  options.set.emplace_back("grid.cell_m=-1");
  must_fail(scenarios::run_scenario(options, {}).ok(), "a grid of negative cells");
  must_fail(scenarios::compare_runs(place / "a", place / "nowhere", place / "c", {}).ok(), "a missing run");
}

bool watch_rounds(const fs::path& place, const Clock& clock) {
  Held warm;
  int rounds = 0;
  while (!clock.over() || rounds < 2 * kWarmRounds) {
    round(place);
    if (++rounds == kWarmRounds) warm = {};
  }
  const Held now;
  const double each = (now.bytes - warm.bytes) / (rounds - kWarmRounds);
  std::printf(
      "soak: %d rounds in %.0f s: holds %.3f -> %.3f MB (%.0f B a round), %ld -> %ld open files, %ld -> %ld "
      "threads\n",
      rounds, clock.passed(), warm.bytes / 1e6, now.bytes / 1e6, each, warm.files, now.files, warm.threads,
      now.threads);
  return each <= kRoundGrowth && now.files <= warm.files && now.threads <= warm.threads;
}

RunInput long_run(const fs::path& place) {
  const auto file =
      must(scenarios::read_scenario("cloudburst", {kCoarse, "run.duration_h=2400"}), "read the scenario");
  auto city =
      std::make_shared<const CityModel>(must(gis::read_city(place / "city.gpkg", {}), "read the city"));
  return must(scenarios::plan(file, city), "plan").input;
}

bool watch_run(const fs::path& place, const Clock& clock) {
  RunInput input = long_run(place);
  std::vector<std::unique_ptr<Domain>> domains;
  for (const std::string& name : input.spec.domains) domains.push_back(make_domain(name));
  const auto simulation = must(Simulation::create(std::move(input), std::move(domains), {}), "start the run");
  const auto remembers = [&] { return static_cast<double>(simulation->checkpoint().size()); };
  const double empty = remembers();
  double first = 0;
  while (!clock.over() && !simulation->finished()) {
    simulation->step({});
    // Watched from the end of the storm on: until then more and more ground is wet.
    if (first == 0 && simulation->now() >= SimTime::from_seconds(6 * 3600)) first = held_bytes();
  }
  if (first == 0) throw std::runtime_error("the long run did not outlast its storm: give it more seconds");
  const double grown = held_bytes() - first;
  // A vector holds at most twice what is in it.
  const double recorded = 2 * (remembers() - empty);
  std::printf(
      "soak: a run of %.0f h in %.0f s: grew by %.3f MB since its storm; its record explains %.3f MB\n",
      simulation->now().seconds() / 3600, clock.passed(), grown / 1e6, recorded / 1e6);
  return grown <= recorded + kRunGrowth;
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc == 3 && std::string_view(argv[1]) == "--seconds" ? std::atof(argv[2]) : 300;
  try {
    const TemporaryFolder place;
    const bool rounds = watch_rounds(place.path, Clock(0.6 * seconds));
    const bool run = watch_run(place.path, Clock(0.4 * seconds));
    if (!rounds || !run) std::fprintf(stderr, "soak: it grows\n");
    return rounds && run ? 0 : 1;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "soak: %s\n", problem.what());
    return 1;
  }
}
