// The ground of every map: shaded relief, water, buildings and streets in quiet greys, drawn once and used by
// all maps of a report.
#pragma once

#include <string>

#include "engine/model/city_model.hpp"
#include "scenarios/report/image.hpp"

namespace citytwin::scenarios::report {

// Where the city lies in the picture. Pixel (0, 0) is the north-west corner.
struct MapFrame {
  Box2 extent;  // [m]
  double m_per_px = 1;
  int width = 0, height = 0;
  int most_cells = 1400;  // per side of a picture of grid cells; finer grids are thinned

  [[nodiscard]] double px(double x) const { return (x - extent.min.x) / m_per_px; }
  [[nodiscard]] double py(double y) const { return (extent.max.y - y) / m_per_px; }
  // The frame as a grid of one cell per pixel (or per 1/fine pixel), row 0 south.
  [[nodiscard]] GridSpec pixels(int fine = 1) const;
};

inline constexpr int kLongestSidePx = 1200;

// Fits `extent` so that the longer side has kLongestSidePx pixels.
[[nodiscard]] MapFrame frame_of(const Box2& extent);

// Greys and water colour only, at most 256 palette entries, anti-aliased.
[[nodiscard]] IndexedImage draw_base(const CityModel& model, const MapFrame& frame);

}  // namespace citytwin::scenarios::report
