// The manholes that gave most water back: numbered the same in the table and on the maps.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/layers.hpp"
#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

inline constexpr Colour kReturns{0xb3, 0x00, 0x2d};

// Dots on every manhole that gave back more than 1 m3 in `run`, which is the view's run or what it is
// compared with; the numbers are those of the table.
[[nodiscard]] std::vector<Marker> manhole_markers(const View& view, const FinishedRun& run);
// The worst by what came up in either run.
[[nodiscard]] std::string manholes_table(const View& view);
// "What the sewers did (synthesised sewers)": titles of tables, maps and legends go their own ways, so each
// says what the sewers are.
[[nodiscard]] std::string with_origin(const View& view, const std::string& title);

}  // namespace citytwin::scenarios::report
