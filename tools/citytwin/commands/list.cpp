#include <memory>

#include "scenarios/core/run.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

void add_list(CLI::App& app, const Globals& /*globals*/, Chosen& chosen) {
  auto* command =
      app.add_subcommand("list", "What can be said, and every key of a file: scenario, case, recipe");
  auto what = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("what", *what, "measures, events, projections, domains, scenario, case or recipe");
  command->add_flag("--json", *json, "for programs");
  command->callback([=, &chosen] {
    chosen = [=] {
      if (what->empty()) {
        print_error(scenarios::text("list.which"));
        return kExitBadInput;
      }
      const auto listed = scenarios::list_declared(*what, *json);
      print_diagnostics(listed.diagnostics());
      if (!listed.ok()) return kExitBadInput;
      print(*listed);
      return kExitGood;
    };
  });
}

}  // namespace citytwin::tools
