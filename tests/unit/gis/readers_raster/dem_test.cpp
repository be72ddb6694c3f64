#include <doctest/doctest.h>

#include <cmath>

#include "gis/io/atomic_file.hpp"
#include "gis/readers/dem.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"
#include "tests/unit/gis/readers_raster/raster_files.hpp"

namespace citytwin::gis {
namespace {

using test::RasterSpec;
using test::TemporaryFolder;
using test::write_tiff;

RasterSource must_open(const std::filesystem::path& path, const std::string& crs = {}) {
  auto source = open_raster_source({.file = path, .key = "dem", .crs = crs, .vertical_datum = {}}, {});
  REQUIRE_MESSAGE(source.ok(),
                  (source.diagnostics().empty() ? "" : source.diagnostics().items().front().code));
  return *source;
}

std::string code_of(const std::filesystem::path& path, const std::string& crs = {}) {
  const auto source = open_raster_source({.file = path, .key = "dem", .crs = crs, .vertical_datum = {}}, {});
  return source.ok() ? "ok" : source.diagnostics().items().front().code;
}

// The frame whose extent is the raster's box.
CityFrame frame_of(const RasterSpec& spec) {
  const Box2 box{{spec.west, spec.north - spec.height * spec.cell},
                 {spec.west + spec.width * spec.cell, spec.north}};
  return make_frame(*Crs::parse(spec.crs), box);
}

const std::string kShared = std::string(CITYTWIN_SOURCE_DIR) + "/../shared/data/";

}  // namespace

TEST_CASE("a DEM in the city's CRS keeps its cells bit by bit, south row first") {
  const TemporaryFolder folder;
  const RasterSpec spec;
  write_tiff(folder / "dem.tif", spec, [](int c, int r) { return 100 * r + c + 0.1; });
  ImportLog log;
  const CityFrame frame = frame_of(spec);
  const auto terrain = read_dem({{must_open(folder / "dem.tif"), SourceId(3)}}, frame, log, {});
  REQUIRE(terrain.ok());
  const auto& grid = terrain->elevation;
  CHECK(grid.spec.nx == 20);
  CHECK(grid.spec.ny == 10);
  CHECK(grid.spec.cell_m == 30);
  CHECK(grid.spec.origin == Point2{0, 4'849'700 - frame.origin_y});
  CHECK(grid.at(4, 9) == 4.1F);
  CHECK(grid.at(0, 0) == 900.1F);
  CHECK(terrain->true_resolution_m == 30);
  CHECK(terrain->source == SourceId(3));
  REQUIRE(log.counts.size() == 1);
  CHECK(log.counts[0].closes());
  CHECK(log.counts[0].read == 200);
  CHECK(folder.names() == std::vector<std::string>{"dem.tif"});  // nothing written beside the source
}

TEST_CASE("an extent inside the DEM clips on the DEM's own cells") {
  const TemporaryFolder folder;
  const RasterSpec spec;
  write_tiff(folder / "dem.tif", spec, [](int c, int r) { return 100 * r + c; });
  CityFrame frame = frame_of(spec);
  const Point2 south_west = frame.extent.min;
  frame.extent = {south_west + Point2{65, 95}, south_west + Point2{185, 205}};
  ImportLog log;
  const auto terrain = read_dem({{must_open(folder / "dem.tif"), SourceId(0)}}, frame, log, {});
  REQUIRE(terrain.ok());
  const auto& grid = terrain->elevation;
  CHECK(grid.spec.origin == south_west + Point2{60, 90});
  CHECK(grid.spec.nx == 5);
  CHECK(grid.spec.ny == 4);
  CHECK(grid.at(0, 0) == 602);  // column 2, row 6 from the north
}

TEST_CASE("no-data, NaN and absurd heights are counted; small voids are bridged, voids at the border stay") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.width = spec.height = 30;
  write_tiff(folder / "dem.tif", spec, [](int c, int r) -> double {
    if (c >= 10 && c < 13 && r >= 10 && r < 12) return -9999;
    if (c == 20 && r == 20) return std::nan("");
    if (c == 25 && r == 5) return 1e30;
    if (c == 0 && r == 0) return -9999;
    return 5 * c;  // a plane is reproduced by the membrane
  });
  ImportLog log;
  const auto terrain = read_dem({{must_open(folder / "dem.tif"), SourceId(0)}}, frame_of(spec), log, {});
  REQUIRE(terrain.ok());
  const auto& grid = terrain->elevation;
  CHECK(grid.at(11, 29 - 11) == doctest::Approx(55).epsilon(1e-3));
  CHECK(grid.at(20, 29 - 20) == doctest::Approx(100).epsilon(1e-3));
  CHECK(std::isnan(grid.at(0, 29)));
  const ImportCount& line = log.counts.at(0);
  CHECK(line.closes());
  CHECK(line.read == 900);
  CHECK(line.kept == 891);
  CHECK(line.dropped == std::vector<ImportCount::Dropped>{{"dropped.no_data", 7},
                                                          {"dropped.not_a_number", 1},
                                                          {"dropped.implausible_height", 1}});
  CHECK(log.terrain_changes.size() == 3);
  REQUIRE(log.findings.size() == 1);
  CHECK(log.findings[0].code == "void.left");
}

TEST_CASE("a mosaic takes the finest source on top and fills from the rest") {
  const TemporaryFolder folder;
  RasterSpec fine;
  fine.width = fine.height = 20;
  fine.cell = 10;
  RasterSpec coarse;
  coarse.width = coarse.height = 10;
  coarse.cell = 40;
  write_tiff(folder / "fine.tif", fine, [](int, int) { return 1; });
  write_tiff(folder / "coarse.tif", coarse, [](int, int) { return 2; });
  ImportLog log;
  const auto terrain = read_dem(
      {{must_open(folder / "coarse.tif"), SourceId(0)}, {must_open(folder / "fine.tif"), SourceId(1)}},
      frame_of(coarse), log, {});
  REQUIRE(terrain.ok());
  CHECK(terrain->elevation.spec.cell_m == 10);
  CHECK(terrain->elevation.at(0, 39) == 1);
  CHECK(terrain->elevation.at(39, 0) == 2);
  CHECK(terrain->source == SourceId(0));  // most cells are the coarse one's
  CHECK(terrain->true_resolution_m == 40);
  CHECK(terrain.diagnostics().has("dem.several_resolutions"));
}

TEST_CASE("a geographic DEM is reprojected: a slope to the north stays one") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.crs = "EPSG:4326";
  spec.west = 7.3;
  spec.north = 43.8;
  spec.cell = 1.0 / 1200;
  spec.width = spec.height = 240;
  write_tiff(folder / "dem.tif", spec,
             [&](int, int r) { return (spec.north - (r + 0.5) * spec.cell - 43) * 1000; });
  const RasterSource source = must_open(folder / "dem.tif");
  CHECK(source.info().resolution_m == doctest::Approx(92.66).epsilon(1e-3));
  const auto to_utm = FrameTransform::make(Crs::wgs84(), CityFrame{.crs = "EPSG:32632"});
  const CityFrame frame =
      make_frame(*Crs::parse("EPSG:32632"), to_utm->to_frame(Box2{{7.35, 43.65}, {7.45, 43.75}}));
  ImportLog log;
  const auto terrain = read_dem({{source, SourceId(0)}}, frame, log, {});
  REQUIRE(terrain.ok());
  const auto lonlat = FrameTransform::make(Crs::wgs84(), frame);
  double worst = 0;
  for (int j = 0; j < terrain->elevation.spec.ny; ++j)
    for (int i = 0; i < terrain->elevation.spec.nx; ++i) {
      const Point2 p = lonlat->from_frame(terrain->elevation.spec.centre(i, j));
      worst = std::max(worst, std::abs(terrain->elevation.at(i, j) - (p.y - 43) * 1000));
    }
  CHECK(worst < 0.05);  // of 0.83 m per cell: the warp's error bound of 0.02 cells
  CHECK(terrain->elevation.spec.cell_m == 92.625);
  CHECK(log.counts.at(0).closes());
}

TEST_CASE("rasters without a place, a size or numbers are refused") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.crs = "";
  write_tiff(folder / "no_crs.tif", spec, [](int, int) { return 1; });
  CHECK(code_of(folder / "no_crs.tif") == "raster.no_crs");
  CHECK(code_of(folder / "no_crs.tif", "EPSG:32632") == "ok");
  CHECK(code_of(folder / "no_crs.tif", "/etc/passwd") == "crs.not_understood");
  REQUIRE(write_file(
              folder / "vrt.tif",
              "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"><VRTRasterBand dataType=\"Byte\" band=\"1\" "
              "subClass=\"VRTRawRasterBand\"><SourceFilename>/etc/passwd</SourceFilename></VRTRasterBand></"
              "VRTDataset>")
              .ok());
  CHECK(code_of(folder / "vrt.tif") == "file.not_recognised");
  REQUIRE(write_file(folder / "words.asc", "this is no grid").ok());
  CHECK(code_of(folder / "words.asc") == "file.not_recognised");
}

TEST_CASE("a cut GeoTIFF that still opens is refused when its values are read") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.width = spec.height = 300;
  const auto path = folder / "dem.tif";
  write_tiff(path, spec, [](int c, int r) { return std::sin(c) + r; });
  const auto bytes = std::filesystem::file_size(path);
  std::filesystem::resize_file(path, bytes * 3 / 4);
  ImportLog log;
  const auto source = open_raster_source({.file = path, .key = "dem", .crs = {}, .vertical_datum = {}}, {});
  if (source.ok()) {
    const auto terrain = read_dem({{*source, SourceId(0)}}, frame_of(spec), log, {});
    CHECK_FALSE(terrain.ok());
    CHECK(terrain.diagnostics().has("file.broken"));
  } else {
    CHECK(source.diagnostics().has("file.broken"));
  }
}

TEST_CASE("a DEM elsewhere, and one that needs more memory than allowed") {
  const TemporaryFolder folder;
  const RasterSpec spec;
  write_tiff(folder / "dem.tif", spec, [](int, int) { return 1; });
  CityFrame frame = frame_of(spec);
  ImportLog log;
  RunContext small;
  small.memory_limit_bytes = 100;
  CHECK(read_dem({{must_open(folder / "dem.tif"), SourceId(0)}}, frame, log, small)
            .diagnostics()
            .has("memory.too_large"));
  frame.extent = {{50'000, 0}, {51'000, 1'000}};
  CHECK(read_dem({{must_open(folder / "dem.tif"), SourceId(0)}}, frame, log, {})
            .diagnostics()
            .has("dem.outside"));
}

TEST_CASE("an SRTM tile inside a zip: Monaco") {
  const std::string path = kShared + "city_monaco/N43E007.hgt.zip";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path << " is not here");
    return;
  }
  const RasterSource source = must_open(path);
  CHECK(source.info().crs.is_geographic());
  CHECK(source.info().vertical_datum == "EGM96 height");
  CHECK(source.info().width == 1201);
  const auto to_utm = FrameTransform::make(Crs::wgs84(), CityFrame{.crs = "EPSG:32632"});
  const CityFrame frame =
      make_frame(*Crs::parse("EPSG:32632"), to_utm->to_frame(Box2{{7.349, 43.7148}, {7.491, 43.77}}));
  ImportLog log;
  const auto terrain = read_dem({{source, SourceId(0)}}, frame, log, {});
  REQUIRE(terrain.ok());
  const auto& v = terrain->elevation.values;
  const auto [low, high] = std::minmax_element(v.begin(), v.end());
  CHECK(*low >= -10);
  CHECK(*high > 900);
  CHECK(*high < 1200);
}

}  // namespace citytwin::gis
