// What every loop that can exceed 50 ms is given: a place to log, to report progress and to ask whether
// the user wants to stop. The engine itself never prints.
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <string>
#include <string_view>

namespace citytwin {

// Thrown by RunContext::check_stop(); caught in main, around an ensemble member, around a panel command.
struct Stopped : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "stopped by the user"; }
};

struct RunContext {
  std::function<void(std::string_view)> log = [](std::string_view) {};
  // stage: catalogue key of what is being done ("stage.read_osm"); fraction in [0, 1], or < 0 if unknown.
  std::function<void(std::string_view stage, double fraction)> progress = [](std::string_view, double) {};
  const std::atomic<bool>* stop = nullptr;
  double memory_limit_bytes = 0;  // 0 = no limit; loaders estimate first and refuse above it

  [[nodiscard]] bool stop_requested() const {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
  }
  void check_stop() const {
    if (stop_requested()) throw Stopped{};
  }
};

}  // namespace citytwin
