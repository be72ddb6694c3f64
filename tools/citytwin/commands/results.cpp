// compare, report, why: commands on the output folders of runs.
#include <fmt/format.h>

#include <memory>

#include "scenarios/core/run.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

int finish(const Result<scenarios::RunSummary>& result) {
  print_diagnostics(result.diagnostics());
  if (!result.ok()) return exit_code_of(result.diagnostics());
  if (!result->headline.empty()) print(result->headline);
  print(fmt::format("{}/report.html", result->out.string()));
  return kExitGood;
}

}  // namespace

void add_compare(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("compare", "Two runs side by side, with differences");
  auto a = std::make_shared<std::string>();
  auto b = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  command->add_option("a", *a, "output folder of the first run")->required();
  command->add_option("b", *b, "output folder of the second run")->required();
  command->add_option("-o,--out", *out, "folder to write")->required();
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      return finish(scenarios::compare_runs(*a, *b, *out, terminal_context(globals.memory_gb)));
    };
  });
}

void add_report(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("report", "Make the report of a run again from its files");
  auto out = std::make_shared<std::string>();
  command->add_option("out", *out, "output folder of the run")->required();
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      return finish(scenarios::rewrite_report(*out, terminal_context(globals.memory_gb)));
    };
  });
}

void add_why(CLI::App& app, const Globals& /*globals*/, Chosen& chosen) {
  auto* command = app.add_subcommand("why", "Why did this asset stop? The chain of causes back to the roots");
  auto out = std::make_shared<std::string>();
  auto asset = std::make_shared<std::string>();
  auto at = std::make_shared<std::string>();
  command->add_option("out", *out, "output folder of the run")->required();
  command
      ->add_option("--asset", *asset,
                   "key of the asset as in facilities.csv or roads.csv, e.g. hospital/1 or link/3")
      ->required();
  command->add_option(
      "--at", *at,
      "time of day (h:mm), hours after the start (1.5h), or a local time (default: when it was worst)");
  command->callback([=, &chosen] {
    chosen = [=] {
      const auto answer = scenarios::explain(*out, *asset, *at);
      print_diagnostics(answer.diagnostics());
      if (!answer.ok()) return kExitBadInput;
      print(*answer);
      return kExitGood;
    };
  });
}

}  // namespace citytwin::tools
