#include <doctest/doctest.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>

#include "gis/io/raster.hpp"
#include "gis/io/session_gdal.hpp"
#include "gis/writers/raster_writer.hpp"
#include "gis/writers/vector_writer.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::gis {
namespace {

CityFrame frame() {
  return {.crs = "EPSG:28992",
          .origin_x = 81'000,
          .origin_y = 455'000,
          .vertical_datum = "NAP height",
          .extent = {{0, 0}, {3000, 2000}}};
}

Grid<float> wave() {
  Grid<float> grid({{12.5, -20}, 7.5, 600, 520});
  for (int j = 0; j < grid.spec.ny; ++j)
    for (int i = 0; i < grid.spec.nx; ++i) grid.at(i, j) = static_cast<float>(std::sin(i * 0.1) + j);
  grid.at(3, 2) = kNoData;
  return grid;
}

}  // namespace

TEST_CASE("a COG reads back equal, with CRS, unit and no-data") {
  const test::TemporaryFolder folder;
  const auto path = folder / "depth.tif";
  const Grid<float> grid = wave();
  REQUIRE(write_cog(grid, frame(), "maximum depth", "m", path).ok());
  CHECK(folder.names() == std::vector<std::string>{"depth.tif"});
  const auto back = read_plain_raster(path, {});
  REQUIRE(back.ok());
  CHECK(back->frame.crs == "EPSG:28992");
  CHECK(back->frame.origin_y == 454'000);  // its own frame: the raster begins 20 m south of the city's
  CHECK(back->grid.spec.nx == 600);
  CHECK(back->grid.spec.cell_m == 7.5);
  CHECK(back->grid.spec.origin.x == doctest::Approx(12.5));
  CHECK(back->grid.spec.origin.y == doctest::Approx(980));
  std::size_t different = 0;
  for (std::size_t i = 0; i < grid.values.size(); ++i)
    if (grid.values[i] != back->grid.values[i] &&
        !(std::isnan(grid.values[i]) && std::isnan(back->grid.values[i])))
      ++different;
  CHECK(different == 0);
  const DatasetPtr data = std::move(*open_raster(path));
  CHECK(std::string(data->GetRasterBand(1)->GetUnitType()) == "m");
  CHECK(std::string(data->GetRasterBand(1)->GetDescription()) == "maximum depth");
  CHECK(std::string(data->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")) == "COG");
}

TEST_CASE("a local COG has no CRS and reads back local") {
  const test::TemporaryFolder folder;
  REQUIRE(write_cog(wave(), CityFrame{}, "depth", "m", folder / "a.tif").ok());
  const auto back = read_plain_raster(folder / "a.tif", {});
  REQUIRE(back.ok());
  CHECK(back->frame.crs == "local");
  CHECK(back->grid.spec == wave().spec);
}

TEST_CASE("result layers open in GDAL with geometry, values and nulls") {
  const test::TemporaryFolder folder;
  const auto path = folder / "results.gpkg";
  ResultLayer areas{.name = "damage", .geometry = ResultLayer::Geometry::polygon, .rows = 2};
  areas.polygon = [](std::size_t r) {
    const double x = 100.0 * static_cast<double>(r);
    return Polygon{{{x, 0}, {x + 10, 0}, {x + 10, 10}, {x, 10}}, {}};
  };
  areas.columns = {{"depth_m", std::vector<double>{0.5, std::nan("")}},
                   {"people", std::vector<std::int64_t>{7, -1}},
                   {"key", std::vector<std::string>{"way/1", "it's"}}};
  ResultLayer roads{.name = "roads", .geometry = ResultLayer::Geometry::line, .rows = 1};
  roads.points = [](std::size_t) { return std::vector<Point2>{{0, 0}, {3, 4}}; };
  ResultLayer places{.name = "places", .geometry = ResultLayer::Geometry::point, .rows = 1};
  places.points = [](std::size_t) { return std::vector<Point2>{{1, 2}}; };
  REQUIRE(write_layers({areas, roads, places}, frame(), path).ok());
  CHECK(folder.names() == std::vector<std::string>{"results.gpkg"});

  const DatasetPtr data = std::move(*open_vector(path));
  OGRLayer* layer = data->GetLayerByName("damage");
  REQUIRE(layer != nullptr);
  CHECK(layer->GetFeatureCount() == 2);
  const std::unique_ptr<OGRFeature> first(layer->GetNextFeature());
  const std::unique_ptr<OGRFeature> second(layer->GetNextFeature());
  CHECK(first->GetFieldAsDouble("depth_m") == 0.5);
  CHECK(second->IsFieldNull(second->GetFieldIndex("depth_m")) != 0);
  CHECK(second->GetFieldAsInteger64("people") == -1);
  CHECK(std::string(second->GetFieldAsString("key")) == "it's");
  CHECK(first->GetGeometryRef()->toPolygon()->get_Area() == 100);
  OGREnvelope box;
  second->GetGeometryRef()->getEnvelope(&box);
  CHECK(box.MinX == 81'100);
  const std::unique_ptr<OGRFeature> road(data->GetLayerByName("roads")->GetNextFeature());
  CHECK(road->GetGeometryRef()->toLineString()->get_Length() == 5);
}

TEST_CASE("nothing is left behind when a result cannot be written") {
  const test::TemporaryFolder folder;
  ResultLayer bad{.name = "bad", .rows = 2};
  bad.polygon = [](std::size_t) { return Polygon{}; };
  bad.columns = {{"x", std::vector<double>{1}}};
  CHECK(write_layers({bad}, frame(), folder / "r.gpkg").diagnostics().has("file.cannot_write"));
  CHECK(write_cog(wave(), frame(), "d", "m", folder / "absent/r.tif").diagnostics().has("file.cannot_write"));
  CHECK(write_cog(Grid<float>{}, frame(), "d", "m", folder / "r.tif")
            .diagnostics()
            .has("file.nothing_to_write"));
  CHECK(folder.names().empty());
}

}  // namespace citytwin::gis
