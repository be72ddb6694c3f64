// From a source's cells to the cells of a grid in the city frame.
#include <gdalwarper.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "gis/crs/crs_gdal.hpp"
#include "gis/readers/raster_gdal.hpp"

namespace citytwin::gis {
namespace {

constexpr double kVoid = -32767;
constexpr double kSquare = 1e-6;      // relative difference of cell sides still called square
constexpr double kAligned = 1e-3;     // share of a cell by which origins may differ and still be the same
constexpr double kWarpMemory = 64e6;  // fixed: the chunks of a warp belong to the algorithm
constexpr double kWarpError = 0.02;   // of a target cell, of the transformation's approximation
constexpr int kMargin = 3;            // source cells around the target box that bilinear may touch

bool same_crs(const RasterInfo& info, const CityFrame& frame) { return info.crs.code() == frame.crs; }

bool is_square(const RasterInfo& info) {
  return std::abs(info.transform[1] + info.transform[5]) <= kSquare * info.transform[1];
}

// Source cell (column, row) of the grid's north-west cell, if the grid's cells are the source's own.
std::optional<RasterWindow> own_cells(const RasterInfo& info, const GridSpec& grid, const CityFrame& frame) {
  const auto& t = info.transform;
  if (!same_crs(info, frame) || !is_square(info) || std::abs(grid.cell_m - t[1]) > kSquare * t[1])
    return std::nullopt;
  const double column = (grid.origin.x + frame.origin_x - t[0]) / t[1];
  const double row = (grid.bounds().max.y + frame.origin_y - t[3]) / t[5];
  if (std::abs(column - std::round(column)) > kAligned || std::abs(row - std::round(row)) > kAligned)
    return std::nullopt;
  if (std::abs(column) > 1e9 || std::abs(row) > 1e9) return std::nullopt;
  return RasterWindow{static_cast<int>(std::round(column)), static_cast<int>(std::round(row)), grid.nx,
                      grid.ny};
}

Result<Grid<float>> copy_cells(const RasterSource& source, const GridSpec& grid, const RasterWindow& wanted,
                               const ValueRange& range, RasterCounts& counts, const RunContext& context) {
  const RasterInfo& info = source.info();
  RasterWindow window;
  window.column = std::max(wanted.column, 0);
  window.row = std::max(wanted.row, 0);
  window.width = std::min(wanted.column + wanted.width, info.width) - window.column;
  window.height = std::min(wanted.row + wanted.height, info.height) - window.row;
  Grid<float> out(grid, kNoData);
  if (window.empty()) return out;
  const auto values = read_window(source, window, range, counts, context);
  if (!values.ok()) return Result<Grid<float>>(values.diagnostics());
  for (int row = 0; row < window.height; ++row) {
    const int j = grid.ny - 1 - (window.row + row - wanted.row);
    const float* from =
        values->data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(window.width);
    std::copy(from, from + window.width, out.values.data() + grid.index(window.column - wanted.column, j));
  }
  return out;
}

DatasetPtr memory_raster(std::vector<float>& values, int width, int height, double* transform,
                         const OGRSpatialReference* reference) {
  auto* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  DatasetPtr data(driver->Create("", width, height, 1, GDT_Float32, nullptr));
  if (data == nullptr) return data;
  data->SetGeoTransform(transform);
  if (reference != nullptr) data->SetSpatialRef(reference);
  GDALRasterBand* band = data->GetRasterBand(1);
  band->SetNoDataValue(kVoid);
  if (band->RasterIO(GF_Write, 0, 0, width, height, values.data(), width, height, GDT_Float32, 0, 0) !=
      CE_None)
    data.reset();
  return data;
}

Result<Grid<float>> resample(const RasterSource& source, const GridSpec& grid, const CityFrame& frame,
                             Resampling resampling, const ValueRange& range, RasterCounts& counts,
                             const RunContext& context) {
  const RasterInfo& info = source.info();
  const Where where{.file = info.file};
  const auto back = FrameTransform::make(info.crs, frame);
  if (!back.ok()) return Result<Grid<float>>(back.diagnostics());
  const RasterWindow window = window_of(info, back->from_frame(grid.bounds()), kMargin);
  if (window.empty()) return Grid<float>(grid, kNoData);
  auto values = read_window(source, window, range, counts, context);
  if (!values.ok()) return Result<Grid<float>>(values.diagnostics());
  const auto hide = [](float& v) { v = std::isnan(v) ? static_cast<float>(kVoid) : v; };
  std::for_each(values->begin(), values->end(), hide);

  const GdalErrors errors;
  const auto& t = info.transform;
  double source_transform[6] = {t[0] + window.column * t[1], t[1], 0, t[3] + window.row * t[5], 0, t[5]};
  double grid_transform[6] = {frame.origin_x + grid.origin.x,       grid.cell_m, 0,
                              frame.origin_y + grid.bounds().max.y, 0,           -grid.cell_m};
  const auto target_crs = Crs::parse(frame.crs);
  std::vector<float> north_up(grid.size(), static_cast<float>(kVoid));
  const DatasetPtr from =
      memory_raster(*values, window.width, window.height, source_transform, ogr_of(info.crs));
  const DatasetPtr to = memory_raster(north_up, grid.nx, grid.ny, grid_transform, ogr_of(*target_crs));
  if (from == nullptr || to == nullptr)
    return Result<Grid<float>>::failure("memory.too_large", where, {{"need_mb", ""}});
  const auto stop = [](double, const char*, void* data) -> int {
    return static_cast<const RunContext*>(data)->stop_requested() ? FALSE : TRUE;
  };
  const auto algorithm = resampling == Resampling::nearest   ? GRA_NearestNeighbour
                         : resampling == Resampling::average ? GRA_Average
                                                             : GRA_Bilinear;
  const CPLErr result = GDALReprojectImage(from.get(), nullptr, to.get(), nullptr, algorithm, kWarpMemory,
                                           kWarpError, stop, const_cast<RunContext*>(&context), nullptr);
  context.check_stop();
  if (result != CE_None || errors.failed())
    return Result<Grid<float>>::failure("file.broken", where, {{"reason", errors.reason()}});

  Grid<float> out(grid);
  float* top = out.values.data() + grid.index(0, grid.ny - 1);
  const GSpacing line = -static_cast<GSpacing>(sizeof(float)) * grid.nx;
  if (to->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, grid.nx, grid.ny, top, grid.nx, grid.ny, GDT_Float32,
                                     sizeof(float), line) != CE_None)
    return Result<Grid<float>>::failure("file.broken", where, {{"reason", errors.reason()}});
  std::replace(out.values.begin(), out.values.end(), static_cast<float>(kVoid), kNoData);
  return out;
}

}  // namespace

Result<GridSpec> natural_grid(const RasterSource& source, const CityFrame& frame) {
  const RasterInfo& info = source.info();
  const auto transform = FrameTransform::make(info.crs, frame);
  if (!transform.ok()) return Result<GridSpec>(transform.diagnostics());
  const Box2 box = frame.extent.empty() ? transform->to_frame(info.bounds) : frame.extent;
  const bool own = same_crs(info, frame) && is_square(info);
  GridSpec grid;
  grid.cell_m = info.resolution_m;
  if (!own && grid.cell_m > 1) grid.cell_m = std::round(grid.cell_m * 8) / 8;
  // Own cells start at the source's corner; new ones at the extent's.
  Point2 anchor = box.min;
  if (own) anchor = Point2{info.bounds.min.x - frame.origin_x, info.bounds.min.y - frame.origin_y};
  const double slack = own ? kAligned : 0;
  const double first_x = std::floor((box.min.x - anchor.x) / grid.cell_m + slack);
  const double first_y = std::floor((box.min.y - anchor.y) / grid.cell_m + slack);
  grid.origin = anchor + Point2{first_x * grid.cell_m, first_y * grid.cell_m};
  const double nx = std::ceil((box.max.x - grid.origin.x) / grid.cell_m - slack);
  const double ny = std::ceil((box.max.y - grid.origin.y) / grid.cell_m - slack);
  if (!(nx >= 1 && ny >= 1 && nx < 2e9 && ny < 2e9 && nx * ny < 4e9))
    return Result<GridSpec>::failure(
        "raster.too_large", {.file = info.file},
        {{"width", std::to_string(std::llround(nx))}, {"height", std::to_string(std::llround(ny))}});
  grid.nx = static_cast<int>(nx);
  grid.ny = static_cast<int>(ny);
  return grid;
}

Result<Grid<float>> read_onto_grid(const RasterSource& source, const GridSpec& grid, const CityFrame& frame,
                                   Resampling resampling, const ValueRange& range, RasterCounts& counts,
                                   const RunContext& context) {
  const double need = static_cast<double>(grid.size()) * sizeof(float) * 3;
  if (context.memory_limit_bytes > 0 && need > context.memory_limit_bytes)
    return Result<Grid<float>>::failure("memory.too_large", {.file = source.info().file},
                                        {{"need_mb", std::to_string(std::llround(need / 1e6))}});
  if (const auto cells = own_cells(source.info(), grid, frame))
    return copy_cells(source, grid, *cells, range, counts, context);
  return resample(source, grid, frame, resampling, range, counts, context);
}

}  // namespace citytwin::gis
