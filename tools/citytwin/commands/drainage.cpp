#include <fmt/format.h>

#include <memory>

#include "scenarios/standalone/drainage.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

void add_drainage(CLI::App& app, const Globals& globals, Chosen& chosen) {
  constexpr double kShortest = 0.1, kLongest = 3600;  // [s]
  auto* command = app.add_subcommand("drainage", "Run an EPA SWMM 5 project (.inp) alone");
  auto file = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  auto runoff = std::make_shared<std::string>("straight");
  auto step = std::make_shared<double>(drainage::StepControl{}.longest);
  command->add_option("project", *file, "project file (.inp)")->required();
  command->add_option("-o,--out", *out, "folder to write")->required();
  command->add_option("--step-s", *step, "longest step of the hydraulics in seconds")
      ->check(number_in(kShortest, kLongest));
  command
      ->add_option("--runoff", *runoff,
                   "how runoff goes between its steps: straight (as SWMM) or conserving (no volume error)")
      ->check(CLI::IsMember({"straight", "conserving"}));
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      scenarios::DrainageRun run;
      run.steps.longest = *step;
      if (*runoff == "conserving") run.runoff = drainage::Interpolation::conserving;
      const auto result = scenarios::run_drainage(*file, *out, run, terminal_context(globals.memory_gb));
      print_diagnostics(result.diagnostics());
      if (!result.ok()) return exit_code_of(result.diagnostics());
      print(result->headline);
      print(fmt::format("{}/summary.json", result->out.string()));
      return result->status == RunStatus::failed ? kExitFailed : kExitGood;
    };
  });
}

}  // namespace citytwin::tools
