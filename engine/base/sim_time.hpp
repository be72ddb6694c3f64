// Simulated time: integer milliseconds since scenario start, so that beats never drift.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace citytwin {

struct SimTime {
  std::int64_t ms = 0;

  static constexpr SimTime from_seconds(double seconds) {
    return {static_cast<std::int64_t>(seconds * 1000.0 + (seconds < 0 ? -0.5 : 0.5))};
  }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ms) / 1000.0; }

  constexpr auto operator<=>(const SimTime&) const = default;
  constexpr SimTime operator+(SimTime other) const { return {ms + other.ms}; }
  constexpr SimTime operator-(SimTime other) const { return {ms - other.ms}; }
  constexpr SimTime operator*(std::int64_t factor) const { return {ms * factor}; }
};

}  // namespace citytwin
