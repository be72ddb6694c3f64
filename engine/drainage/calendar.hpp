// Dates of a drainage project: days since 1899-12-30 with the time of day as fraction.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>

namespace citytwin::drainage {

// Day 0.
inline constexpr std::chrono::sys_days kDayZero{std::chrono::year{1899} / std::chrono::December / 30};
inline constexpr double kSecondsPerDay = 86'400.0;

struct CalendarTime {
  int month = 1;        // 1 to 12
  int day_of_week = 1;  // 1 = Sunday
  int day_of_year = 1;
  double second_of_day = 0;
  [[nodiscard]] int hour() const { return static_cast<int>(second_of_day / 3600.0); }
  [[nodiscard]] bool weekend() const { return day_of_week == 1 || day_of_week == 7; }
};

[[nodiscard]] inline CalendarTime calendar_time(double date) {
  namespace chrono = std::chrono;
  const double whole = std::floor(date);
  const chrono::sys_days day = kDayZero + chrono::days{static_cast<int>(whole)};
  const chrono::year_month_day ymd{day};
  CalendarTime t;
  t.month = static_cast<int>(static_cast<unsigned>(ymd.month()));
  t.day_of_week = static_cast<int>(chrono::weekday{day}.c_encoding()) + 1;
  t.day_of_year = static_cast<int>((day - chrono::sys_days{ymd.year() / chrono::January / 1}).count()) + 1;
  // Times are given to the millisecond; the rest is rounding of the day number.
  t.second_of_day = std::min(std::round((date - whole) * 86'400'000.0) / 1000.0, 86'399.999);
  return t;
}

}  // namespace citytwin::drainage
