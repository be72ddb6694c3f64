#include "gis/readers/swmm_inp/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "gis/readers/swmm_inp/text.hpp"

namespace citytwin::gis::swmm {

namespace {

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::optional<int> month_of(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                     "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  for (std::size_t k = 0; k < kMonths.size(); ++k)
    if (same_word(text, kMonths[k])) return static_cast<int>(k) + 1;
  return whole(text);
}

int days_in(int month, int year) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil), shifted to SWMM's day 0.
long days_of(int year, int month, int day) {
  const long y = month <= 2 ? year - 1 : year;
  const long era = y / 400;
  const long of_era = y - era * 400;
  const long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const long day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
  constexpr long kDay0 = 693899;  // 1899-12-30 counted from 0000-03-01
  return era * 146097 + day_of_era - kDay0;
}

std::optional<double> date_of(std::string_view text) {
  const std::size_t first = text.find_first_of("/-");
  if (first == std::string_view::npos) return {};
  const std::size_t second = text.find_first_of("/-", first + 1);
  if (second == std::string_view::npos) return {};
  const auto month = month_of(text.substr(0, first));
  const auto day = whole(text.substr(first + 1, second - first - 1));
  const auto year = whole(text.substr(second + 1));
  if (!month || !day || !year) return {};
  if (*month < 1 || *month > 12 || *year < 1800 || *year > 2999) return {};
  if (*day < 1 || *day > days_in(*month, *year)) return {};
  return static_cast<double>(days_of(*year, *month, *day));
}

std::optional<int> day_of_year(std::string_view text) {
  const auto date = date_of(std::string(text) + "/1947");
  if (!date) return {};
  return static_cast<int>(*date) - static_cast<int>(days_of(1947, 1, 1)) + 1;
}

std::optional<double> time_of(std::string_view text) {
  double shift = 0;
  const std::string_view half = text.size() > 2 ? text.substr(text.size() - 2) : std::string_view();
  const bool am = same_word(half, "AM"), pm = same_word(half, "PM");
  if (am || pm) text.remove_suffix(2);
  double seconds = 0;
  double unit = 3600;
  for (int part = 0; part < 3; ++part, unit /= 60) {
    const std::size_t colon = text.find(':');
    const auto value = number_of(text.substr(0, colon));
    if (!value || *value < 0 || (part > 0 && *value >= 60) || *value > 1e7) return {};
    if (colon != std::string_view::npos && *value != std::floor(*value)) return {};
    if (part == 0 && (am || pm)) {
      if (*value > 12) return {};
      shift = am ? (*value == 12 ? -12 * 3600.0 : 0) : (*value == 12 ? 0 : 12 * 3600.0);
    }
    seconds += *value * unit;
    if (colon == std::string_view::npos) return seconds + shift;
    text.remove_prefix(colon + 1);
  }
  return {};
}

std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return {};
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  if (!std::isfinite(value) || std::abs(value) > 1e300) return {};
  return value;
}

}  // namespace citytwin::gis::swmm
