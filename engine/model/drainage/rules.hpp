// Control rules of a drainage network: if premises then actions else actions, by priority.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/drainage/expression.hpp"
#include "engine/model/drainage/observed.hpp"

namespace citytwin::drainage {

enum class Relation : std::uint8_t { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

struct Premise {
  bool is_or = false;  // joined to the one before with OR, which binds tighter than AND
  Operand left;
  Expression expression;  // if it has steps, in place of `left`; its value is in the units of the file
  Relation relation = Relation::equal;
  bool has_right_operand = false;
  Operand right;
  double right_unit = 1;  // what the right operand is divided by to be in the unit of the left side
  double value = 0;       // in the unit of the left side
};

struct Action {
  enum class How : std::uint8_t { value, curve, series, pid };
  std::int32_t link = -1;
  How how = How::value;
  double value = 0;  // setting (0 closed or off, 1 open or on)
  // Of modulation_curves (over what the last premise looks at, in its unit) or modulation_series.
  std::int32_t table = -1;
  double gain = 0, integral_time = 0, derivative_time = 0;  // pid: [-], [s], [s]
};

struct Rule {
  std::string key;
  std::vector<Premise> premises;
  std::vector<Action> then_actions, else_actions;
  double priority = 0;  // higher wins; equal: the earlier rule
  int line = 0;
};

}  // namespace citytwin::drainage
