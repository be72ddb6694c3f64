// Line charts of values over the run, as SVG that needs no script.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/colour.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios::report {

struct ChartLine {
  std::string label;
  Colour colour;
  bool dashed = false, filled = false;
  std::vector<double> time;   // [s]
  std::vector<double> value;  // same length
};

struct Chart {
  std::string title, unit;
  std::vector<ChartLine> lines;
};

// Time runs to the latest sample of any line; labels give the time since the start and, where the start is
// known, the local time below it.
[[nodiscard]] std::string render(const Chart& chart, const LocalClock& clock);

}  // namespace citytwin::scenarios::report
