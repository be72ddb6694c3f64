// Buildings, land cover and population files that cannot be used.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

BadCase layer_case(const std::string& option, const std::string& name, const std::string& file,
                   const std::string& code, const std::function<void(const Path&)>& make) {
  return {option + ": " + name,
          [=](const Path& folder) {
            put_osm(folder / "town.osm");
            put_dem(folder / "dem.tif");
            make(folder / file);
            return import_of({"--osm", "town.osm", "--dem", "dem.tif", "--" + option, file});
          },
          code};
}

BadCase buildings(const std::string& name, const std::string& file, const std::string& code,
                  const std::string& content) {
  return layer_case("buildings", name, file, code, [=](const Path& path) { put(path, content); });
}

std::string nested(int depth) {
  return "{\"type\":\"FeatureCollection\",\"features\":" + std::string(static_cast<std::size_t>(depth), '[');
}

std::string city_json(const std::string& version, const std::string& objects, const std::string& more = "") {
  return "{\"type\":\"CityJSON\",\"version\":\"" + version + "\"," + more + "\"CityObjects\":" + objects +
         ",\"vertices\":[]}";
}

const std::string kTransform = "\"transform\":{\"scale\":[1,1,1],\"translate\":[0,0,0]},";
const std::string kCrs =
    "\"metadata\":{\"referenceSystem\":\"https://www.opengis.net/def/crs/EPSG/0/7415\"},";
const std::string kHouseWithoutPlace =
    "{\"type\":\"CityJSON\",\"version\":\"2.0\"," + kTransform +
    "\"CityObjects\":{\"h\":{\"type\":\"Building\",\"geometry\":[{\"type\":\"MultiSurface\",\"lod\":\"0\","
    "\"boundaries\":[[[0,1,2,3]]]}]}},\"vertices\":[[0,0,0],[9,0,0],[9,9,0],[0,9,0]]}";
const std::string kGmlStart =
    "<?xml version='1.0'?><CityModel xmlns='http://www.opengis.net/citygml/2.0' "
    "xmlns:gml='http://www.opengis.net/gml' "
    "xmlns:bldg='http://www.opengis.net/citygml/building/2.0'>";

}  // namespace

TEST_CASE("good buildings, people and land cover import") {
  auto houses =
      layer_case("buildings", "good", "b.geojson", "", [](const Path& file) { put(file, good_geojson()); });
  check_accepted({"buildings: good",
                  [houses](const Path& folder) {
                    Arguments arguments = houses.prepare(folder);
                    arguments.insert(arguments.end(), {"--area", "7.418,43.728,7.421,43.729"});
                    return arguments;
                  },
                  ""});
  check_accepted(layer_case("population", "good", "p.csv", "",
                            [](const Path& file) { put(file, "lon,lat,population\n7.4195,43.7295,120\n"); }));
  check_accepted(layer_case("landcover", "good", "l.tif", "", [](const Path& file) {
    auto spec = good_dem();
    spec.type = GDT_Int16;
    gis::test::write_tiff(file, spec, [](int c, int) { return c < 40 ? 10 : 50; });
  }));
}

TEST_CASE("building files that are cut, empty or without a place are refused") {
  check_refused({
      buildings("GeoJSON cut", "b.geojson", "file.broken",
                good_geojson().substr(0, good_geojson().size() * 2 / 3)),
      buildings("GeoJSON 200 000 deep", "b.geojson", "file.broken", nested(200'000)),
      buildings("GeoJSON without features", "b.geojson", "vector.empty_layer",
                "{\"type\":\"FeatureCollection\",\"features\":[]}"),
      buildings("GeoJSON without one usable geometry", "b.geojson", "vector.nothing_usable",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
                "\"geometry\":{\"type\":"
                "\"Polygon\",\"coordinates\":[[[1e308,43],[NaN,43],[7,44],[1e308,43]]]}}]}"),
      buildings("text called .gpkg", "b.gpkg", "file.not_recognised", "no database"),
      buildings("text called .shp", "b.shp", "file.not_recognised", "no shapes"),
      buildings("text called .fgb", "b.fgb", "file.not_recognised", "no buffer"),
      layer_case("buildings", "GeoPackage cut", "b.gpkg", "file.broken",
                 [](const Path& file) {
                   put_city(file);
                   cut(file, 0.4);
                 }),
      layer_case(
          "buildings", "address inside a VRT", "b.vrt", "citygml.not_citygml",
          [](const Path& file) {
            put(file,
                "<OGRVRTDataSource><OGRVRTLayer name='b'><SrcDataSource>/vsicurl/http://127.0.0.1:9/b.json"
                "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
          }),
      buildings("CityJSON cut", "b.city.json", "cityjson.broken",
                city_json("2.0", "{", kTransform).substr(0, 60)),
      buildings("CityJSON 0.9", "b.city.json", "cityjson.version", city_json("0.9", "{}", kTransform + kCrs)),
      buildings("CityJSON without transform", "b.city.json", "cityjson.no_transform",
                city_json("2.0", "{}", kCrs)),
      buildings("CityJSON without CRS", "b.city.json", "cityjson.no_crs", kHouseWithoutPlace),
      buildings("CityJSON without buildings", "b.city.json", "cityjson.empty",
                city_json("2.0", "{}", kTransform + kCrs)),
      buildings("CityGML cut", "b.gml", "citygml.broken_xml",
                kGmlStart + "<cityObjectMember><bldg:Building>"),
      buildings("other XML", "b.gml", "citygml.not_citygml", "<?xml version='1.0'?><html></html>"),
      buildings(
          "CityGML without buildings", "b.gml", "citygml.empty",
          kGmlStart +
              "<gml:boundedBy><gml:Envelope srsName='EPSG:25832'><gml:lowerCorner>0 0 0</gml:lowerCorner>"
              "<gml:upperCorner>1 1 1</gml:upperCorner></gml:Envelope></gml:boundedBy></CityModel>"),
      buildings("CityGML with a document type", "b.gml", "citygml.doctype",
                "<?xml version='1.0'?><!DOCTYPE CityModel [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" +
                    kGmlStart.substr(21) + "&x;</CityModel>"),
  });
}

TEST_CASE("land cover and population that cannot be understood are refused") {
  const auto codes = [](const Path& file) {
    auto spec = good_dem();
    spec.type = GDT_Int16;
    gis::test::write_tiff(file, spec, [](int c, int) { return 900 + c; });
  };
  check_refused({
      layer_case("landcover", "unknown codes", "l.tif", "landcover.no_mapping", codes),
      layer_case("landcover", "no CRS", "l.tif", "raster.no_crs",
                 [](const Path& file) {
                   auto spec = good_dem();
                   spec.crs = "";
                   put_dem(file, spec);
                 }),
      layer_case("population", "no column of people", "p.csv", "vector.no_column",
                 [](const Path& file) { put(file, "lon,lat,inhabitants\n7.4195,43.7295,120\n"); }),
      layer_case("population", "no places", "p.csv", "vector.no_layer",
                 [](const Path& file) { put(file, "name,population\ntown,120\n"); }),
      layer_case("population", "raster of another continent", "p.tif", "population.outside",
                 [](const Path& file) {
                   auto spec = good_dem();
                   spec.north += 3e6;
                   put_dem(file, spec);
                 }),
  });
}

}  // namespace citytwin::bad_input
