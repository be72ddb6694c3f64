// Numbers, money and times as people read them in the report. Files of numbers never use this.
#pragma once

#include <optional>
#include <string>

namespace citytwin::scenarios::report {

// Thousands separators, '.' before decimals: 1234567.8 → "1,234,568".
[[nodiscard]] std::string number(double value, int decimals = 0);
// As many decimals as give three figures: 1,234 | 12.3 | 0.123.
[[nodiscard]] std::string figures(double value);
// Three figures, with the catalogue's words for million and billion: 5,890 | 17.1 million.
[[nodiscard]] std::string rounded(double value);
[[nodiscard]] std::string signed_number(double value, int decimals = 0);  // "+12" "−3" "±0"
// Of a whole: 0 % is nothing and 100 % is all, nothing else is; "<0.1 %" needs escape() in HTML.
[[nodiscard]] std::string percent(double share, int decimals = 0);
[[nodiscard]] std::string signed_percent(double share);
[[nodiscard]] std::string hours(double h);                          // "0 h", "0.02 h", "1.2 h"
[[nodiscard]] std::string duration(double seconds);                 // "1 h 20 min", "45 s"
[[nodiscard]] std::string bytes_hex_short(const std::string& hex);  // first 12 digits

// Local wall-clock times of a run.
class LocalClock {
 public:
  // ISO 8601 start "YYYY-MM-DDTHH:MM[:SS]..."; anything else: times are shown since the start only.
  explicit LocalClock(const std::string& iso_start);
  [[nodiscard]] bool known() const { return start_minutes_.has_value(); }
  [[nodiscard]] std::string at(double seconds) const;       // "15:20", "02:10 +1 d"; "" if unknown
  [[nodiscard]] std::string clock(double seconds) const;    // "02:10" whatever the day
  [[nodiscard]] std::string date() const { return date_; }  // "2026-01-01"
  // "15:20 (1 h 20 min)" or only the time since the start.
  [[nodiscard]] std::string both(double seconds) const;

 private:
  std::optional<int> start_minutes_;
  int start_seconds_ = 0;
  std::string date_;
};

}  // namespace citytwin::scenarios::report
