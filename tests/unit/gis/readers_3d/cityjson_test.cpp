#include <doctest/doctest.h>
#include <zip.h>

#include "gis/readers/cityjson.hpp"
#include "test_files.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::gis::test;

namespace {

// Vertices 0-7: a box of 10 x 8 x 6 m; 8-15: a box of 4 x 8 x 3 m beside it, sharing a wall.
const std::string kVertices =
    "[[0,0,0],[10000,0,0],[10000,8000,0],[0,8000,0],[0,0,6000],[10000,0,6000],[10000,8000,6000],[0,8000,6000]"
    ","
    "[10000,0,0],[14000,0,0],[14000,8000,0],[10000,8000,0],[10000,0,3000],[14000,0,3000],[14000,8000,3000],"
    "[10000,8000,3000]]";

std::string box_geometry(int first, const std::string& lod = "2") {
  const auto face = [&](int a, int b, int c, int d) {
    return "[[" + std::to_string(first + a) + "," + std::to_string(first + b) + "," +
           std::to_string(first + c) + "," + std::to_string(first + d) + "]]";
  };
  return R"({"type":"Solid","lod":")" + lod + R"(","boundaries":[[)" + face(0, 3, 2, 1) + "," +
         face(4, 5, 6, 7) + "," + face(0, 1, 5, 4) + "," + face(1, 2, 6, 5) + "," + face(2, 3, 7, 6) + "," +
         face(3, 0, 4, 7) +
         R"(]],"semantics":{"surfaces":[{"type":"GroundSurface"},{"type":"RoofSurface"},{"type":"WallSurface"}],)"
         R"("values":[[0,1,2,2,2,2]]}})";
}

std::string city(const std::string& objects, const std::string& version = "2.0",
                 const std::string& crs = "https://www.opengis.net/def/crs/EPSG/0/7415") {
  return R"({"type":"CityJSON","version":")" + version +
         R"(","transform":{"scale":[0.001,0.001,0.001],"translate":[85000,446000,2]},"metadata":{"referenceSystem":")" +
         crs + R"("},"CityObjects":{)" + objects + R"(},"vertices":)" + kVertices + "}";
}

void write_zip(const std::filesystem::path& path,
               const std::vector<std::pair<std::string, std::string>>& members) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, content] : members)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0),
                 ZIP_FL_ENC_UTF_8);
  REQUIRE(zip_close(archive) == 0);
}

}  // namespace

TEST_CASE("a building and its part become one row") {
  const Folder folder;
  const std::string text =
      city(R"("b":{"type":"Building","attributes":{"function":"hospital"},"children":["p1","p2"]},)"
           R"("p1":{"type":"BuildingPart","parents":["b"],"geometry":[)" +
           box_geometry(0) + R"(]},"p2":{"type":"BuildingPart","parents":["b"],"geometry":[)" +
           box_geometry(8) + R"(]},"t":{"type":"SolitaryVegetationObject"})");
  const auto read = read_buildings(folder.source("c.city.json", text), {});
  REQUIRE(read.ok());
  CHECK(read->crs == "EPSG:28992");
  CHECK(read->vertical_datum == "NAP height");
  REQUIRE(read->rows.size() == 1);
  const BuildingFragment& row = read->rows[0];
  CHECK(row.key == "b");
  CHECK(area(row.footprint) == doctest::Approx(112));
  CHECK(row.footprint.outer[0].x >= 85000);
  CHECK(row.height == doctest::Approx((80 * 6 + 32 * 3) / 112.0));  // the block of equal volume
  CHECK(row.height_provenance == Provenance::derived);
  CHECK(row.ground_z == doctest::Approx(2));
  CHECK(row.use == BuildingUse::health);
  CHECK(row.surfaces.size() == 12);
  CHECK(row.surfaces[1].kind == SurfaceKind::roof);
  CHECK(row.surfaces[1].rings[0][0].z == doctest::Approx(8));
  CHECK(count_of(read->log, "Building")->kept == 1);
  CHECK(count_of(read->log, "BuildingPart")->merged == 2);
  CHECK(count_of(read->log, "other city objects")->dropped[0].reason == "dropped.not_a_building");
  for (const ImportCount& count : read->log.counts) CHECK(count.closes());
}

TEST_CASE("a stated height is taken if the geometry does not contradict it") {
  const Folder folder;
  const auto height = [&](const std::string& stated) {
    const auto read = read_cityjson(
        folder.source("h.json", city(R"("b":{"type":"Building","attributes":{"measuredHeight":)" + stated +
                                     R"(},"geometry":[)" + box_geometry(0, "1.2") + "]}")),
        {});
    REQUIRE(read.ok());
    return std::pair{read->rows[0].height, findings_of(read->log, "repaired.implausible_height")};
  };
  CHECK(height("7.5") == std::pair{7.5, std::size_t{0}});
  CHECK(height("7500").first == doctest::Approx(6));
  CHECK(height("7500").second == 1);
}

TEST_CASE("LOD1 keeps no surfaces; a part without building stands alone; a missing part is named") {
  const Folder folder;
  const auto read = read_cityjson(
      folder.source("o.json",
                    city(R"("a":{"type":"Building","children":["gone"],"geometry":[)" + box_geometry(0, "1") +
                         R"(]},"z":{"type":"BuildingPart","geometry":[)" + box_geometry(8) + "]}")),
      {});
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 2);
  CHECK(read->rows[0].surfaces.empty());
  CHECK(read->rows[1].key == "z");
  CHECK(findings_of(read->log, "repaired.missing_part") == 1);
  CHECK(count_of(read->log, "BuildingPart without building")->kept == 1);
}

TEST_CASE("TINRelief becomes terrain") {
  const Folder folder;
  const std::string tin =
      R"("t":{"type":"TINRelief","geometry":[{"type":"CompositeSurface","lod":"1","boundaries":[)"
      "[[0,1,6]],[[0,6,7]]]}]}";
  const auto read = read_cityjson(folder.source("t.json", city(tin)), {});
  REQUIRE(read.ok());
  CHECK(read->rows.empty());
  REQUIRE(read->terrain);
  CHECK(read->terrain->triangles.size() == 2);
  const GridSpec spec = tin_grid(*read->terrain);
  CHECK(spec.cell_m == 1);
  CHECK(spec.nx == 10);
  CHECK(spec.ny == 8);
  const Grid<float> grid = rasterise_tin(*read->terrain, spec, {});
  CHECK(grid.at(4, 0) == doctest::Approx(2 + 6 * 0.5 / 8));  // rises with y from 2 m to 8 m
  CHECK(std::count_if(grid.values.begin(), grid.values.end(), [](float z) { return std::isnan(z); }) == 0);
}

TEST_CASE("a zip with one .json is read, whatever its member is called") {
  const Folder folder;
  const std::string text = city(R"("b":{"type":"Building","geometry":[)" + box_geometry(0) + "]}");
  write_zip(folder / "one.zip", {{"../../escape.city.json", text}, {"readme.txt", "x"}});
  CHECK(read_buildings(folder.source("one.zip"), {}).ok());
  CHECK(folder.files() == 1);
  write_zip(folder / "two.zip", {{"a.json", text}, {"b.json", text}});
  CHECK(code_of(read_buildings(folder.source("two.zip"), {}).diagnostics()) == "cityjson.zip_members");
  RunContext tight;
  tight.memory_limit_bytes = 1000;
  CHECK(code_of(read_buildings(folder.source("one.zip"), tight).diagnostics()) == "cityjson.too_large");
}

TEST_CASE("broken CityJSON is refused with a reason, and dirt is counted") {
  const Folder folder;
  const std::string good = R"("b":{"type":"Building","geometry":[)" + box_geometry(0) + "]}";
  const auto code = [&](const std::string& text) {
    return code_of(read_cityjson(folder.source("x.json", text), {}).diagnostics());
  };
  CHECK(code(city(good).substr(0, 300)) == "cityjson.broken");
  CHECK(code(city(good, "3.0")) == "cityjson.version");
  CHECK(code(city(good, "2.0", "")) == "cityjson.no_crs");
  CHECK(code(city(good, "2.0", "https://www.opengis.net/def/crs/EPSG/0/9999999")) == "crs.not_understood");
  CHECK(code(city("")) == "cityjson.empty");
  CHECK(code(R"({"type":"FeatureCollection"})") == "cityjson.not_cityjson");
  CHECK(code(R"({"type":"CityJSON","version":"2.0","CityObjects":{},"vertices":[]})") ==
        "cityjson.no_transform");
  CHECK(code(city(R"("b":{"type":"Building","geometry":[{"type":"Solid","lod":"2","boundaries":"no"}]})")) !=
        "");
  CHECK(code(city(
            R"("b":{"type":"Building","geometry":[{"type":"Solid","lod":"2","boundaries":[[[["a"]]]]}]})")) ==
        "cityjson.broken");
  CHECK(code(std::string(200'000, '[')) == "cityjson.broken");
  const auto dirty = read_cityjson(
      folder.source("d.json",
                    city(good + R"(,"c":{"type":"Building","geometry":[{"type":"MultiSurface","lod":"2",)"
                                R"("boundaries":[[[0,1,99]]]}]})")),
      {});
  REQUIRE(dirty.ok());
  CHECK(findings_of(dirty->log, "repaired.bad_surface") == 1);
  CHECK(findings_of(dirty->log, "dropped.no_geometry") == 1);
  CHECK(count_of(dirty->log, "Building")->closes());
}

TEST_CASE("Den Haag and Zurich") {
  BuildingSource source;
  source.key = "shared";
  source.file = shared_data("buildings3d/DenHaag_01.city.json.zip");
  if (!std::filesystem::exists(source.file)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  const auto hague = read_buildings(source, {});
  REQUIRE(hague.ok());
  CHECK(count_of(hague->log, "Building")->read == 844);
  CHECK(count_of(hague->log, "BuildingPart")->read == 1653);
  CHECK(count_of(hague->log, "TINRelief")->kept == 1);
  for (const ImportCount& count : hague->log.counts) CHECK(count.closes());
  CHECK(hague->rows.size() == 844 + count_of(hague->log, "Building")->added_by_splitting);
  CHECK(hague->crs == "EPSG:28992");
  CHECK(hague->vertical_datum == "NAP height");
  REQUIRE(hague->terrain);
  CHECK(hague->terrain->triangles.size() > 5000);
  std::size_t surfaces = 0;
  for (const BuildingFragment& row : hague->rows) surfaces += row.surfaces.size();
  CHECK(surfaces == 11215 + 3004 + 1990);

  source.file = shared_data("buildings3d/zurich_subset_lod2.json");
  const auto zurich = read_buildings(source, {});
  REQUIRE(zurich.ok());
  CHECK(zurich->rows.size() == 49);
  CHECK(count_of(zurich->log, "BuildingPart")->merged == 161);
  CHECK(zurich->crs == "EPSG:2056");
}
