// The question answered in a few sentences.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

// Three sentences: water and people, money, what stops working; with a comparison each says what changed.
[[nodiscard]] std::vector<std::string> answer(const View& view);

// Rows of facilities that failed, in order of time, then row.
[[nodiscard]] std::vector<std::size_t> failed_facilities(const FinishedRun& run);

}  // namespace citytwin::scenarios::report
