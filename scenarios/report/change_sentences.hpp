// What changed between two runs, in sentences that also read well when nothing happened in one or in both.
#pragma once

#include <string>

#include "scenarios/core/text.hpp"
#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

// The sentence of `code`.neither (0 in both as shown), .same (the same as shown: {n}) or .change ({from},
// {to} and {percent}, which is empty where a share makes no sense).
struct Compared {
  double then, now;
  std::string (*show)(const View&, double);
  std::string from, to;  // in words, where they are not what `show` gives
};
[[nodiscard]] std::string compared(const View& view, const std::string& code, const Compared& values,
                                   TextArgs args = {});

[[nodiscard]] std::string water_change(const View& view);
[[nodiscard]] std::string money_change(const View& view);
[[nodiscard]] std::string roads_change(const View& view);
// `names`: of the facilities that stop in the run.
[[nodiscard]] std::string facilities_change(const View& view, const std::string& names);
// "Walls: damage EUR 1 million instead of EUR 2 million; nobody in deep water in either run."
[[nodiscard]] std::string headline_change(const View& view, const char* code);

}  // namespace citytwin::scenarios::report
