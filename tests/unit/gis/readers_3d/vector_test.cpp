#include <doctest/doctest.h>
#include <ogrsf_frmts.h>

#include "gis/io/session_gdal.hpp"
#include "gis/readers/vector.hpp"
#include "test_files.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::gis::test;

namespace {

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
std::string square(double x, double y, double s) {
  const auto at = [](double a, double b) { return "[" + std::to_string(a) + "," + std::to_string(b) + "]"; };
  return "[[" + at(x, y) + "," + at(x + s, y) + "," + at(x + s, y + s) + "," + at(x, y + s) + "," + at(x, y) +
         "]]";
}
std::string polygon(const std::string& rings) { return R"({"type":"Polygon","coordinates":)" + rings + "}"; }
std::string collection(const std::string& features, const std::string& crs = "") {
  return R"({"type":"FeatureCollection",)" + crs + R"("features":[)" + features + "]}";
}

// One square building of each driver's kind, written through GDAL.
void write_layer(const char* driver, const std::filesystem::path& path, const char* layer_name, int rows,
                 int epsg) {
  start_gdal();
  GDALDriver* d = GetGDALDriverManager()->GetDriverByName(driver);
  REQUIRE(d != nullptr);
  DatasetPtr dataset(d->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRSpatialReference reference;
  reference.importFromEPSG(epsg);
  OGRLayer* layer = dataset->CreateLayer(layer_name, &reference, wkbPolygon);
  OGRFieldDefn height("height", OFTReal);
  layer->CreateField(&height);
  for (int k = 0; k < rows; ++k) {
    OGRFeature feature(layer->GetLayerDefn());
    feature.SetField("height", 10.0 + k);
    OGRLinearRing ring;
    const double x = 100.0 * k;
    ring.addPoint(x, 0);
    ring.addPoint(x + 20, 0);
    ring.addPoint(x + 20, 10);
    ring.addPoint(x, 10);
    ring.closeRings();
    OGRPolygon p;
    p.addRing(&ring);
    feature.SetGeometry(&p);
    REQUIRE(layer->CreateFeature(&feature) == OGRERR_NONE);
  }
}

}  // namespace

TEST_CASE("GeoJSON buildings: columns, units, pieces of a multipolygon") {
  const Folder folder;
  const std::string multi = R"({"type":"MultiPolygon","coordinates":[)" + square(7, 43, 0.001) + "," +
                            square(7.01, 43, 0.002) + "]}";
  const auto source = folder.source(
      "b.geojson",
      collection(feature(polygon(square(7.1, 43, 0.001)),
                         R"({"id":"A","height":"41 ft","levels":3,"building":"school","name":"S"})") +
                 "," + feature(multi, R"({"id":"B","height":12.5,"people":10})")));
  const auto read = read_buildings(source, {});
  REQUIRE(read.ok());
  CHECK(read->crs == "EPSG:4326");
  REQUIRE(read->rows.size() == 3);
  CHECK(read->rows[0].key == "A");
  CHECK(read->rows[0].height == doctest::Approx(12.4968));
  CHECK(read->rows[0].height_provenance == Provenance::given);
  CHECK(read->rows[0].levels == 3);
  CHECK(read->rows[0].use == BuildingUse::education);
  CHECK(read->rows[0].name == "S");
  CHECK(read->rows[1].key == "B#1");
  CHECK(read->rows[2].key == "B#2");
  CHECK(read->rows[1].people == doctest::Approx(8));  // shared by area
  CHECK(read->rows[2].people == doctest::Approx(2));
  CHECK(read->rows[1].height == 12.5);
  const ImportCount* books = count_of(read->log, "buildings");
  REQUIRE(books != nullptr);
  CHECK(books->read == 2);
  CHECK(books->kept == 2);
  CHECK(books->added_by_splitting == 1);
  CHECK(books->closes());
}

TEST_CASE("dirt is repaired or dropped, counted and listed with its place") {
  const Folder folder;
  const std::string bow_tie = "[[[7,43],[7.001,43.001],[7.001,43],[7,43.001],[7,43]]]";
  const std::string unclosed = "[[[7.1,43],[7.101,43],[7.101,43.001],[7.1,43.001]]]";
  const auto source = folder.source(
      "dirt.geojson",
      collection(feature(polygon(bow_tie), R"({"id":"tie","height":-3})") + "," +
                 feature(polygon(unclosed), R"({"id":"tie","height":5000})") + "," +
                 feature("null", R"({"id":"none"})") + "," +
                 feature(polygon("[[[7,91],[7.1,91],[7.1,91.1],[7,91]]]"), R"({"id":"pole"})") + "," +
                 feature(R"({"type":"Point","coordinates":[7,43]})", R"({"id":"dot"})") + "," +
                 feature(polygon("[[[7,43],[7.1,43],[7.2,43],[7,43]]]"), R"({"id":"flat"})")));
  const auto read = read_buildings(source, {});
  REQUIRE(read.ok());
  const ImportCount* books = count_of(read->log, "buildings");
  CHECK(books->read == 6);
  CHECK(books->kept == 2);
  CHECK(books->closes());
  CHECK(findings_of(read->log, "repaired.self_crossing_ring") == 1);
  CHECK(findings_of(read->log, "repaired.duplicate_key") == 1);
  CHECK(findings_of(read->log, "repaired.bad_value") == 1);
  CHECK(findings_of(read->log, "repaired.implausible_height") == 1);
  CHECK(findings_of(read->log, "dropped.no_geometry") == 1);
  CHECK(findings_of(read->log, "dropped.impossible_place") == 1);
  CHECK(findings_of(read->log, "dropped.not_an_area") == 1);
  CHECK(findings_of(read->log, "dropped.no_area") == 1);
  CHECK(read->rows[0].key == "tie#1");
  CHECK(read->rows.back().key == "tie~2");
  CHECK(std::isnan(read->rows[0].height));
  for (const ImportFinding& finding : read->log.findings)
    if (finding.code == "repaired.self_crossing_ring") CHECK(finding.place.x == doctest::Approx(7));
}

TEST_CASE("GeoPackage, Shapefile and FlatGeobuf give the same rows and nothing is written beside them") {
  for (const auto& [driver, name] :
       {std::pair{"GPKG", "b.gpkg"}, {"ESRI Shapefile", "b.shp"}, {"FlatGeobuf", "b.fgb"}}) {
    CAPTURE(driver);
    const Folder folder;
    write_layer(driver, folder / name, "b", 3, 32632);
    const std::size_t before = folder.files();
    const auto read = read_buildings(folder.source(name), {});
    REQUIRE(read.ok());
    CHECK(read->crs == "EPSG:32632");
    REQUIRE(read->rows.size() == 3);
    double heights = 0;
    for (const BuildingFragment& row : read->rows) {
      CHECK(area(row.footprint) == doctest::Approx(200));
      heights += row.height;
    }
    CHECK(heights == doctest::Approx(33));
    CHECK(folder.files() == before);
  }
}

TEST_CASE("unusable vector files are refused with a reason") {
  const Folder folder;
  write_layer("FlatGeobuf", folder / "empty.fgb", "b", 0, 32632);
  CHECK(code_of(read_buildings(folder.source("empty.fgb"), {}).diagnostics()) == "vector.empty_layer");
  CHECK(code_of(read_buildings(folder.source("empty.geojson", collection("")), {}).diagnostics()) ==
        "vector.empty_layer");

  write_layer("FlatGeobuf", folder / "whole.fgb", "b", 300, 32632);
  std::ifstream in(folder / "whole.fgb", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  for (const double part : {0.25, 0.5, 0.9, 0.99}) {
    const auto cut = read_buildings(
        folder.source("cut.fgb",
                      bytes.substr(0, static_cast<std::size_t>(part * static_cast<double>(bytes.size())))),
        {});
    CHECK_FALSE(cut.ok());
    CHECK_FALSE(cut.diagnostics().empty());
  }
  const std::string whole = collection(feature(polygon(square(7, 43, 0.001))));
  CHECK_FALSE(read_buildings(folder.source("cut.geojson", whole.substr(0, whole.size() - 20)), {}).ok());
  CHECK(code_of(read_buildings(folder.source("points.geojson",
                                             collection(feature(R"({"type":"Point","coordinates":[7,43]})"))),
                               {})
                    .diagnostics()) == "vector.nothing_usable");
  auto columns = folder.source("c.geojson", whole);
  columns.columns = {{"height", "hoehe"}};
  CHECK(code_of(read_buildings(columns, {}).diagnostics()) == "vector.no_column");
  columns.columns = {{"heigth", "id"}};
  CHECK(code_of(read_buildings(columns, {}).diagnostics()) == "vector.unknown_column");
  auto layer = folder.source("d.geojson", whole);
  layer.layer = "elsewhere";
  CHECK(code_of(read_buildings(layer, {}).diagnostics()) == "vector.no_layer");
}

TEST_CASE("columns of any vector layer, with areas, lines and points") {
  const Folder folder;
  const auto source = folder.source(
      "v.geojson",
      collection(feature(polygon(square(7, 43, 0.001)), R"({"class":"park","n":3})") + "," +
                 feature(R"({"type":"Point","coordinates":[7.5,43.5]})", R"({"class":null,"n":4.5})")));
  const auto read = read_vector(source, "landcover polygons", {"class", "n"}, {});
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 2);
  CHECK(read->rows[0].areas.size() == 1);
  CHECK(read->rows[0].values == std::vector<std::string>{"park", "3"});
  CHECK(read->rows[1].points == std::vector<Point2>{{7.5, 43.5}});
  CHECK(read->rows[1].values == std::vector<std::string>{"", "4.5"});
  CHECK(read->log.counts[0].kind == "landcover polygons");
  CHECK(code_of(read_vector(source, "x", {"klass"}, {}).diagnostics()) == "vector.no_column");
}

TEST_CASE("words and lengths") {
  CHECK(use_from_text("Apartments") == BuildingUse::residential);
  CHECK(use_from_text("Gartenhaus") == BuildingUse::ancillary);
  CHECK(use_from_text("Freistehender Wohnblock") == BuildingUse::residential);
  CHECK(use_from_text("31001_3051") == BuildingUse::health);
  CHECK(use_from_text("31001_2463") == BuildingUse::ancillary);
  CHECK_FALSE(use_from_text("yes"));
  CHECK_FALSE(use_from_text("1000"));
  CHECK(metres_from_text("12,5 m") == 12.5);
  CHECK(metres_from_text(" 10 ft").value() == doctest::Approx(3.048));
  CHECK_FALSE(metres_from_text("-1"));
  CHECK_FALSE(metres_from_text("high"));
  CHECK_FALSE(metres_from_text("12 storeys"));
}

TEST_CASE("Bubenec: the layer of buildings is chosen among several") {
  const auto file = shared_data("buildings3d/bubenec_prague.gpkg");
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  BuildingSource source;
  source.file = file;
  source.key = "bubenec";
  const auto read = read_buildings(source, {});
  REQUIRE(read.ok());
  CHECK(read->rows.size() == 144);
  CHECK(read->crs == "EPSG:3857");
  source.layer = "plots";
  CHECK(read_buildings(source, {})->rows.size() >= 400);
  CHECK(code_of(read_vector(source, "x", {"nothing"}, {}).diagnostics()) == "vector.no_column");
  source.layer = "";
  CHECK(code_of(read_vector(source, "x", {}, {}).diagnostics()) == "vector.layer_ambiguous");
}
