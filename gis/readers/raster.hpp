// A raster source: GeoTIFF, ASCII grid, SRTM .hgt, a raster coverage of a GeoPackage, or a .zip with one of
// them. Opened and checked first (name, driver, size, CRS), read only where and when it is needed.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/geo/grid.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

// What the user says about a source.
struct RasterGiven {
  std::filesystem::path file;  // has passed safe_input()
  std::string key;             // Sources::key, goes into the log
  std::string crs;             // where the file has none: "EPSG:n" or "local"
  std::string vertical_datum;  // overrides the file's
};

struct RasterInfo {
  std::string key;
  std::string file;
  int width = 0, height = 0;
  std::array<double, 6> transform{};  // x = t0 + column t1, y = t3 + row t5; t2 = t4 = 0 (rotated is refused)
  Crs crs;
  std::string vertical_datum = "unknown";
  Box2 bounds;                    // in the source's CRS
  double resolution_m = 0;        // spacing; of a geographic source: metres of its latitude spacing
  bool saturates_at_255 = false;  // stored in one byte: heights above cannot be told
};

class RasterSource {
 public:
  [[nodiscard]] const RasterInfo& info() const;

  struct Impl;  // holds the GDAL data set; raster_gdal.hpp
  explicit RasterSource(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  [[nodiscard]] Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<Impl> impl_;
};

// Failure codes: file.not_recognised, file.broken, raster.no_crs, raster.too_large, raster.rotated,
// raster.no_position, raster.empty, zip.*. Nothing of the values is read yet.
Result<RasterSource> open_raster_source(const RasterGiven& given, const RunContext& context);

// The source's box in longitude and latitude; empty for a local source.
[[nodiscard]] Box2 lonlat_bounds(const RasterInfo& info);

// What became of the source's cells inside the box that was read.
struct RasterCounts {
  std::uint64_t read = 0, valid = 0, no_data = 0, not_a_number = 0, out_of_range = 0, at_255 = 0;
};

// Values outside [lowest, highest] are counted as out of range and become no-data.
struct ValueRange {
  double lowest = -std::numeric_limits<double>::infinity(), highest = std::numeric_limits<double>::infinity();
};

enum class Resampling { nearest, bilinear, average };

// The source on a grid of the city frame. Copied bit by bit where the grid's cells are the source's own
// cells, else resampled. NaN where the source has nothing. Codes: file.broken, raster.outside,
// memory.too_large.
Result<Grid<float>> read_onto_grid(const RasterSource& source, const GridSpec& grid, const CityFrame& frame,
                                   Resampling resampling, const ValueRange& range, RasterCounts& counts,
                                   const RunContext& context);

// The grid a source is read onto: its own cells where its CRS is the frame's and they are square, else cells
// of its resolution (rounded to 1/8 m above 1 m); just large enough to hold `extent` and the source's box.
Result<GridSpec> natural_grid(const RasterSource& source, const CityFrame& frame);

}  // namespace citytwin::gis
