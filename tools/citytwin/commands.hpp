// One function per command: adds its options to the program and, when it is chosen, what to do.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace citytwin::tools {

struct Globals {
  std::string language = "en";
  std::string command_line;
  double memory_gb = 0;
};

using Chosen = std::function<int()>;

void add_generate(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_import(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_sewers(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_check(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_list(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_run(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_compare(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_report(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_why(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_flood(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_drainage(CLI::App& app, const Globals& globals, Chosen& chosen);
void add_bench(CLI::App& app, const Globals& globals, Chosen& chosen);

}  // namespace citytwin::tools
