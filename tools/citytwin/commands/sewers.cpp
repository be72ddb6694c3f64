#include <algorithm>
#include <memory>
#include <string>

#include "gis/build/sewers.hpp"
#include "gis/generate/sewers/synthesise_sewers.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/city_output.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

struct SewerArguments {
  std::string city, out, inp, crs;
  ParameterValues design;
};

// "--rain-15min-mm-per-h" of the key rain_15min_mm_per_h.
std::string option_of(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

int add_sewers(const SewerArguments& a, const RunContext& context) {
  const auto target = gis::check_city_target(a.out);
  print_diagnostics(target.diagnostics());
  if (!target.ok()) return kExitBadInput;
  const auto city = gis::read_city(a.city, context);
  print_diagnostics(city.diagnostics());
  if (!city.ok()) return kExitBadInput;
  CityTables tables = tables_of(*city);
  ParameterValues design = a.design;
  fill_defaults(gis::sewer_design_table(), design);
  const auto added = a.inp.empty() ? gis::synthesise_sewers(tables, gis::sewer_design(design), context)
                                   : gis::import_swmm_sewers(tables, a.inp, a.crs);
  print_diagnostics(added.diagnostics());
  if (!added.ok()) return kExitBadInput;
  const auto sealed = build_city(std::move(tables));
  print_diagnostics(sealed.diagnostics());
  if (!sealed.ok()) return kExitBadInput;
  return write_and_tell(*sealed, a.out, context);
}

}  // namespace

void add_sewers(CLI::App& app, const Globals& globals, Chosen& chosen) {
  auto* command = app.add_subcommand(
      "sewers", "Give a city sewers: synthesised for a design storm, or a modeller's (EPA SWMM .inp)");
  auto a = std::make_shared<SewerArguments>();
  command->add_option("city", a->city, "city file")->required();
  auto* inp =
      command->add_option("--inp", a->inp, "EPA SWMM 5 project (.inp) instead of a synthesised network");
  auto* crs = command->add_option("--crs", a->crs, "reference system of the project's map: EPSG:n, or local");
  inp->needs(crs);
  crs->needs(inp);
  for (const Parameter& parameter : gis::sewer_design_table()) {
    auto* option = command->add_option_function<double>(
        option_of(parameter.key), [a, key = parameter.key](double value) { a->design.set(key, value); },
        parameter.text);
    option->check(number_in(parameter.min, parameter.max))
        ->default_str(CLI::detail::to_string(std::get<double>(parameter.default_value)))
        ->excludes(inp);
  }
  command->add_option("-o,--out", a->out, "city file to write (GeoPackage)")->required();
  command->callback([=, &globals, &chosen] {
    chosen = [=, &globals] { return add_sewers(*a, terminal_context(globals.memory_gb)); };
  });
}

}  // namespace citytwin::tools
