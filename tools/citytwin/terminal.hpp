// The terminal: diagnostics, progress with time left (quiet when not a terminal), Ctrl-C.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/diagnostics.hpp"
#include "engine/base/run_context.hpp"

namespace citytwin::tools {

inline constexpr int kExitGood = 0, kExitBadInput = 2, kExitFailed = 3, kExitStopped = 130;

// 3 when the work was done and its results could not be written, else 2.
[[nodiscard]] int exit_code_of(const Diagnostics& failure);

// First Ctrl-C (or SIGTERM) asks the work to stop; a second one ends the process at once.
void install_stop_handler();

// A context that shows progress on stderr. memory_gb 0 = 70 % of RAM.
[[nodiscard]] RunContext terminal_context(double memory_gb);
void clear_progress();

void print(std::string_view text);        // stdout, with a newline
void print_error(std::string_view text);  // stderr
// Every diagnostic as a sentence: errors and warnings to stderr.
void print_diagnostics(const Diagnostics& diagnostics);

}  // namespace citytwin::tools
