// Internal to gis: the GDAL side of RasterSource.
#pragma once

#include <string>
#include <vector>

#include "gis/io/session_gdal.hpp"
#include "gis/readers/raster.hpp"

namespace citytwin::gis {

struct RasterSource::Impl {
  RasterInfo info;
  std::string memory_name;     // "/vsimem/..." of an unpacked zip member, else empty
  std::vector<char> unpacked;  // its bytes
  DatasetPtr dataset;
  double scale = 1, offset = 0;  // stored value → metres (or whatever the band holds)
  ~Impl();
};

// A window of whole source cells; column 0, row 0 is the north-west cell.
struct RasterWindow {
  int column = 0, row = 0, width = 0, height = 0;
  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
};

// Cells whose area meets the box (source CRS), widened by `margin` cells, inside the raster.
[[nodiscard]] RasterWindow window_of(const RasterInfo& info, const Box2& box, int margin);

// The window's values, north-up rows, scaled, NaN where there is nothing. Failure: file.broken.
Result<std::vector<float>> read_window(const RasterSource& source, const RasterWindow& window,
                                       const ValueRange& range, RasterCounts& counts,
                                       const RunContext& context);

}  // namespace citytwin::gis
