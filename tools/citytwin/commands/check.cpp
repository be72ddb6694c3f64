#include <memory>

#include "gis/build/check_format.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

void add_check(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "check", "What is in a city file, where it came from, and what to know before trusting it");
  auto file = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("city", *file, "city file")->required();
  command->add_flag("--json", *json, "for programs");
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      const auto city = gis::read_city(*file, terminal_context(globals.memory_gb));
      print_diagnostics(city.diagnostics());
      if (!city.ok()) return kExitBadInput;
      const gis::CheckReport report = gis::check_city(*city);
      const auto sentence = [](const std::string& code, const scenarios::TextArgs& args) {
        return scenarios::text(code, args);
      };
      print(*json ? gis::check_to_json(*city, report, sentence)
                  : gis::check_to_text(*city, report, sentence));
      return kExitGood;
    };
  });
}

}  // namespace citytwin::tools
