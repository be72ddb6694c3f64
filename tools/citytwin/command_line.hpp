// What all commands' options share: their words in the user's language, and numbers that make sense.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace citytwin::tools {

inline constexpr double kMostThreads = 1024;

// The language is wanted before the options are read: help and errors of the command line speak it too.
[[nodiscard]] std::string language_of(int argc, char** argv);

// Descriptions, headings and errors of the program and its commands, each looked up by its English words.
void translate(CLI::App& app);

// A number from min to max; no "nan", no "inf".
[[nodiscard]] CLI::Validator number_in(double min, double max);

}  // namespace citytwin::tools
