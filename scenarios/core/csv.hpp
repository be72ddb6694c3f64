// Rows of a CSV file: numbers in the C locale, NaN as an empty field, text quoted where it must be.
#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace citytwin::scenarios {

class Csv {
 public:
  explicit Csv(std::string_view header) : content_(header) {}

  Csv& row() {
    content_ += '\n';
    first_ = true;
    return *this;
  }
  Csv& text(std::string_view value) {
    separate();
    if (value.find_first_of(",\"\n\r") == std::string_view::npos) {
      content_ += value;
      return *this;
    }
    content_ += '"';
    for (const char c : value) {
      if (c == '"') content_ += '"';
      content_ += c;
    }
    content_ += '"';
    return *this;
  }
  // Up to `digits` significant digits.
  Csv& number(double value, int digits = 7) {
    separate();
    if (!std::isnan(value)) fmt::format_to(std::back_inserter(content_), "{:.{}g}", value, digits);
    return *this;
  }
  [[nodiscard]] std::string finish() const { return content_ + "\n"; }

 private:
  void separate() {
    if (!first_) content_ += ',';
    first_ = false;
  }
  std::string content_;
  bool first_ = true;
};

}  // namespace citytwin::scenarios
