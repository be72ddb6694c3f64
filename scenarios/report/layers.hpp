// What is drawn on the ground map: results on grids, on management cells, on streets, and markers.
// Each function gives a piece of SVG in the pixels of the frame.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/report/base_map.hpp"

namespace citytwin::scenarios::report {

// One picture pixel per grid cell, so that the map shows the cells that were computed. Grids finer than the
// map are thinned: a pixel then shows the largest (or smallest) of its cells. `hidden`: cells left out (1),
// same grid, or empty.
enum class Thin { largest, smallest };
[[nodiscard]] std::string grid_layer(const Grid<float>& grid, const Grid<std::uint8_t>& hidden,
                                     const ClassScale& scale, Thin thin, const MapFrame& frame);

// after − before; NaN counts as 0. Both grids and `hidden` have one spec.
[[nodiscard]] std::string difference_layer(const Grid<float>& before, const Grid<float>& after,
                                           const Grid<std::uint8_t>& hidden, const DifferenceScale& scale,
                                           const MapFrame& frame);

// One value per polygon.
[[nodiscard]] std::string area_layer(const PolygonColumn& areas, const std::vector<double>& values,
                                     const ClassScale& scale, const MapFrame& frame);
[[nodiscard]] std::string area_difference_layer(const PolygonColumn& areas, const std::vector<double>& before,
                                                const std::vector<double>& after,
                                                const DifferenceScale& scale, const MapFrame& frame);

// One value per line; lines without a class are not drawn. `width` in pixels.
[[nodiscard]] std::string line_layer(const Ragged<Point2>& lines, const std::vector<double>& values,
                                     const ClassScale& scale, double width, const MapFrame& frame);

struct Marker {
  Point2 place;
  std::string label;  // "" = none
  Colour fill;
};
// Dots with labels beside them; a label that would cover an earlier one moves to another side or is left
// out. `size`: font size in pixels.
[[nodiscard]] std::string marker_layer(const std::vector<Marker>& markers, double size,
                                       const MapFrame& frame);

}  // namespace citytwin::scenarios::report
