// Small rasters made on the spot for the tests of raster readers.
#pragma once

#include <gdal_priv.h>

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gis/crs/crs.hpp"
#include "gis/crs/crs_gdal.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis::test {

struct RasterSpec {
  int width = 20, height = 10;
  double west = 372'000, north = 4'850'000, cell = 30;
  std::string crs = "EPSG:32632";  // "" = none
  GDALDataType type = GDT_Float32;
  double no_data = -9999;
  bool has_no_data = true;
};

// value(column, row) with row 0 in the north.
inline void write_tiff(const std::filesystem::path& path, const RasterSpec& spec,
                       const std::function<double(int, int)>& value) {
  start_gdal();
  auto* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const DatasetPtr data(driver->Create(path.c_str(), spec.width, spec.height, 1, spec.type, nullptr));
  double transform[6] = {spec.west, spec.cell, 0, spec.north, 0, -spec.cell};
  data->SetGeoTransform(transform);
  if (!spec.crs.empty()) {
    const Crs crs = *Crs::parse(spec.crs);
    data->SetSpatialRef(ogr_of(crs));
  }
  if (spec.has_no_data) data->GetRasterBand(1)->SetNoDataValue(spec.no_data);
  std::vector<double> values;
  for (int row = 0; row < spec.height; ++row)
    for (int column = 0; column < spec.width; ++column) values.push_back(value(column, row));
  const CPLErr result = data->GetRasterBand(1)->RasterIO(
      GF_Write, 0, 0, spec.width, spec.height, values.data(), spec.width, spec.height, GDT_Float64, 0, 0);
  if (result != CE_None) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace citytwin::gis::test
