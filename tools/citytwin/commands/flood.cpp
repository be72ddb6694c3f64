#include <fmt/format.h>

#include <memory>

#include "scenarios/core/text.hpp"
#include "scenarios/standalone/flood.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

void add_flood(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("flood", "Run the surface-water solver alone on an elevation raster");
  auto file = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  auto threads = std::make_shared<int>(0);
  auto set = std::make_shared<std::vector<std::string>>();
  command->add_option("case", *file, "case file (TOML)")->required();
  command->add_option("-o,--out", *out, "folder to write")->required();
  command
      ->add_option("--threads", *threads, "worker threads (default: all cores); results do not depend on it")
      ->check(number_in(1, kMostThreads));
  command->add_option("--set", *set, "override a key, e.g. manning=0.05")->allow_extra_args(false);
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      const auto result =
          scenarios::run_flood_case(*file, *out, *threads, *set, terminal_context(globals.memory_gb));
      print_diagnostics(result.diagnostics());
      if (!result.ok()) return exit_code_of(result.diagnostics());
      print(result->headline);
      print(fmt::format("{}/summary.json", result->out.string()));
      return result->status == RunStatus::failed ? kExitFailed : kExitGood;
    };
  });
}

}  // namespace citytwin::tools
