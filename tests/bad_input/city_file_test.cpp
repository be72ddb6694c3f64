// City files that cannot be used.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

BadCase city_case(const std::string& name, const std::string& code, const std::string& sql) {
  return {"city: " + name,
          [=](const Path& folder) {
            put_city(folder / "city.gpkg", sql);
            return Arguments{"check", "city.gpkg"};
          },
          code};
}

BadCase file_case(const std::string& name, const std::string& code,
                  const std::function<void(const Path&)>& damage) {
  return {"city: " + name,
          [=](const Path& folder) {
            put_city(folder / "city.gpkg");
            damage(folder / "city.gpkg");
            return Arguments{"check", "city.gpkg"};
          },
          code};
}

}  // namespace

TEST_CASE("the good city file is accepted") { check_accepted(city_case("good", "", "")); }

TEST_CASE("city files of another version, cut, damaged or incomplete are refused") {
  check_refused({
      city_case("newer version", "city.newer_version", "UPDATE city SET format_version = 99"),
      city_case("no city table", "city.not_a_city", "DROP TABLE city"),
      city_case("no table of buildings", "city.table_missing", "DROP TABLE buildings"),
      city_case("a view in place of a table", "city.table_missing",
                "DROP TABLE links; CREATE VIEW links AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i "
                "+ 1 FROM n) "
                "SELECT i AS fid FROM n"),
      city_case("no column of heights", "city.column_missing", "ALTER TABLE buildings DROP COLUMN height_m"),
      city_case("a height in words", "city.bad_value", "UPDATE buildings SET height_m = 'tall'"),
      city_case("an unknown use", "city.bad_value", "UPDATE buildings SET \"use\" = 'castle'"),
      city_case("70 000 storeys", "city.bad_value", "UPDATE buildings SET levels = 70000"),
      city_case("a negative height", "model.negative_value", "UPDATE buildings SET height_m = -5"),
      city_case("half a geometry", "city.bad_value", "UPDATE buildings SET geom = substr(geom, 1, 60)"),
      city_case("a geometry that claims 4e9 points", "city.bad_value",
                "UPDATE links SET geom = substr(geom, 1, 45) || x'ffffffff' || substr(geom, 50)"),
      city_case("no geometry", "model.bad_geometry", "UPDATE junctions SET geom = NULL"),
      city_case("a link to nowhere", "city.bad_value", "UPDATE links SET from_junction = 'node/77'"),
      city_case("two facilities of one key", "model.duplicate_key",
                "UPDATE facilities SET key = 'node/40'; DELETE FROM needs"),
      city_case("a terrain of 4e18 cells", "city.bad_value",
                "UPDATE grids SET nx = 2000000000, ny = 2000000000"),
      city_case("a terrain without its coverage", "city.broken_coverage", "DROP TABLE terrain"),
      city_case("a terrain tile of rubbish", "city.broken_coverage",
                "UPDATE terrain SET tile_data = x'0011223344'"),
      city_case("no layer of sewers", "city.table_missing", "DROP TABLE sewer_links"),
      city_case("a sewer to nowhere", "city.bad_value", "UPDATE sewer_links SET from_node = 'M77'"),
      city_case("a pipe of no diameter", "model.bad_sewer_link", "UPDATE sewer_links SET full_depth_m = 0"),
      city_case("a manhole nowhere", "model.bad_geometry", "UPDATE sewer_nodes SET geom = NULL"),
      city_case("a sewer network of rubbish", "city.bad_value",
                "UPDATE sewer_network SET network = '[[[[[['"),
      file_case("cut at 1 %", "city.broken", [](const Path& file) { cut(file, 0.01); }),
      file_case("cut at 30 %", "city.broken", [](const Path& file) { cut(file, 0.3); }),
      file_case("cut at 95 %", "city.broken", [](const Path& file) { cut(file, 0.95); }),
      file_case("all but the first page zero", "city.broken",
                [](const Path& file) {
                  std::string bytes = content_of(file);
                  std::fill(bytes.begin() + 4096, bytes.end(), '\0');
                  put(file, bytes);
                }),
      file_case("text", "city.broken", [](const Path& file) { put(file, "not a database"); }),
      file_case("empty", "path.empty_file", [](const Path& file) { put(file, ""); }),
      file_case("absent", "path.not_found", [](const Path& file) { std::filesystem::remove(file); }),
  });
}

}  // namespace citytwin::bad_input
