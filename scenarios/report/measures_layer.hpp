// The measures of a strategy on a map: walls as lines, basins and raised ground as outlines, single assets as
// squares.
#pragma once

#include <string>
#include <vector>

#include "scenarios/core/placed_measure.hpp"
#include "scenarios/report/map.hpp"

namespace citytwin::scenarios::report {

// `size`: font size of the map's markers in pixels.
[[nodiscard]] std::string measures_layer(const std::vector<PlacedMeasure>& measures, double size,
                                         const MapFrame& frame);
// One entry for each shape that is drawn, with the kinds it stands for.
[[nodiscard]] std::vector<LegendEntry> measure_entries(const std::vector<PlacedMeasure>& measures);

}  // namespace citytwin::scenarios::report
