#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "tools/bench/bench.hpp"
#include "tools/bench/drainage_bench.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

void print_json(const std::vector<bench::BenchResult>& results) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& r : results)
    list.push_back({{"name", r.name},
                    {"value", r.value},
                    {"unit", r.unit},
                    {"threads", r.threads},
                    {"calibration", r.calibration}});
  print(list.dump(1));
}

void print_table(const std::vector<bench::BenchResult>& results) {
  for (const auto& r : results)
    print(fmt::format("{:<32} {:>12.4g} {:<28} {} thread{}  (calibration {:.4g})", r.name, r.value, r.unit,
                      r.threads, r.threads == 1 ? " " : "s", r.calibration));
}

}  // namespace

void add_bench(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("bench", "How fast the parts are on this machine");
  auto names = std::make_shared<std::vector<std::string>>();
  auto threads = std::make_shared<int>(0);
  auto json = std::make_shared<bool>(false);
  auto project = std::make_shared<std::string>();
  command->add_option("names", *names, "benches or groups (flood, drainage) to run (default: all)");
  command->add_option("--threads", *threads, "at most this many threads (default: all cores)")
      ->check(number_in(1, kMostThreads));
  command->add_option("--case", *project, "instead, run this EPA SWMM 5 project (.inp) and say what it took");
  command->add_flag("--json", *json, "for programs");
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      const RunContext context = terminal_context(globals.memory_gb);
      const auto results = project->empty() ? bench::run_benches(*names, *threads, context.stop)
                                            : bench::drainage_case(*project, context);
      print_diagnostics(results.diagnostics());
      if (!results.ok()) return kExitBadInput;
      *json ? print_json(*results) : print_table(*results);
      return kExitGood;
    };
  });
}

}  // namespace citytwin::tools
