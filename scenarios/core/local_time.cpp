#include "scenarios/core/local_time.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace citytwin::scenarios {
namespace {

// Reads exactly `digits` digits from the front.
bool take(std::string_view& s, std::size_t digits, int& value) {
  if (s.size() < digits) return false;
  const auto [end, error] = std::from_chars(s.data(), s.data() + digits, value);
  if (error != std::errc{} || end != s.data() + digits || s[0] == '-') return false;
  s.remove_prefix(digits);
  return true;
}

bool take(std::string_view& s, char c) {
  if (s.empty() || s.front() != c) return false;
  s.remove_prefix(1);
  return true;
}

// "HH:MM" with optional ":SS[.fff]" from the front, in seconds.
std::optional<std::int64_t> take_clock(std::string_view& s) {
  int h = 0, m = 0, sec = 0;
  if (!take(s, 2, h) || !take(s, ':') || !take(s, 2, m) || h > 23 || m > 59) return std::nullopt;
  if (take(s, ':') && (!take(s, 2, sec) || sec > 59)) return std::nullopt;
  if (take(s, '.'))
    while (!s.empty() && s.front() >= '0' && s.front() <= '9') s.remove_prefix(1);
  return h * 3600 + m * 60 + sec;
}

// "YYYY-MM-DDTHH:MM..." from the front, in seconds since 1970 on the clock it is written in.
std::optional<std::int64_t> take_date_time(std::string_view& s) {
  int y = 0, mo = 0, d = 0;
  if (!take(s, 4, y) || !take(s, '-') || !take(s, 2, mo) || !take(s, '-') || !take(s, 2, d))
    return std::nullopt;
  if (!take(s, 'T') && !take(s, ' ')) return std::nullopt;
  const auto date = std::chrono::year{y} / mo / d;
  if (!date.ok()) return std::nullopt;
  const auto clock = take_clock(s);
  if (!clock) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * std::int64_t{86400} + *clock;
}

}  // namespace

std::optional<StartTime> parse_start(const std::string& text) {
  std::string_view s = text;
  const auto seconds = take_date_time(s);
  if (!seconds) return std::nullopt;
  if (s == "Z") return StartTime{*seconds, "+00:00"};
  StartTime start{*seconds, std::string(s)};
  if (s.empty() || (s.front() != '+' && s.front() != '-')) return std::nullopt;
  s.remove_prefix(1);
  if (!take_clock(s) || !s.empty()) return std::nullopt;
  return start;
}

std::string local_time(const StartTime& start, SimTime t) {
  const std::int64_t seconds = start.local_s + static_cast<std::int64_t>(std::floor(t.seconds()));
  const auto days =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const std::chrono::year_month_day date{days};
  const std::int64_t clock = seconds - days.time_since_epoch().count() * std::int64_t{86400};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock / 3600,
                     clock / 60 % 60, clock % 60, start.offset);
}

std::optional<SimTime> parse_time(const StartTime& start, const std::string& text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc{} && end == text.data() + text.size() && std::isfinite(seconds))
    return SimTime::from_seconds(seconds);
  std::string_view s = text;
  if (const auto local = take_date_time(s); local && (s.empty() || s == start.offset))
    return SimTime{(*local - start.local_s) * 1000};
  // "1.5h" after the start.
  if (text.ends_with('h') && error == std::errc{} && end + 1 == text.data() + text.size() &&
      std::isfinite(seconds))
    return SimTime::from_seconds(3600 * seconds);
  const std::string padded = text.size() > 1 && text[1] == ':' ? "0" + text : text;  // "9:05"
  s = padded;
  if (const auto clock = take_clock(s); clock && s.empty()) {
    const std::int64_t midnight = start.local_s - ((start.local_s % 86400) + 86400) % 86400;
    std::int64_t t = midnight + *clock - start.local_s;
    if (t < 0) t += 86400;
    return SimTime{t * 1000};
  }
  return std::nullopt;
}

}  // namespace citytwin::scenarios
