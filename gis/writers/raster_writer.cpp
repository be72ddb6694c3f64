#include "gis/writers/raster_writer.hpp"

#include <cpl_string.h>

#include <algorithm>
#include <cmath>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis {
namespace {

// A COG is made by copy: first the whole raster in memory, then GDAL lays out tiles and overviews.
DatasetPtr in_memory(const Grid<float>& grid, const CityFrame& frame, const std::string& description,
                     const std::string& unit) {
  const GridSpec& spec = grid.spec;
  auto* driver = GetGDALDriverManager()->GetDriverByName("MEM");
  DatasetPtr data(driver->Create("", spec.nx, spec.ny, 1, GDT_Float32, nullptr));
  if (data == nullptr) return data;
  const auto crs = Crs::parse(frame.crs);
  if (crs.ok() && !crs->is_local()) data->SetSpatialRef(ogr_of(*crs));
  double transform[6] = {frame.origin_x + spec.origin.x,       spec.cell_m, 0,
                         frame.origin_y + spec.bounds().max.y, 0,           -spec.cell_m};
  data->SetGeoTransform(transform);
  GDALRasterBand* band = data->GetRasterBand(1);
  band->SetNoDataValue(kNoData);
  band->SetDescription(description.c_str());
  band->SetUnitType(unit.c_str());
  // Row 0 of the grid is the southernmost, row 0 of a raster the northernmost: read from the top, step down.
  auto* top = const_cast<float*>(grid.values.data() + spec.index(0, spec.ny - 1));
  const GSpacing line = -static_cast<GSpacing>(sizeof(float)) * spec.nx;
  if (band->RasterIO(GF_Write, 0, 0, spec.nx, spec.ny, top, spec.nx, spec.ny, GDT_Float32, sizeof(float),
                     line) != CE_None)
    data.reset();
  return data;
}

}  // namespace

Result<Done> write_cog(const Grid<float>& grid, const CityFrame& frame, const std::string& description,
                       const std::string& unit, const std::filesystem::path& path) {
  const Where where{.file = path.string()};
  if (grid.empty()) return Result<Done>::failure("file.nothing_to_write", where);
  start_gdal();
  const GdalErrors errors;
  const auto failed = [&] {
    return Result<Done>::failure("file.cannot_write", where, {{"reason", errors.reason()}});
  };
  const DatasetPtr source = in_memory(grid, frame, description, unit);
  if (source == nullptr) return failed();

  AtomicFile file(path);
  CPLStringList options;
  options.SetNameValue("COMPRESS", "DEFLATE");
  options.SetNameValue("PREDICTOR", "YES");
  options.SetNameValue("BLOCKSIZE", "256");
  options.SetNameValue("OVERVIEW_RESAMPLING", "AVERAGE");
  auto* driver = GetGDALDriverManager()->GetDriverByName("COG");
  DatasetPtr written(
      driver->CreateCopy(file.temporary().c_str(), source.get(), FALSE, options.List(), nullptr, nullptr));
  if (written == nullptr || !close_checked(std::move(written), errors)) return failed();
  return file.commit();
}

}  // namespace citytwin::gis
