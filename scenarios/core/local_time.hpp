// The scenario's clock for people: start as ISO 8601 with a UTC offset that never changes in a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/sim_time.hpp"

namespace citytwin::scenarios {

struct StartTime {
  std::int64_t local_s = 0;  // seconds since 1970-01-01T00:00:00 on the local clock
  std::string offset;        // "+02:00"
};

// "2026-07-14T18:00:00+02:00" ("Z" and a missing seconds part are accepted); nullopt otherwise.
[[nodiscard]] std::optional<StartTime> parse_start(const std::string& text);

// Local time t after the start: "2026-07-14T19:10:30+02:00".
[[nodiscard]] std::string local_time(const StartTime& start, SimTime t);

// A time given by a user: seconds since start ("5400"), hours since start ("1.5h"), "HH:MM[:SS]" or "H:MM"
// after the start's midnight on the first day at or after the start, or ISO 8601 local time. nullopt if it is
// none.
[[nodiscard]] std::optional<SimTime> parse_time(const StartTime& start, const std::string& text);

}  // namespace citytwin::scenarios
