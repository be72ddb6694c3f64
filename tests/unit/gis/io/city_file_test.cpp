#include <doctest/doctest.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <fstream>

#include "engine/model/drainage/network_hash.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/city_file.hpp"
#include "gis/io/session_gdal.hpp"
#include "gis/io/sqlite.hpp"
#include "tests/unit/gis/io/sample_city.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::gis {
namespace {

using test::sample_tables;
using test::TemporaryFolder;

std::string codes(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& d : diagnostics.items()) {
    text += d.code + " [" + d.where.layer + "/" + d.where.feature + "/" + d.where.key + "]";
    for (const auto& [name, value] : d.args) text += " " + name + "=" + value;
    text += "\n";
  }
  return text;
}

CityModel must_build(CityTables tables) {
  auto model = build_city(std::move(tables));
  REQUIRE_MESSAGE(model.ok(), codes(model.diagnostics()));
  return *model;
}

void check_refused(const Result<Done>& written, const char* code, const std::filesystem::path& path) {
  REQUIRE(!written.ok());
  CHECK(written.diagnostics().has(code));
  CHECK(written.diagnostics().items().front().where.file == path.string());
}

void check_round_trip(const CityModel& model) {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  const auto written = write_city(model, path, {});
  REQUIRE_MESSAGE(written.ok(), codes(written.diagnostics()));
  CHECK(folder.names() == std::vector<std::string>{"city.gpkg"});
  const auto read = read_city(path, {});
  REQUIRE_MESSAGE(read.ok(), codes(read.diagnostics()));
  CHECK(read.diagnostics().empty());
  CHECK(folder.names() == std::vector<std::string>{"city.gpkg"});
  CHECK(content_hash(*read) == content_hash(model));
  CHECK(read->info() == model.info());
  CHECK(read->sources() == model.sources());
  CHECK(read->streets() == model.streets());
  CHECK(read->buildings() == model.buildings());
  CHECK(read->building_surfaces() == model.building_surfaces());
  CHECK(read->land_cover() == model.land_cover());
  CHECK(read->waterways() == model.waterways());
  CHECK(read->facilities() == model.facilities());
  CHECK(read->needs() == model.needs());
  CHECK(read->management_cells() == model.management_cells());
  CHECK(read->sewers().nodes == model.sewers().nodes);
  CHECK(read->sewers().links == model.sewers().links);
  REQUIRE((read->sewers().network == nullptr) == (model.sewers().network == nullptr));
  if (model.sewers().network != nullptr)
    CHECK(content_hash(*read->sewers().network) == content_hash(*model.sewers().network));
  CHECK(read->import_log() == model.import_log());
  CHECK(read->terrain().source == model.terrain().source);
}

// Writes the sample, lets `damage` change the file through SQLite, and reads it.
Result<CityModel> read_damaged(const std::string& damage) {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  REQUIRE(write_city(must_build(sample_tables()), path, {}).ok());
  SqliteDatabase db(path, SqliteDatabase::Mode::write);
  db.execute(damage);
  REQUIRE_MESSAGE(db.close(), db.error());
  return read_city(path, {});
}

}  // namespace

TEST_CASE("a city replaces a city, and nothing else") {
  const TemporaryFolder folder;
  const CityModel model = must_build(sample_tables());
  const auto text = folder / "readme.txt";
  std::ofstream(text) << "keep me";
  check_refused(write_city(model, text, {}), "city.would_overwrite", text);
  CHECK(*read_file(text) == "keep me");

  const auto other = folder / "other.gpkg";
  {
    REQUIRE(write_city(model, other, {}).ok());
    CHECK(write_city(model, other, {}).ok());  // again: it is a city
    SqliteDatabase db(other, SqliteDatabase::Mode::write);
    db.execute("ALTER TABLE city RENAME TO town");
    REQUIRE(db.close());
  }
  const std::string before = *read_file(other);
  check_refused(write_city(model, other, {}), "city.would_overwrite", other);
  CHECK(*read_file(other) == before);

  const auto nested = folder / "folder";
  std::filesystem::create_directory(nested);
  check_refused(write_city(model, nested, {}), "city.would_overwrite", nested);
  check_refused(write_city(model, nested / "none" / "c.gpkg", {}), "file.no_folder",
                nested / "none" / "c.gpkg");
  CHECK(folder.names() == std::vector<std::string>{"folder", "other.gpkg", "readme.txt"});
}

TEST_CASE("a city file loads back equal") { check_round_trip(must_build(sample_tables())); }

TEST_CASE("a city in a local frame loads back equal") {
  check_round_trip(must_build(sample_tables("local")));
}

TEST_CASE("a city without terrain and land cover raster loads back equal") {
  auto tables = sample_tables();
  tables.terrain = {};
  tables.land_cover.raster = {};
  check_round_trip(must_build(std::move(tables)));
}

TEST_CASE("an empty city loads back equal") { check_round_trip(must_build(CityTables{})); }

TEST_CASE("GDAL opens what we write: coverage, layers, extents, CRS") {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  const CityModel model = must_build(sample_tables());
  REQUIRE(write_city(model, path, {}).ok());
  start_gdal();
  const GdalErrors errors;
  const DatasetPtr data(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  REQUIRE(data != nullptr);
  OGRLayer* buildings = data->GetLayerByName("buildings");
  REQUIRE(buildings != nullptr);
  CHECK(buildings->GetFeatureCount() == 2);
  REQUIRE(buildings->GetSpatialRef() != nullptr);
  CHECK(std::string(buildings->GetSpatialRef()->GetAuthorityCode(nullptr)) == "32632");
  OGREnvelope box;
  REQUIRE(buildings->GetExtent(&box, FALSE) == OGRERR_NONE);
  CHECK(box.MinX == 372'100);
  CHECK(box.MaxX == 372'212.75);
  CHECK(box.MinY == 4'842'100);
  const std::unique_ptr<OGRFeature> first(buildings->GetNextFeature());
  REQUIRE(first != nullptr);
  CHECK(first->GetGeometryRef()->IsValid() != 0);
  CHECK(first->GetGeometryRef()->toPolygon()->get_Area() == 1500);
  for (const char* layer : {"junctions", "links", "landcover", "water_bodies", "facilities",
                            "management_cells", "sewer_nodes", "sewer_links", "sources"})
    CHECK_MESSAGE(data->GetLayerByName(layer) != nullptr, layer);

  const DatasetPtr terrain(GDALDataset::Open(("GPKG:" + path.string() + ":terrain").c_str(), GDAL_OF_RASTER));
  REQUIRE(terrain != nullptr);
  CHECK(terrain->GetRasterXSize() == 300);
  CHECK(terrain->GetRasterYSize() == 270);
  double transform[6];
  REQUIRE(terrain->GetGeoTransform(transform) == CE_None);
  CHECK(transform[0] == doctest::Approx(372'000 - 15.5));
  CHECK(transform[1] == doctest::Approx(30.5));
  CHECK_MESSAGE(!errors.failed(), errors.reason());
}

TEST_CASE("every layer with geometry has a spatial index that GDAL uses and a map needs") {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  REQUIRE(write_city(must_build(sample_tables()), path, {}).ok());
  start_gdal();
  const GdalErrors errors;
  const DatasetPtr data(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
  REQUIRE(data != nullptr);
  for (const char* layer :
       {"buildings", "building_surfaces", "junctions", "links", "landcover", "water_bodies", "waterways",
        "facilities", "management_cells", "sewer_nodes", "sewer_links", "import_findings"})
    CHECK_MESSAGE(data->GetLayerByName(layer)->TestCapability(OLCFastSpatialFilter), layer);
  OGRLayer* buildings = data->GetLayerByName("buildings");
  buildings->SetSpatialFilterRect(372'190, 4'842'090, 372'230, 4'842'120);  // the second house only
  CHECK(buildings->GetFeatureCount() == 1);
  // An edit by another program keeps the index true.
  data->ExecuteSQL("UPDATE buildings SET geom = (SELECT geom FROM buildings WHERE fid = 2) WHERE fid = 1",
                   nullptr, nullptr);
  CHECK(buildings->GetFeatureCount() == 2);
  CHECK_MESSAGE(!errors.failed(), errors.reason());
}

TEST_CASE("a file of format 1, without sewers, extents of sources and spatial indices, still opens") {
  CityTables tables = sample_tables();
  tables.import_log.extents.clear();
  tables.sewers = {};
  const CityModel model = must_build(std::move(tables));
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  REQUIRE(write_city(model, path, {}).ok());
  SqliteDatabase db(path, SqliteDatabase::Mode::write);
  db.execute(
      "DROP TABLE source_extents; DELETE FROM gpkg_contents WHERE table_name = 'source_extents'; "
      "DROP TABLE sewer_nodes; DROP TABLE sewer_links; DROP TABLE sewer_network; "
      "DROP TABLE rtree_buildings_geom; UPDATE city SET format_version = 1");
  REQUIRE_MESSAGE(db.close(), db.error());
  const auto read = read_city(path, {});
  REQUIRE_MESSAGE(read.ok(), codes(read.diagnostics()));
  CHECK(read->import_log() == model.import_log());
  CHECK(content_hash(*read) == content_hash(model));
}

TEST_CASE("unusable city files are refused with place and code") {
  const auto refused = [](const std::string& damage, const char* code, const char* layer) {
    const auto read = read_damaged(damage);
    CHECK_FALSE_MESSAGE(read.ok(), damage);
    CHECK_MESSAGE(read.diagnostics().has(code), codes(read.diagnostics()));
    if (!read.diagnostics().items().empty()) CHECK(read.diagnostics().items().front().where.layer == layer);
  };
  refused("UPDATE city SET format_version = 4", "city.newer_version", "");
  refused("DROP TABLE city", "city.not_a_city", "");
  refused("DELETE FROM city", "city.not_a_city", "");
  refused("DROP TABLE links", "city.table_missing", "links");
  refused("DROP TABLE source_extents", "city.table_missing", "source_extents");
  refused("DROP TABLE links; CREATE VIEW links AS SELECT * FROM junctions", "city.table_missing", "links");
  refused("ALTER TABLE buildings DROP COLUMN height_m", "city.column_missing", "buildings");
  refused("UPDATE buildings SET height_m = 'tall'", "city.bad_value", "buildings");
  refused("UPDATE buildings SET \"use\" = 'castle'", "city.bad_value", "buildings");
  refused("UPDATE buildings SET levels = 70000", "city.bad_value", "buildings");
  refused("UPDATE buildings SET geom = x'47500001' WHERE fid = 1", "city.bad_value", "buildings");
  refused("UPDATE links SET from_junction = 'node/77'", "city.bad_value", "links");
  refused("UPDATE links SET from_junction = NULL", "model.dead_reference", "links");
  refused("UPDATE junctions SET geom = NULL", "model.bad_geometry", "junctions");
  refused("UPDATE grids SET nx = 299 WHERE name = 'terrain'", "city.broken_coverage", "terrain");
  refused("UPDATE grids SET nx = 2000000000 WHERE name = 'terrain'", "city.bad_value", "grids");
  refused("DROP TABLE terrain", "city.broken_coverage", "terrain");
  refused("UPDATE terrain SET tile_data = x'00'", "city.broken_coverage", "terrain");
  refused("DROP TABLE sewer_nodes", "city.table_missing", "sewer_nodes");
  refused("UPDATE sewer_links SET shape = 'moon'", "city.bad_value", "sewer_links");
  refused("UPDATE sewer_links SET to_node = 'M9'", "city.bad_value", "sewer_links");
  refused("UPDATE sewer_links SET full_depth_m = -1", "model.bad_sewer_link", "sewer_links");
  refused("UPDATE sewer_nodes SET invert_level_m = 100", "model.invert_above_ground", "sewer_nodes");
  refused("UPDATE sewer_nodes SET inlet_efficiency = NULL", "model.bad_value", "sewer_nodes");
  refused("UPDATE sewer_network SET network = '{'", "city.bad_value", "sewer_network");
  refused("UPDATE sewer_network SET network = '{\"links\": [{\"from\": 7, \"to\": 0}]}'",
          "model.dead_reference", "sewer_network");
  refused("UPDATE sewer_network SET network = '{\"nodes\": [{\"kind\": \"moon\"}]}'", "city.bad_value",
          "sewer_network");
  refused("UPDATE sewer_network SET format_version = 9", "city.newer_version", "sewer_network");
}

TEST_CASE("an edit by another program is allowed and noticed") {
  const auto read = read_damaged("UPDATE buildings SET height_m = 12 WHERE fid = 1");
  REQUIRE(read.ok());
  CHECK(read.diagnostics().has("city.changed"));
  CHECK(read->buildings().height[0] == 12);
}

TEST_CASE("a cut or foreign file is refused") {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  REQUIRE(write_city(must_build(sample_tables()), path, {}).ok());
  const auto bytes = std::filesystem::file_size(path);
  for (const double share : {0.01, 0.25, 0.5, 0.75, 0.99}) {
    std::filesystem::resize_file(path, static_cast<std::uintmax_t>(static_cast<double>(bytes) * share));
    const auto read = read_city(path, {});
    CHECK_FALSE(read.ok());
    CHECK_MESSAGE(read.diagnostics().has("city.broken"), codes(read.diagnostics()));
    std::filesystem::remove(path);  // what is left of it is no city to be replaced
    REQUIRE(write_city(must_build(sample_tables()), path, {}).ok());
  }
  REQUIRE(write_file(path, "this is no GeoPackage").ok());
  CHECK(read_city(path, {}).diagnostics().has("city.broken"));
  CHECK(read_city(folder / "absent.gpkg", {}).diagnostics().has("path.not_found"));
}

TEST_CASE("a stop while writing leaves the old file as it was") {
  const TemporaryFolder folder;
  const auto path = folder / "city.gpkg";
  const CityModel model = must_build(sample_tables());
  REQUIRE(write_city(model, path, {}).ok());
  const std::string old = *read_file(path);
  const std::atomic<bool> stop = true;
  RunContext context;
  context.stop = &stop;
  CHECK_THROWS_AS((void)write_city(model, path, context), Stopped);
  CHECK(folder.names() == std::vector<std::string>{"city.gpkg"});
  CHECK(*read_file(path) == old);
}

}  // namespace citytwin::gis
