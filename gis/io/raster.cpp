#include "gis/io/raster.hpp"

#include <cmath>

#include "gis/readers/raster_gdal.hpp"

namespace citytwin::gis {

Result<PlainRaster> read_plain_raster(const std::filesystem::path& path, const RunContext& context) {
  const Where where{.file = path.string()};
  const auto source =
      open_raster_source({.file = path, .key = "raster", .crs = "local", .vertical_datum = {}}, context);
  if (!source.ok()) return Result<PlainRaster>(source.diagnostics());
  const RasterInfo& info = source->info();
  if (Diagnostics unfit = check_frame(info.crs, where); unfit.has_errors()) return Result<PlainRaster>(unfit);
  if (std::abs(info.transform[1] + info.transform[5]) > 1e-6 * info.transform[1])
    return Result<PlainRaster>::failure("raster.not_square", where);

  PlainRaster raster;
  raster.frame = make_frame(info.crs, info.bounds, info.vertical_datum);
  const Point2 corner{info.bounds.min.x - raster.frame.origin_x, info.bounds.min.y - raster.frame.origin_y};
  const GridSpec grid{corner, info.transform[1], info.width, info.height};
  RasterCounts counts;
  auto values = read_onto_grid(*source, grid, raster.frame, Resampling::nearest, {}, counts, context);
  if (!values.ok()) return Result<PlainRaster>(values.diagnostics());
  raster.grid = std::move(*values);
  return Result<PlainRaster>(std::move(raster), source.diagnostics());
}

}  // namespace citytwin::gis
