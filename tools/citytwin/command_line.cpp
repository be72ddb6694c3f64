#include "tools/citytwin/command_line.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "engine/base/nearest_word.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::tools {

namespace {

using scenarios::text;

bool is(const CLI::Error& error, CLI::ExitCodes code) {
  return error.get_exit_code() == static_cast<int>(code);
}

// CLI11's English sentence as a code and what it is about.
std::string said(const CLI::App* app, const CLI::Error& error) {
  std::string what = error.what();
  constexpr std::string_view kNoCommand = "A subcommand is required", kRequired = " is required";
  const auto colon = what.find(": ");
  const std::string after = colon == std::string::npos ? what : what.substr(colon + 2);
  if (what == kNoCommand && app->remaining_size() > 0) {
    std::vector<std::string> commands;
    for (const CLI::App* command : app->get_subcommands([](const CLI::App*) { return true; }))
      commands.push_back(command->get_name());
    const std::string given = app->remaining().front();
    return text("cli.no_such_command", {{"given", given}, {"nearest", nearest_word(given, commands)}});
  }
  if (what == kNoCommand) return text("cli.no_command");
  if (is(error, CLI::ExitCodes::RequiredError) && what.ends_with(kRequired))
    return text("cli.missing", {{"what", what.substr(0, what.size() - kRequired.size())}});
  if (is(error, CLI::ExitCodes::ExtrasError)) return text("cli.not_understood", {{"what", after}});
  if (is(error, CLI::ExitCodes::ConversionError)) return text("cli.no_value", {{"what", after}});
  return what;
}

std::string failure(const CLI::App* app, const CLI::Error& error) {
  std::string command = app->get_name();
  for (const CLI::App* chosen : app->get_subcommands()) command += " " + chosen->get_name();
  return text("severity.error") + ": " + said(app, error) + "\n" +
         text("cli.see_help", {{"command", command}}) + "\n";
}

void translate_one(CLI::App& app) {
  app.description(text(app.get_description()));
  app.failure_message(failure);
  for (const char* label :
       {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "Positionals", "REQUIRED", "Env"})
    app.get_formatter()->label(label, text(label));
  for (CLI::Option* option : app.get_options()) {
    option->description(text(option->get_description()));
    option->group(text(option->get_group()));
  }
}

}  // namespace

std::string language_of(int argc, char** argv) {
  constexpr std::string_view kOption = "--language";
  const char* environment = std::getenv("CITYTWIN_LANGUAGE");
  std::string language = environment == nullptr ? "en" : environment;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == kOption && i + 1 < argc) language = argv[i + 1];
    if (word.starts_with("--language=")) language = word.substr(kOption.size() + 1);
  }
  return language;
}

void translate(CLI::App& app) {
  translate_one(app);
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    translate_one(*command);
    command->group(text(command->get_group()));
  }
}

CLI::Validator number_in(double min, double max) {
  const auto check = [=](const std::string& given) -> std::string {
    double value = 0;
    if (CLI::detail::lexical_cast(given, value) && std::isfinite(value) && value >= min && value <= max)
      return {};
    return text("cli.not_in_range",
                {{"value", given}, {"min", fmt::format("{}", min)}, {"max", fmt::format("{}", max)}});
  };
  return {check, fmt::format("{} - {}", min, max)};
}

}  // namespace citytwin::tools
