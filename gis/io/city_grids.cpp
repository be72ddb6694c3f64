#include "gis/io/city_grids.hpp"

#include <cpl_string.h>

#include <algorithm>
#include <cmath>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis {
namespace {

// SQLite turns NaN into NULL, so no-data needs a number; no ground on Earth is that low.
constexpr float kVoid = -32767.0F;
constexpr int kTile = 256;

GDALDriver* geopackage() {
  start_gdal();
  return GetGDALDriverManager()->GetDriverByName("GPKG");
}

// North-up rows of the band [first, first + rows) of a south-up grid, no-data as kVoid.
void flip_rows(const Grid<float>& grid, int first, int rows, std::vector<float>& out) {
  const auto nx = static_cast<std::size_t>(grid.spec.nx);
  out.resize(nx * static_cast<std::size_t>(rows));
  for (int row = 0; row < rows; ++row) {
    const float* from = grid.values.data() + grid.spec.index(0, grid.spec.ny - 1 - (first + row));
    float* to = out.data() + static_cast<std::size_t>(row) * nx;
    std::transform(from, from + nx, to, [](float v) { return std::isnan(v) ? kVoid : v; });
  }
}

bool write_coverage(const std::filesystem::path& path, const NamedGrid& item, bool append, const Crs& crs,
                    const CityFrame& frame, const RunContext& context) {
  const GridSpec& spec = item.grid->spec;
  CPLStringList options;
  options.SetNameValue("RASTER_TABLE", item.name.c_str());
  options.SetNameValue("TILE_FORMAT", "TIFF");
  options.SetNameValue("BLOCKSIZE", std::to_string(kTile).c_str());
  if (append) options.SetNameValue("APPEND_SUBDATASET", "YES");
  DatasetPtr dataset(geopackage()->Create(path.c_str(), spec.nx, spec.ny, 1, GDT_Float32, options.List()));
  if (dataset == nullptr) return false;
  const double north = frame.origin_y + spec.origin.y + spec.ny * spec.cell_m;
  double transform[6] = {frame.origin_x + spec.origin.x, spec.cell_m, 0, north, 0, -spec.cell_m};
  if (const OGRSpatialReference* reference = ogr_of(crs)) dataset->SetSpatialRef(reference);
  dataset->SetGeoTransform(transform);
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(kVoid);
  std::vector<float> rows;
  for (int first = 0; first < spec.ny; first += kTile) {
    context.check_stop();
    const int count = std::min(kTile, spec.ny - first);
    flip_rows(*item.grid, first, count, rows);
    if (band->RasterIO(GF_Write, 0, first, spec.nx, count, rows.data(), spec.nx, count, GDT_Float32, 0, 0) !=
        CE_None)
      return false;
  }
  return true;
}

}  // namespace

Result<Done> create_geopackage(const std::filesystem::path& path, const std::filesystem::path& final_path,
                               const std::vector<NamedGrid>& grids, const CityFrame& frame,
                               const RunContext& context) {
  const Where where{.file = final_path.string()};
  const auto crs = Crs::parse(frame.crs, where);
  if (!crs.ok()) return Result<Done>(crs.diagnostics());
  start_gdal();
  const GdalErrors errors;
  bool ok = true;
  if (grids.empty())
    ok = DatasetPtr(geopackage()->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr)) != nullptr;
  for (std::size_t i = 0; i < grids.size() && ok; ++i)
    ok = write_coverage(path, grids[i], i > 0, *crs, frame, context);
  if (!ok || errors.failed())
    return Result<Done>::failure("file.cannot_write", where, {{"reason", errors.reason()}});
  return Done{};
}

Result<Grid<float>> read_coverage(const std::filesystem::path& path, const std::string& name,
                                  const GridSpec& spec, const RunContext& context) {
  const Where where{.file = path.string(), .layer = name};
  const auto broken = [&](const std::string& reason) {
    return Result<Grid<float>>::failure("city.broken_coverage", where, {{"table", name}, {"reason", reason}});
  };
  start_gdal();
  const GdalErrors errors;
  const char* drivers[] = {"GPKG", nullptr};
  CPLStringList options;
  options.SetNameValue("TABLE", name.c_str());
  options.SetNameValue("IMMUTABLE", "YES");
  const DatasetPtr dataset(
      GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, options.List()));
  if (dataset == nullptr || dataset->GetRasterCount() < 1) return broken(errors.reason());
  if (dataset->GetRasterXSize() != spec.nx || dataset->GetRasterYSize() != spec.ny)
    return broken(std::to_string(dataset->GetRasterXSize()) + " x " +
                  std::to_string(dataset->GetRasterYSize()));

  Grid<float> grid(spec);
  const auto nx = static_cast<std::size_t>(spec.nx);
  for (int first = 0; first < spec.ny; first += kTile) {
    context.check_stop();
    const int count = std::min(kTile, spec.ny - first);
    // The first row of the file is the northernmost: start at the last grid row and walk down (negative
    // step).
    float* top = grid.values.data() + spec.index(0, spec.ny - 1 - first);
    const auto line = -static_cast<GSpacing>(nx * sizeof(float));
    const CPLErr result = dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, first, spec.nx, count, top, spec.nx,
                                                              count, GDT_Float32, sizeof(float), line);
    if (result != CE_None || errors.failed()) return broken(errors.reason());
  }
  std::replace(grid.values.begin(), grid.values.end(), kVoid, kNoData);
  return grid;
}

}  // namespace citytwin::gis
