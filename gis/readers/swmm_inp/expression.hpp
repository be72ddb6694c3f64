// EXPRESSION of rules: arithmetic with named variables.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "engine/model/drainage/expression.hpp"

namespace citytwin::gis::swmm {

// The variable of that name with what one unit of the file is in its unit (ExpressionStep::number); none:
// unknown.
using FindVariable = std::function<std::optional<drainage::ExpressionStep>(std::string_view)>;

// None if it is no expression. As in SWMM (mathexpr.c) * / ^ rank alike, from left to right: 2 * 3 ^ 2 = 36,
// and a sign may only begin the whole or a pair of brackets.
std::optional<drainage::Expression> parse_expression(std::string_view text, const FindVariable& find);

}  // namespace citytwin::gis::swmm
