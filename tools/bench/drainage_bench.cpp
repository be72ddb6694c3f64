#include "tools/bench/drainage_bench.hpp"

#include <cmath>
#include <ctime>

#include <fmt/format.h>

#include "engine/drainage/calendar.hpp"
#include "engine/drainage/network_flow.hpp"
#include "gis/readers/swmm_inp.hpp"

namespace citytwin::bench {

namespace {

using drainage::Index;
using drainage::Network;

constexpr int kSide = 45;
constexpr double kSpacing = 60, kSlope = 0.004;  // [m], [-]

void add_pipe(Network& network, Index from, Index to, double diameter) {
  drainage::Link link;
  link.key = fmt::format("C{}", network.links.size());
  link.from = from;
  link.to = to;
  link.section.shape = drainage::Shape::circular;
  link.section.full_depth = diameter;
  link.conduit.length = kSpacing;
  link.conduit.roughness = 0.013;
  network.links.push_back(link);
}

// Streets run west into a trunk along the first column, the trunk south to an outfall; every fifth column
// joins the streets.
Network town() {
  Network network;
  for (int j = 0; j < kSide; ++j)
    for (int i = 0; i < kSide; ++i) {
      drainage::Node node;
      node.key = fmt::format("J{}", j * kSide + i);
      node.invert = 10 + kSlope * kSpacing * (i + j);
      node.max_depth = 3;
      network.nodes.push_back(node);
    }
  drainage::Node outfall;
  outfall.key = "O";
  outfall.kind = drainage::NodeKind::outfall;
  outfall.invert = 10 - kSlope * kSpacing;
  network.nodes.push_back(outfall);
  const auto at = [](int i, int j) { return static_cast<Index>(j * kSide + i); };
  for (int j = 0; j < kSide; ++j)
    for (int i = 0; i < kSide; ++i) {
      if (i > 0) add_pipe(network, at(i, j), at(i - 1, j), 0.3 + 0.1 * std::sqrt(kSide - i));
      if (i == 0 && j > 0) add_pipe(network, at(0, j), at(0, j - 1), 0.6 + 0.3 * std::sqrt(kSide - j));
      if (i > 0 && j > 0 && i % 9 == 0) add_pipe(network, at(i, j), at(i, j - 1), 0.4);
    }
  add_pipe(network, at(0, 0), static_cast<Index>(kSide * kSide), 0.6 + 0.3 * std::sqrt(kSide));
  return network;
}

double cpu_since(std::clock_t begin) { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; }

}  // namespace

std::vector<BenchResult> sewer_link_trial(const RunContext& context) {
  constexpr double kStep = 10, kDuration = 7200, kPeak = 0.012;  // [s], [s], [m3/s per manhole]
  const Network network = town();
  drainage::DynamicWave wave(network);
  double trials = 0, cpu = 0;
  for (double t = 0; t < kDuration; t += kStep) {
    context.check_stop();
    const double inflow = kPeak * std::max(0.0, 1 - std::abs(t - 1800) / 1800) + 1e-4;
    for (Index n = 0; n < kSide * kSide; ++n) wave.set_inflow(n, inflow);
    const std::clock_t begin = std::clock();
    trials += wave.step(kStep).trials;
    cpu += cpu_since(begin);
  }
  const double link_trials = trials * static_cast<double>(network.links.size());
  return {{"sewer_link_trial_us", 1e6 * cpu / link_trials, "us of CPU", 1, 0}};
}

Result<std::vector<BenchResult>> drainage_case(const std::filesystem::path& project,
                                               const RunContext& context) {
  using Results = std::vector<BenchResult>;
  const auto network = gis::read_swmm_inp(project);
  if (!network) return Result<Results>(network.diagnostics());
  const double calibration = calibration_rate();
  const double end = (network->options.end_date - network->options.start_date) * drainage::kSecondsPerDay;
  const std::clock_t begin = std::clock();
  drainage::NetworkFlow flow(*network, end);
  const double report = network->options.report_step;
  for (double t = report; flow.now() < end; t += report) {
    context.check_stop();
    flow.advance_to(std::min(t, end));
  }
  const double cpu = cpu_since(begin);
  const auto& work = flow.work();
  Results results;
  const auto add = [&](const char* name, double value, const char* unit) {
    results.push_back({name, value, unit, 1, calibration});
  };
  add("drainage_cpu_s", cpu, "s of CPU");
  add("drainage_steps", static_cast<double>(work.steps), "");
  add("drainage_trials", static_cast<double>(work.trials), "");
  add("sewer_link_trial_us", 1e6 * cpu / static_cast<double>(std::max<std::int64_t>(work.link_trials, 1)),
      "us of CPU");
  add("drainage_routing_error", 100 * flow.wave().continuity_error(), "%");
  if (flow.runoff() != nullptr) add("drainage_runoff_error", 100 * flow.runoff()->balance().error(), "%");
  return Result<Results>(std::move(results), network.diagnostics());
}

}  // namespace citytwin::bench
