#include <fmt/format.h>

#include <memory>

#include "scenarios/core/run.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

int exit_code(RunStatus status) {
  switch (status) {
    case RunStatus::failed:
      return kExitFailed;
    case RunStatus::stopped:
      return kExitStopped;
    default:
      return kExitGood;
  }
}

}  // namespace

void add_run(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("run", "Run a scenario and write its report");
  auto options = std::make_shared<scenarios::RunOptions>();
  auto scenario = std::make_shared<std::string>();
  auto city = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  command->add_option("scenario", *scenario, "scenario file (TOML)")->required();
  command->add_option("--city", *city, "city file (default: the scenario's)");
  command->add_option("-o,--out", *out, "folder to write (default: out/<scenario name>)");
  command
      ->add_option("--threads", options->threads,
                   "worker threads (default: all cores); results do not depend on it")
      ->check(number_in(1, kMostThreads));
  command->add_option("--set", options->set, "override a parameter, e.g. grid.cell_m=10")
      ->allow_extra_args(false);
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      options->scenario = *scenario;
      options->city = *city;
      options->out = *out;
      options->command_line = globals.command_line;
      const auto result = scenarios::run_scenario(*options, terminal_context(globals.memory_gb));
      print_diagnostics(result.diagnostics());
      if (!result.ok()) return exit_code_of(result.diagnostics());
      if (result->status == RunStatus::stopped) {
        print_error(scenarios::text("cli.stopped"));
        return kExitStopped;
      }
      print(result->headline);
      print(fmt::format("{}/report.html", result->out.string()));
      return exit_code(result->status);
    };
  });
}

}  // namespace citytwin::tools
