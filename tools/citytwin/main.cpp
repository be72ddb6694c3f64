// citytwin: the headless command line. Each command parses its arguments and calls one function.
// Exit codes: 0 good, 2 bad input, 3 a run that failed or whose results could not be written, 130 stopped by
// the user.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>

#include "scenarios/core/text.hpp"
#include "tools/citytwin/command_line.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

using namespace citytwin;
using namespace citytwin::tools;

namespace {

// As a POSIX shell reads it back: what is more than plain letters stands in single quotes.
std::string quoted(const std::string& word) {
  constexpr const char* kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string joined(int argc, char** argv) {
  std::string line = "citytwin";
  for (int i = 1; i < argc; ++i) (line += ' ') += quoted(argv[i]);
  return line;
}

int run_command(const std::function<int()>& command) {
  try {
    return command();
  } catch (const Stopped&) {
    print_error(scenarios::text("cli.stopped"));
    return kExitStopped;
  } catch (const std::bad_alloc&) {
    print_error(scenarios::text("cli.out_of_memory"));
    return kExitFailed;
  } catch (const std::exception& e) {
    print_error(scenarios::text("cli.unexpected", {{"what", e.what()}}));
    return kExitFailed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  scenarios::set_language(language_of(argc, argv));
  CLI::App app{"CityTwin: what will fail, when, why, for whom, and what is the best thing to do about it",
               "citytwin"};
  app.require_subcommand(1);
  app.fallthrough();  // --memory and --language may also stand after the command
  app.set_version_flag("--version", "citytwin " CITYTWIN_VERSION);
  Globals globals;
  globals.command_line = joined(argc, argv);
  app.add_option("--language", globals.language, "language of what is said: en or zh_CN")
      ->envname("CITYTWIN_LANGUAGE")
      ->check(CLI::IsMember({"en", "zh_CN"}));
  constexpr double kLeastMemory = 0.001, kMostMemory = 1e6;  // [GB]
  app.add_option("--memory", globals.memory_gb,
                 "refuse work that needs more than this many GB (default: 70 % of RAM)")
      ->check(number_in(kLeastMemory, kMostMemory));

  std::function<int()> chosen;
  for (const auto add : {add_generate, add_import, add_sewers, add_check, add_list, add_run, add_compare,
                         add_report, add_why, add_flood, add_drainage, add_bench})
    add(app, globals, chosen);
  translate(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    return code == 0 ? kExitGood : kExitBadInput;
  }
  scenarios::set_language(globals.language);
  install_stop_handler();
  return run_command(chosen);
}
