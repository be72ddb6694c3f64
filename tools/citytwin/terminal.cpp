#include "tools/citytwin/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>

#include "scenarios/core/text.hpp"

namespace citytwin::tools {

namespace {

std::atomic<bool> g_stop{false};
bool g_progress_shown = false;

extern "C" void on_signal(int signal) {
  if (g_stop.exchange(true)) _exit(128 + signal);
}

double ram_bytes() {
  return static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGE_SIZE));
}

// Redraws one line at most five times a second; the time left is from this stage's own pace.
class ProgressLine {
 public:
  void show(std::string_view stage, double fraction) {
    using Clock = std::chrono::steady_clock;
    const auto now = Clock::now();
    if (stage != stage_) {
      stage_ = stage;
      started_ = now;
      last_ = {};
    }
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    const double spent = std::chrono::duration<double>(now - started_).count();
    std::string line = scenarios::text(stage);
    if (fraction >= 0) line += fmt::format(" {:3.0f} %", 100 * fraction);
    if (fraction > 0.02 && spent > 1)
      line += scenarios::text("cli.time_left", {{"time", duration(spent * (1 - fraction) / fraction)}});
    fmt::print(stderr, "\r\033[K{}", line);
    std::fflush(stderr);
    g_progress_shown = true;
  }

 private:
  static std::string duration(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", seconds);
    return fmt::format("{:.0f} min", seconds / 60);
  }
  std::string stage_;
  std::chrono::steady_clock::time_point started_, last_;
};

}  // namespace

int exit_code_of(const Diagnostics& failure) {
  return failure.has("out.not_written") ? kExitFailed : kExitBadInput;
}

void install_stop_handler() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A file larger than the user's limit is a write that fails and is told, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
}

RunContext terminal_context(double memory_gb) {
  RunContext context;
  context.stop = &g_stop;
  context.memory_limit_bytes = memory_gb > 0 ? memory_gb * 1e9 : 0.7 * ram_bytes();
  if (isatty(STDERR_FILENO) != 0) {
    auto line = std::make_shared<ProgressLine>();
    context.progress = [line](std::string_view stage, double fraction) { line->show(stage, fraction); };
  }
  return context;
}

void clear_progress() {
  if (!g_progress_shown) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  g_progress_shown = false;
}

void print(std::string_view text) {
  clear_progress();
  fmt::print("{}\n", text);
}

void print_error(std::string_view text) {
  clear_progress();
  fmt::print(stderr, "{}\n", text);
}

void print_diagnostics(const Diagnostics& diagnostics) {
  constexpr int kShown = 20;  // of each code; the rest is counted
  std::map<std::string, int> seen;
  for (const Diagnostic& d : diagnostics.items())
    if (d.severity != Severity::note && ++seen[d.code] <= kShown) print_error(scenarios::sentence(d));
  for (const auto& [code, count] : seen)
    if (count > kShown)
      print_error(
          scenarios::text("cli.more_of_these", {{"count", std::to_string(count - kShown)}, {"code", code}}));
}

}  // namespace citytwin::tools
