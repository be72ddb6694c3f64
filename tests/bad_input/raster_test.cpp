// Elevation files that cannot be used.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

// The good town on an elevation file that `make` writes.
BadCase dem_case(const std::string& name, const std::string& file, const std::string& code,
                 const std::function<void(const Path&)>& make) {
  return {name,
          [=](const Path& folder) {
            put_osm(folder / "town.osm");
            make(folder / file);
            return import_of({"--osm", "town.osm", "--dem", file});
          },
          code};
}

// A little-endian TIFF header that claims `width` x `height` cells of one byte in a single strip.
std::string huge_tiff(std::uint32_t width, std::uint32_t height) {
  std::string out("II*\0\10\0\0\0", 8);
  const auto put16 = [&](std::uint16_t v) { out.append(reinterpret_cast<const char*>(&v), 2); };
  const auto put32 = [&](std::uint32_t v) { out.append(reinterpret_cast<const char*>(&v), 4); };
  const std::vector<std::pair<std::uint16_t, std::uint32_t>> tags{{256, width}, {257, height}, {258, 8},
                                                                  {259, 1},     {262, 1},      {273, 200},
                                                                  {277, 1},     {278, height}, {279, 4}};
  put16(static_cast<std::uint16_t>(tags.size()));
  for (const auto& [tag, value] : tags) {
    put16(tag);
    put16(4);  // LONG
    put32(1);
    put32(value);
  }
  put32(0);
  out.resize(256, '\0');
  return out;
}

void put_tile(const Path& path, const std::string& name, std::size_t bytes) {
  put_zip(path, {{name, std::string(bytes, '\1')}});
}

// Overwrites the claimed uncompressed size in both headers of a one-member zip.
void claim_size(const Path& path, std::uint32_t bytes) {
  std::string zip = content_of(path);
  std::memcpy(zip.data() + 22, &bytes, 4);
  const auto central = zip.find("PK\1\2");
  std::memcpy(zip.data() + central + 24, &bytes, 4);
  put(path, zip);
}

const char* kVrt =
    "<VRTDataset rasterXSize=\"2000000000\" rasterYSize=\"2000000000\"><SRS>EPSG:32632</SRS>"
    "<GeoTransform>372000,1,0,4850000,0,-1</GeoTransform><VRTRasterBand dataType=\"Float64\" band=\"1\" "
    "subClass=\"VRTRawRasterBand\"><SourceFilename "
    "relativetoVRT=\"0\">/etc/passwd</SourceFilename></VRTRasterBand></VRTDataset>";

std::string grid_header(const std::string& columns, const std::string& rows) {
  return "ncols " + columns + "\nnrows " + rows +
         "\nxllcorner 372000\nyllcorner 4841600\ncellsize 30\nNODATA_value -9999\n";
}

}  // namespace

TEST_CASE("the good town on a good elevation file imports") {
  check_accepted(dem_case("good", "dem.tif", "", [](const Path& file) { put_dem(file); }));
}

TEST_CASE("elevation files without place, size, content or honesty are refused") {
  check_refused({
      dem_case("GeoTIFF without CRS", "dem.tif", "raster.no_crs",
               [](const Path& file) {
                 auto spec = good_dem();
                 spec.crs = "";
                 put_dem(file, spec);
               }),
      dem_case("VRT in disguise that reads /etc/passwd", "dem.tif", "file.not_recognised",
               [](const Path& file) { put(file, kVrt); }),
      dem_case("VRT by name", "dem.vrt", "file.not_recognised", [](const Path& file) { put(file, kVrt); }),
      dem_case("2e9 x 2e9 GeoTIFF of 256 bytes", "dem.tif", "raster.too_large",
               [](const Path& file) { put(file, huge_tiff(2'000'000'000, 2'000'000'000)); }),
      dem_case("2e9 x 2e9 ASCII grid", "dem.asc", "file.not_recognised",
               [](const Path& file) { put(file, grid_header("2000000000", "2000000000") + "1 2 3\n"); }),
      dem_case("GeoTIFF cut in its header", "dem.tif", "file.broken",
               [](const Path& file) {
                 put_dem(file);
                 std::filesystem::resize_file(file, 6);
               }),
      dem_case("GeoTIFF cut in its cells", "dem.tif", "file.broken",
               [](const Path& file) {
                 put_dem(file);
                 cut(file, 0.6);
               }),
      dem_case("text called .tif", "dem.tif", "file.not_recognised",
               [](const Path& file) { put(file, "not a raster\n"); }),
      dem_case("ASCII grid without CRS", "dem.asc", "raster.no_crs",
               [](const Path& file) { put(file, grid_header("2", "2") + "1 2\n3 4\n"); }),
      dem_case("ASCII grid of words", "dem.asc", "file.not_recognised",
               [](const Path& file) { put(file, "ncols two\n"); }),
      dem_case("ASCII grid with too few values", "dem.asc", "file.broken",
               [](const Path& file) {
                 put(file, grid_header("80", "80") + "1 2 3\n");
                 put(Path(file).replace_extension(".prj"), gis::Crs::parse("EPSG:32632")->wkt());
               }),
      dem_case("elsewhere on Earth", "dem.tif", "extent.no_overlap",
               [](const Path& file) {
                 auto spec = good_dem();
                 spec.west += 200'000;
                 put_dem(file, spec);
               }),
      dem_case("ground under a quarter of the town", "dem.tif", "dem.covers_too_little",
               [](const Path& file) {
                 gis::test::write_tiff(file, good_dem(),
                                       [](int c, int r) { return c < 21 ? 5.0 + r : -9999.0; });
               }),
      dem_case(
          "nothing but no-data", "dem.tif", "dem.outside",
          [](const Path& file) { gis::test::write_tiff(file, good_dem(), [](int, int) { return -9999; }); }),
      dem_case("complex numbers", "dem.tif", "raster.no_numbers",
               [](const Path& file) {
                 auto spec = good_dem();
                 spec.type = GDT_CFloat32;
                 put_dem(file, spec);
               }),
      dem_case("degrees outside the globe", "dem.tif", "raster.not_on_earth",
               [](const Path& file) {
                 auto spec = good_dem();
                 spec.crs = "EPSG:4326";
                 put_dem(file, spec);
               }),
      dem_case("zip without a raster", "dem.zip", "zip.no_member",
               [](const Path& file) {
                 put_zip(file, {{"readme.txt", "nothing"}});
               }),
      dem_case("zip with two rasters", "dem.zip", "zip.several_members",
               [](const Path& file) {
                 put_zip(file, {{"a.tif", "x"}, {"b.tif", "y"}});
               }),
      dem_case("zip cut", "dem.zip", "zip.broken",
               [](const Path& file) {
                 put_tile(file, "N43E007.hgt", 2'884'802);
                 cut(file, 0.5);
               }),
      dem_case("zip bomb: claims 4 GB", "dem.zip", "zip.too_large",
               [](const Path& file) {
                 put_tile(file, "N43E007.hgt", 2'884'802);
                 claim_size(file, 4'000'000'000U);
               }),
      dem_case("zip member larger than it claims", "dem.zip", "zip.broken",
               [](const Path& file) {
                 put_tile(file, "N43E007.hgt", 2'884'802);
                 claim_size(file, 1000);
               }),
      dem_case("SRTM tile under a wrong name", "dem.zip", "zip.not_a_tile",
               [](const Path& file) { put_tile(file, "monaco.hgt", 2'884'802); }),
      dem_case("SRTM tile of a wrong size", "dem.zip", "file.not_recognised",
               [](const Path& file) { put_tile(file, "N43E007.hgt", 1000); }),
      dem_case("zip member with a path to the outside", "dem.zip", "zip.not_a_tile",
               [](const Path& file) { put_tile(file, "../../../etc/x.hgt", 1000); }),
  });
}

}  // namespace citytwin::bad_input
