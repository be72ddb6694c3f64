#include <fmt/format.h>

#include <memory>

#include "gis/generate/generate.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/city_output.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

constexpr double kLargestSeed = 1e18;  // a round number that 64 bits hold

}  // namespace

void add_generate(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand("generate", "Make a procedural city from a seed and a population");
  auto options = std::make_shared<gis::GenerateOptions>();
  auto out = std::make_shared<std::string>();
  command->add_option("--population", options->population, "people")
      ->check(number_in(10'000, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "same seed, same city")
      ->check(number_in(0, kLargestSeed))
      ->capture_default_str();
  command->add_option("--water", options->water, "river, coast, or auto (from the seed)")
      ->check(CLI::IsMember({"auto", "river", "coast"}))
      ->capture_default_str();
  command->add_option("--terrain-cell-m", options->terrain_cell_m, "spacing of the terrain")
      ->check(number_in(2, 100))
      ->capture_default_str();
  command->add_option("--name", options->name, "name of the city");
  auto no_sewers = std::make_shared<bool>(false);
  command->add_flag("--no-sewers", *no_sewers, "a city without sewers");
  command->add_option("-o,--out", *out, "city file to write (GeoPackage)")->required();
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] {
      const RunContext context = terminal_context(globals.memory_gb);
      const auto target = gis::check_city_target(*out);
      print_diagnostics(target.diagnostics());
      if (!target.ok()) return kExitBadInput;
      options->sewers = !*no_sewers;
      options->data_folder = scenarios::data_folder();
      const auto city = gis::generate_city(*options, context);
      print_diagnostics(city.diagnostics());
      if (!city.ok()) return kExitBadInput;
      return write_and_tell(*city, *out, context);
    };
  });
}

}  // namespace citytwin::tools
