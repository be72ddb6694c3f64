#include "scenarios/report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/base/percent.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios::report {

std::string number(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const auto point = digits.find('.');
  const std::size_t whole = point == std::string::npos ? digits.size() : point;
  for (std::size_t i = whole; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  const bool zero = digits.find_first_not_of("0.,") == std::string::npos;
  return value < 0 && !zero ? "−" + digits : digits;
}

std::string figures(double value) {
  // The ends are those of the rounded number: 0.9996 is "1.00", not "1.000".
  const double size = std::abs(value);
  return number(value, size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3);
}

std::string rounded(double value) {
  // The words for large numbers differ by language in size too: million, but 万 and 亿.
  for (const char* step : {"report.large", "report.medium"}) {
    const double size = std::strtod(text(std::string(step) + ".size").c_str(), nullptr);
    if (size > 0 && std::abs(value) >= 0.9995 * size) return text(step, {{"n", figures(value / size)}});
  }
  const double unit = std::abs(value) < 1000 ? 1 : std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return number(std::round(value / unit) * unit);
}

std::string signed_number(double value, int decimals) {
  const std::string plain = number(value, decimals);
  if (plain.find_first_not_of("0.,") == std::string::npos) return "±0";
  return value > 0 ? "+" + plain : plain;
}

std::string percent(double share, int decimals) {
  const std::string plain = number(share * 100, decimals);
  const double rounded_share = std::strtod(plain.c_str(), nullptr);
  const bool end = std::isnan(share) || rounded_share == 0 || rounded_share == 100;
  return (end ? percent_text(share) : plain) + " %";
}

std::string signed_percent(double share) {
  // −100 % is all of it gone; what is nearly gone keeps a decimal.
  if (share > -1 && share < -0.995) return signed_number(100 * std::max(share, -0.999), 1) + " %";
  return signed_number(share * 100, std::abs(share) < 0.1 ? 1 : 0) + " %";
}

std::string hours(double h) { return number(h, h <= 0 ? 0 : h < 0.1 ? 2 : 1) + " h"; }

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  const auto total = static_cast<long long>(std::llround(seconds));
  if (total < 60) return fmt::format("{} s", total);
  const long long minutes = (total + 30) / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  if (minutes % 60 == 0) return fmt::format("{} h", minutes / 60);
  return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::string bytes_hex_short(const std::string& hex) { return hex.substr(0, 12); }

LocalClock::LocalClock(const std::string& iso) {
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
  if (std::sscanf(iso.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &y, &mo, &d, &h, &mi, &s) < 5) return;
  start_minutes_ = 60 * h + mi;
  start_seconds_ = s;
  date_ = iso.substr(0, 10);
}

std::string LocalClock::at(double seconds) const {
  if (!known() || !std::isfinite(seconds)) return "";
  const auto minutes =
      *start_minutes_ + static_cast<long long>(std::floor((start_seconds_ + seconds) / 60 + 1e-9));
  const long long day = minutes / 1440;
  std::string out = clock(seconds);
  if (day > 0) out += fmt::format(" +{} d", day);
  return out;
}

std::string LocalClock::clock(double seconds) const {
  if (!known() || !std::isfinite(seconds)) return "";
  const auto minutes =
      *start_minutes_ + static_cast<long long>(std::floor((start_seconds_ + seconds) / 60 + 1e-9));
  return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

std::string LocalClock::both(double seconds) const {
  if (!std::isfinite(seconds)) return "–";
  if (!known()) return duration(seconds);
  // A clock shows whole minutes that have passed; the time since the start must not disagree with it.
  const double passed = seconds < 60 ? seconds : 60 * std::floor(seconds / 60 + 1e-9);
  return at(seconds) + " (" + duration(passed) + ")";
}

}  // namespace citytwin::scenarios::report
