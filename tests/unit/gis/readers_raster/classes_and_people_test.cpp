#include <doctest/doctest.h>

#include <cmath>

#include "gis/io/atomic_file.hpp"
#include "gis/readers/landcover_raster.hpp"
#include "gis/readers/population.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"
#include "tests/unit/gis/readers_raster/raster_files.hpp"

namespace citytwin::gis {
namespace {

using test::RasterSpec;
using test::TemporaryFolder;
using test::write_tiff;

RasterSource must_open(const std::filesystem::path& path) {
  auto source = open_raster_source({.file = path, .key = "raster", .crs = {}, .vertical_datum = {}}, {});
  REQUIRE(source.ok());
  return *source;
}

CityFrame frame_of(const RasterSpec& spec) {
  const Box2 box{{spec.west, spec.north - spec.height * spec.cell},
                 {spec.west + spec.width * spec.cell, spec.north}};
  return make_frame(*Crs::parse(spec.crs), box);
}

double people_of(const std::vector<PopulationRow>& rows) {
  double sum = 0;
  for (const auto& row : rows) sum += row.population;
  return sum;
}

const std::string kShared = std::string(CITYTWIN_SOURCE_DIR) + "/../shared/data/";

}  // namespace

TEST_CASE("land cover codes: WorldCover and CORINE are known, others need a mapping") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.type = GDT_Int16;
  spec.has_no_data = false;
  const auto read = [&](const char* name, int left, int right,
                        const std::vector<std::pair<std::string, std::string>>& columns) {
    write_tiff(folder / name, spec, [&](int c, int) { return c < 10 ? left : right; });
    ImportLog log;
    auto grid = read_landcover_raster(must_open(folder / name), frame_of(spec), columns, log, {});
    if (grid.ok()) CHECK(log.counts.at(0).closes());
    return grid;
  };
  const auto world = read("world.tif", 10, 80, {});
  REQUIRE(world.ok());
  CHECK(world->at(0, 0) == static_cast<int>(LandCoverClass::forest));
  CHECK(world->at(19, 9) == static_cast<int>(LandCoverClass::water));
  const auto corine = read("corine.tif", 112, 331, {});
  REQUIRE(corine.ok());
  CHECK(corine->at(19, 0) == static_cast<int>(LandCoverClass::sand));
  CHECK(read("own.tif", 112, 10, {}).diagnostics().has("landcover.no_mapping"));
  const auto own = read("own.tif", 112, 10, {{"paved", "112 113"}, {"grass", "10"}});
  REQUIRE(own.ok());
  CHECK(own->at(0, 0) == static_cast<int>(LandCoverClass::paved));
  CHECK(read("own.tif", 112, 10, {{"lava", "10"}}).diagnostics().has("landcover.unknown_class"));
  CHECK(read("own.tif", 112, 10, {{"grass", "ten"}}).diagnostics().has("landcover.bad_code"));
  CHECK(
      read("own.tif", 112, 10, {{"grass", "10"}, {"park", "10"}}).diagnostics().has("landcover.code_twice"));
  CHECK(read("own.tif", 112, 10, {{"grass", "10"}}).diagnostics().has("landcover.no_mapping"));
}

TEST_CASE("the land use map of Kampen has Dutch codes and says so") {
  const std::string path = kShared + "city_kampen/landuse_map.tif";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path << " is not here");
    return;
  }
  const CityFrame frame = make_frame(*Crs::parse("EPSG:28992"), {{185'000, 505'000}, {190'000, 508'000}});
  ImportLog log;
  CHECK(read_landcover_raster(must_open(path), frame, {}, log, {}).diagnostics().has("landcover.no_mapping"));
}

TEST_CASE("a population raster becomes one row per inhabited cell, people preserved") {
  const TemporaryFolder folder;
  RasterSpec spec;
  spec.no_data = -1;
  spec.cell = 100;
  write_tiff(folder / "people.tif", spec, [](int c, int r) -> double {
    if (c == 0) return -1;   // no data
    if (c == 1) return -50;  // nonsense
    if (c == 2) return 0;
    return r == 0 ? 12.25 : 3;
  });
  ImportLog log;
  const auto rows = read_population_raster(must_open(folder / "people.tif"), frame_of(spec), log, {});
  REQUIRE(rows.ok());
  CHECK(rows->size() == 170);
  CHECK(people_of(*rows) == 17 * 12.25 + 9 * 17 * 3);
  CHECK(area(rows->front().areas.front()) == doctest::Approx(10'000));
  CHECK(log.counts.at(0).closes());
  CHECK(log.counts.at(0).dropped ==
        std::vector<ImportCount::Dropped>{{"dropped.no_data", 10}, {"dropped.negative_population", 10}});
  CityFrame elsewhere = frame_of(spec);
  elsewhere.extent = {{90'000, 90'000}, {91'000, 91'000}};
  CHECK(read_population_raster(must_open(folder / "people.tif"), elsewhere, log, {})
            .diagnostics()
            .has("population.outside"));
}

TEST_CASE("people from a CSV of places: names say the CRS, bad rows are dropped and counted") {
  const TemporaryFolder folder;
  REQUIRE(
      write_file(folder / "people.csv",
                 "id,lon,lat,inhabitants,jobs\na,7.41,43.73,12.5,3\nb,7.42,43.74,-4,0\nc,7.42,43.74,many,0\n"
                 "d,7.43,43.75,1,\n")
          .ok());
  const auto to_utm = FrameTransform::make(Crs::wgs84(), CityFrame{.crs = "EPSG:32632"});
  const CityFrame frame =
      make_frame(*Crs::parse("EPSG:32632"), to_utm->to_frame(Box2{{7.3, 43.7}, {7.5, 43.8}}));
  BuildingSource source;
  source.file = folder / "people.csv";
  source.key = "people";
  source.columns = {{"population", "inhabitants"}};
  ImportLog log;
  const auto rows = read_population_vector(source, frame, log, {});
  REQUIRE(rows.ok());
  CHECK(rows->size() == 2);
  CHECK(people_of(*rows) == 13.5);
  CHECK(rows->front().jobs == 3);
  CHECK(frame.extent.contains(rows->front().place));
  CHECK(log.counts.at(0).closes());
  CHECK(log.counts.at(0).kept == 2);
  source.columns = {};
  CHECK(read_population_vector(source, frame, log, {}).diagnostics().has("vector.no_column"));
}

TEST_CASE("the hexagon centres of Porto Alegre: 812 935 people, 337 921 jobs") {
  const std::string path = kShared + "city_portoalegre/poa_hexgrid.csv";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path << " is not here");
    return;
  }
  const auto to_utm = FrameTransform::make(Crs::wgs84(), CityFrame{.crs = "EPSG:32722"});
  const CityFrame frame =
      make_frame(*Crs::parse("EPSG:32722"), to_utm->to_frame(Box2{{-51.27, -30.12}, {-51.13, -29.98}}));
  BuildingSource source;
  source.file = path;
  source.key = "people";
  ImportLog log;
  const auto rows = read_population_vector(source, frame, log, {});
  REQUIRE(rows.ok());
  CHECK(rows->size() == 1227);
  CHECK(people_of(*rows) == 812'935);
  double jobs = 0;
  for (const auto& row : *rows) jobs += row.jobs;
  CHECK(jobs == 337'921);
}

}  // namespace citytwin::gis
