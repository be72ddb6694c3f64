#include "gis/readers/swmm_inp/expression.hpp"

#include <array>
#include <utility>

#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/text.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Expression;
using drainage::ExpressionStep;
using Kind = ExpressionStep::Kind;

constexpr std::pair<std::string_view, Kind> kFunctions[]{
    {"COS", Kind::cos},   {"SIN", Kind::sin},     {"TAN", Kind::tan},   {"COT", Kind::cot},
    {"ABS", Kind::abs},   {"SGN", Kind::sign},    {"SQRT", Kind::sqrt}, {"LOG", Kind::log},
    {"EXP", Kind::exp},   {"ASIN", Kind::asin},   {"ACOS", Kind::acos}, {"ATAN", Kind::atan},
    {"ACOT", Kind::acot}, {"SINH", Kind::sinh},   {"COSH", Kind::cosh}, {"TANH", Kind::tanh},
    {"COTH", Kind::coth}, {"LOG10", Kind::log10}, {"STEP", Kind::step}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Recursive descent: sum = [sign] product {+|- product}, product = factor {*|/|^ factor}.
class Parser {
 public:
  Parser(std::string_view text, const FindVariable& find) : rest_(text), find_(find) {}

  std::optional<Expression> parse() {
    if (!sum(0)) return {};
    skip();
    if (!rest_.empty()) return {};
    return std::move(out_);
  }

 private:
  static constexpr int kDeepest = 100;  // brackets within brackets

  void skip() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  // The next character, taken if it is one of them; else 0.
  char take(std::string_view characters) {
    skip();
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return 0;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void put(Kind kind) { out_.push_back({kind, 0, {}}); }

  bool sum(int depth) {
    if (depth > kDeepest) return false;
    const char sign = take("+-");
    if (!product(depth)) return false;
    if (sign == '-') put(Kind::negate);
    while (const char c = take("+-")) {
      if (!product(depth)) return false;
      put(c == '+' ? Kind::add : Kind::subtract);
    }
    return true;
  }

  bool product(int depth) {
    if (!factor(depth)) return false;
    while (const char c = take("*/^")) {
      if (!factor(depth)) return false;
      put(c == '*' ? Kind::multiply : c == '/' ? Kind::divide : Kind::power);
    }
    return true;
  }

  bool factor(int depth) {
    if (take("(") != 0) return sum(depth + 1) && take(")") != 0;
    if (rest_.empty()) return false;
    if (is_letter(rest_.front())) return word(depth);
    return number();
  }

  bool number() {
    std::size_t end = 0;
    while (end < rest_.size() && (is_digit(rest_[end]) || rest_[end] == '.')) ++end;
    if (end > 0 && end + 1 < rest_.size() && (rest_[end] == 'e' || rest_[end] == 'E')) {
      std::size_t after = end + 1;
      if (rest_[after] == '-' || rest_[after] == '+') ++after;
      if (after < rest_.size() && is_digit(rest_[after])) {
        end = after;
        while (end < rest_.size() && is_digit(rest_[end])) ++end;
      }
    }
    const auto value = number_of(rest_.substr(0, end));
    if (!value) return false;
    rest_.remove_prefix(end);
    out_.push_back({Kind::number, *value, {}});
    return true;
  }

  // A function of something in brackets, or a variable.
  bool word(int depth) {
    std::size_t end = 0;
    while (end < rest_.size() && (is_letter(rest_[end]) || is_digit(rest_[end]))) ++end;
    const std::string_view name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    for (const auto& [word, kind] : kFunctions) {
      if (!same_word(name, word)) continue;
      if (take("(") == 0 || !sum(depth + 1) || take(")") == 0) return false;
      put(kind);
      return true;
    }
    const auto variable = find_(name);
    if (variable) out_.push_back(*variable);
    return variable.has_value();
  }

  std::string_view rest_;
  const FindVariable& find_;
  Expression out_;
};

}  // namespace

std::optional<Expression> parse_expression(std::string_view text, const FindVariable& find) {
  return Parser(text, find).parse();
}

}  // namespace citytwin::gis::swmm
