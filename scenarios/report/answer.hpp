// The question answered in a few sentences.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

// Three sentences: water and people, money, what stops working; with a comparison each says what changed.
[[nodiscard]] std::vector<std::string> answer(const View& view);

}  // namespace citytwin::scenarios::report
