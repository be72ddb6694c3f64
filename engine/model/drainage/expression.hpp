// Arithmetic over what rules look at (SWMM 5.2's EXPRESSION), in postfix order.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/model/drainage/observed.hpp"

namespace citytwin::drainage {

struct ExpressionStep {
  enum class Kind : std::uint8_t {
    number,
    operand,  // its value over `number`: expressions count in the units of their file
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    cos,
    sin,
    tan,
    cot,
    abs,
    sign,
    sqrt,
    log,
    exp,
    asin,
    acos,
    atan,
    acot,
    sinh,
    cosh,
    tanh,
    coth,
    log10,
    step  // 0 up to 0, 1 above
  };
  Kind kind = Kind::number;
  double number = 0;
  Operand operand;
};
using Expression = std::vector<ExpressionStep>;

// Outside their domain functions are 0, as in SWMM (mathexpr.c).
inline double apply(ExpressionStep::Kind kind, double x) {
  using Kind = ExpressionStep::Kind;
  switch (kind) {
    case Kind::negate:
      return -x;
    case Kind::cos:
      return std::cos(x);
    case Kind::sin:
      return std::sin(x);
    case Kind::tan:
      return std::tan(x);
    case Kind::cot:
      return x == 0 ? 0 : 1 / std::tan(x);
    case Kind::abs:
      return std::abs(x);
    case Kind::sign:
      return x < 0 ? -1 : x > 0 ? 1 : 0;
    case Kind::sqrt:
      return x < 0 ? 0 : std::sqrt(x);
    case Kind::log:
      return x <= 0 ? 0 : std::log(x);
    case Kind::exp:
      return std::exp(x);
    case Kind::asin:
      return std::asin(x);
    case Kind::acos:
      return std::acos(x);
    case Kind::atan:
      return std::atan(x);
    case Kind::acot:
      return 1.57079632679489662 - std::atan(x);
    case Kind::sinh:
      return std::sinh(x);
    case Kind::cosh:
      return std::cosh(x);
    case Kind::tanh:
      return std::tanh(x);
    case Kind::coth:
      return 1 / std::tanh(x);
    case Kind::log10:
      return x <= 0 ? 0 : std::log10(x);
    case Kind::step:
      return x <= 0 ? 0 : 1;
    default:
      return x;
  }
}

inline double apply(ExpressionStep::Kind kind, double x, double y) {
  using Kind = ExpressionStep::Kind;
  switch (kind) {
    case Kind::add:
      return x + y;
    case Kind::subtract:
      return x - y;
    case Kind::multiply:
      return x * y;
    case Kind::divide:
      return x / y;
    default:
      return x <= 0 ? 0 : std::pow(x, y);
  }
}

// The value of a complete expression; value_of(operand) is in SI units.
template <class ValueOf>
double evaluate(const Expression& expression, const ValueOf& value_of) {
  using Kind = ExpressionStep::Kind;
  std::vector<double> stack;
  for (const ExpressionStep& step : expression) {
    if (step.kind == Kind::number) {
      stack.push_back(step.number);
    } else if (step.kind == Kind::operand) {
      stack.push_back(value_of(step.operand) / step.number);
    } else if (step.kind >= Kind::negate) {
      stack.back() = apply(step.kind, stack.back());
    } else {
      const double y = stack.back();
      stack.pop_back();
      stack.back() = apply(step.kind, stack.back(), y);
    }
  }
  return stack.back();
}

}  // namespace citytwin::drainage
