// Runs the citytwin program on one broken input and sees what a user would see: exit code, messages, time,
// memory, and whether anything was left behind.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace citytwin::bad_input {

struct Outcome {
  int exit_code = -1;    // -1: killed by a signal
  std::string messages;  // standard error
  std::string output;    // standard output
  double seconds = 0;
  double peak_rss_mb = 0;
};

// In `folder`, with at most 20 s of CPU time and 4 GB of address space (no memory bound under a sanitizer).
Outcome run_citytwin(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

// A broken input: files put into a fresh folder, the arguments that use them, and the code of the message
// that must appear.
struct BadCase {
  std::string name;
  std::function<std::vector<std::string>(const std::filesystem::path& folder)> prepare;
  std::string code;
  double max_seconds = 10;
};

// Exit code 2, the sentence of `code` and a remedy on standard error with every {argument} filled in, in time
// and below 1 GB, and the folder as before. Also prints the message, so that a log of this test lists what
// users are told.
void check_refused(const std::vector<BadCase>& cases);

// The same files and arguments end well (exit code 0): shows that it was the damage that was refused.
void check_accepted(const BadCase& good);

}  // namespace citytwin::bad_input
