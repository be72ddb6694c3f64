#include <doctest/doctest.h>

#include "gis/readers/buildings_common_srs.hpp"
#include "gis/readers/citygml.hpp"
#include "test_files.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::gis::test;

namespace {

std::string city(const std::string& members,
                 const std::string& srs = "urn:ogc:def:crs,crs:EPSG::25833,crs:EPSG::5783",
                 const std::string& version = "2.0") {
  return R"(<?xml version="1.0" encoding="UTF-8"?><CityModel xmlns="http://www.opengis.net/citygml/)" +
         version + R"(" xmlns:bldg="http://www.opengis.net/citygml/building/)" + version +
         R"(" xmlns:dem="http://www.opengis.net/citygml/relief/2.0" xmlns:gen="http://www.opengis.net/citygml/generics/2.0")"
         R"( xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink">)"
         R"(<gml:boundedBy><gml:Envelope srsDimension="3")" +
         (srs.empty() ? std::string() : " srsName=\"" + srs + "\"") +
         R"(><gml:lowerCorner>0 0 0</gml:lowerCorner></gml:Envelope></gml:boundedBy>)" + members +
         "</CityModel>";
}

std::string member(const std::string& inside) {
  return "<cityObjectMember>" + inside + "</cityObjectMember>";
}

std::string polygon(const std::string& positions, const std::string& id = "") {
  return "<gml:Polygon" + (id.empty() ? "" : " gml:id=\"" + id + "\"") +
         "><gml:exterior><gml:LinearRing><gml:posList>" + positions +
         "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
}
std::string surface_member(const std::string& positions, const std::string& id = "") {
  return "<gml:surfaceMember>" + polygon(positions, id) + "</gml:surfaceMember>";
}

// Floor and roof of a block of 10 x 5 m, 30 to 38 m above the datum.
const std::string kFloor =
    "370000 5800000 30 370000 5800005 30 370010 5800005 30 370010 5800000 30 370000 5800000 30";
const std::string kRoof =
    "370000 5800000 38 370010 5800000 38 370010 5800005 38 370000 5800005 38 370000 5800000 38";
const std::string kWall =
    "370000 5800000 30 370010 5800000 30 370010 5800000 38 370000 5800000 38 370000 5800000 30";

const std::string kBlock = "<bldg:lod1Solid><gml:Solid><gml:exterior><gml:CompositeSurface>" +
                           surface_member(kFloor) + surface_member(kRoof) + surface_member(kWall) +
                           "</gml:CompositeSurface></gml:exterior></gml:Solid></bldg:lod1Solid>";

std::string building(const std::string& inside, const std::string& id = "b1") {
  return "<bldg:Building gml:id=\"" + id + "\">" + inside + "</bldg:Building>";
}

}  // namespace

TEST_CASE("LOD1 block with attributes and a compound reference system") {
  const Folder folder;
  const auto read = read_buildings(
      folder.source(
          "a.gml",
          city(member(building("<gml:name>Town hall</gml:name><bldg:function>31001_3012</bldg:function>"
                               "<bldg:measuredHeight uom=\"#m\">8.5</bldg:measuredHeight>"
                               "<bldg:storeysAboveGround>2</bldg:storeysAboveGround>" +
                               kBlock)) +
               member("<bldg:WaterBody/>"))),
      {});
  REQUIRE(read.ok());
  CHECK(read->crs == "EPSG:25833");
  CHECK(read->vertical_datum == "DHHN92 height");
  REQUIRE(read->rows.size() == 1);
  const BuildingFragment& row = read->rows[0];
  CHECK(row.key == "b1");
  CHECK(row.name == "Town hall");
  CHECK(row.use == BuildingUse::public_service);
  CHECK(row.height == 8.5);
  CHECK(row.height_provenance == Provenance::given);
  CHECK(row.levels == 2);
  CHECK(row.ground_z == 30);
  CHECK(area(row.footprint) == doctest::Approx(50));
  CHECK(row.surfaces.empty());
  CHECK(count_of(read->log, "other city objects")->read == 1);
  CHECK(folder.files() == 1);  // no .gfs beside the user's file
}

TEST_CASE("LOD2 boundary surfaces, a solid that refers to them, parts, installations left out") {
  const Folder folder;
  const auto boundary = [](const std::string& kind, const std::string& positions, const std::string& id) {
    return "<bldg:boundedBy><bldg:" + kind + "><bldg:lod2MultiSurface><gml:MultiSurface>" +
           surface_member(positions, id) + "</gml:MultiSurface></bldg:lod2MultiSurface></bldg:" + kind +
           "></bldg:boundedBy>";
  };
  const std::string solid =
      "<bldg:lod2Solid><gml:Solid><gml:exterior><gml:CompositeSurface>"
      "<gml:surfaceMember xlink:href=\"#f\"/><gml:surfaceMember xlink:href=\"#r\"/>"
      "<gml:surfaceMember xlink:href=\"#gone\"/></gml:CompositeSurface></gml:exterior></gml:Solid>"
      "</bldg:lod2Solid>";
  const std::string installation =
      "<bldg:outerBuildingInstallation><bldg:BuildingInstallation><bldg:lod2Geometry><gml:MultiSurface>" +
      surface_member("0 0 0 500000 0 0 500000 9000000 0 0 0 0") +
      "</gml:MultiSurface></bldg:lod2Geometry></bldg:BuildingInstallation></bldg:outerBuildingInstallation>";
  const std::string part =
      "<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id=\"p\">" +
      boundary("GroundSurface",
               "370010 5800000 30 370010 5800005 30 370012 5800005 30 370012 5800000 30 370010 5800000 30",
               "pf") +
      boundary("RoofSurface",
               "370010 5800000 33 370012 5800000 33 370012 5800005 33 370010 5800005 33 370010 5800000 33",
               "pr") +
      "</bldg:BuildingPart></bldg:consistsOfBuildingPart>";
  const auto read = read_citygml(
      folder.source("l2.gml",
                    city(member(building(kBlock + solid + boundary("GroundSurface", kFloor, "f") +
                                         boundary("RoofSurface", kRoof, "r") +
                                         boundary("WallSurface", kWall, "w") + installation + part)))),
      {});
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 1);
  const BuildingFragment& row = read->rows[0];
  CHECK(area(row.footprint) == doctest::Approx(60));
  CHECK(row.surfaces.size() == 5);  // LOD1 of the same building is not used beside LOD2
  CHECK(row.surfaces[0].kind == SurfaceKind::ground);
  CHECK(row.height == doctest::Approx((50 * 8 + 10 * 3) / 60.0));
  CHECK(findings_of(read->log, "repaired.unresolved_reference") == 1);
  CHECK(count_of(read->log, "BuildingPart")->merged == 1);
}

TEST_CASE("latitude first is turned round, TINRelief becomes terrain") {
  const Folder folder;
  const std::string floor = "35.0 139.0 3 35.0 139.0001 3 35.0001 139.0001 3 35.0001 139.0 3 35.0 139.0 3";
  const std::string roof = "35.0 139.0 9 35.0 139.0001 9 35.0001 139.0001 9 35.0001 139.0 9 35.0 139.0 9";
  const std::string tin =
      "<dem:ReliefFeature><dem:reliefComponent><dem:TINRelief><dem:tin><gml:TriangulatedSurface>"
      "<gml:trianglePatches><gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>"
      "35 139 1 35 139.001 1 35.001 139 2 35 139 1</gml:posList></gml:LinearRing></gml:exterior>"
      "</gml:Triangle></gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief>"
      "</dem:reliefComponent></dem:ReliefFeature>";
  const auto read =
      read_citygml(folder.source("jp.gml", city(member(building("<bldg:lod1Solid>" + surface_member(floor) +
                                                                surface_member(roof) + "</bldg:lod1Solid>")) +
                                                    member(tin),
                                                "http://www.opengis.net/def/crs/EPSG/0/6697")),
                   {});
  REQUIRE(read.ok());
  CHECK(read->crs == "EPSG:6668");
  CHECK(read->rows[0].footprint.outer[0].x == doctest::Approx(139).epsilon(0.001));
  CHECK(read->rows[0].height == doctest::Approx(6));
  REQUIRE(read->terrain);
  CHECK(read->terrain->triangles.size() == 1);
  CHECK(read->terrain->points[0].x == 139);
  CHECK(count_of(read->log, "TINRelief")->kept == 1);
}

TEST_CASE("names of reference systems") {
  const auto parsed = [](const std::string& name) {
    const auto named = crs_from_srs_name(name, {});
    return named.ok() ? named->crs.code() + " " + named->vertical_datum : code_of(named.diagnostics());
  };
  CHECK(parsed("EPSG:25833") == "EPSG:25833 unknown");
  CHECK(parsed("urn:ogc:def:crs:EPSG::25833") == "EPSG:25833 unknown");
  CHECK(parsed("urn:ogc:def:crs,crs:EPSG:6.12:25833,crs:EPSG:6.12:5783") == "EPSG:25833 DHHN92 height");
  CHECK(parsed("EPSG:25833*5783") == "EPSG:25833 DHHN92 height");
  CHECK(parsed("urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH") == "EPSG:25832 DHHN2016 height");
  CHECK(parsed("https://www.opengis.net/def/crs/EPSG/0/7415") == "EPSG:28992 NAP height");
  CHECK(parsed("http://www.opengis.net/def/crs-compound?1=http://www.opengis.net/def/crs/EPSG/0/"
               "25833&2=http://www.opengis.net/def/crs/EPSG/0/5783") == "EPSG:25833 DHHN92 height");
  CHECK(parsed("somewhere") == "crs.not_understood");
  // Gauss-Krueger: the authority puts north first, most files put east first.
  const Crs gk = *Crs::parse("EPSG:31467");
  CHECK_FALSE(north_first(gk, {3'500'000, 5'400'000}));
  CHECK(north_first(gk, {5'400'000, 3'500'000}));
}

TEST_CASE("unusable CityGML is refused with a line and a reason") {
  const Folder folder;
  const std::string whole = city(member(building(kBlock)));
  const auto result = [&](const std::string& text) { return read_citygml(folder.source("x.gml", text), {}); };
  const auto cut = result(whole.substr(0, whole.size() / 2));
  CHECK(code_of(cut.diagnostics()) == "citygml.broken_xml");
  CHECK(cut.diagnostics().items()[0].where.line == 1);
  CHECK(code_of(result(city(member(building(kBlock)), "")).diagnostics()) == "citygml.no_crs");
  CHECK(code_of(result(city("", "EPSG:25833")).diagnostics()) == "citygml.empty");
  CHECK(code_of(result(city(member(building(kBlock)), "EPSG:25833", "3.0")).diagnostics()) ==
        "citygml.version");
  CHECK(code_of(result("<?xml version=\"1.0\"?><osm/>").diagnostics()) == "citygml.not_citygml");
  CHECK(code_of(result("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>").diagnostics()) == "citygml.doctype");
  std::string deep = city("DEEP");
  std::string many;
  for (int k = 0; k < 100'000; ++k) many += "<a>";
  deep.replace(deep.find("DEEP"), 4, many);
  CHECK(code_of(result(deep).diagnostics()) == "citygml.too_deep");
  std::string letters = whole;
  letters.replace(letters.find("370010"), 6, "37001x");
  CHECK(code_of(result(letters).diagnostics()) == "citygml.bad_coordinates");
  std::string mixed = whole;
  mixed.replace(mixed.find("<gml:Solid>"), 11, "<gml:Solid srsName=\"EPSG:25832\">");
  CHECK(code_of(result(mixed).diagnostics()) == "citygml.mixed_crs");
}

TEST_CASE("a building without geometry is dropped and listed") {
  const Folder folder;
  const auto read =
      read_citygml(folder.source("n.gml", city(member(building(kBlock)) + member(building("", "b2")))), {});
  REQUIRE(read.ok());
  CHECK(read->rows.size() == 1);
  CHECK(count_of(read->log, "Building")->dropped[0].reason == "dropped.no_geometry");
  CHECK(count_of(read->log, "Building")->closes());
}

TEST_CASE("Potsdam") {
  BuildingSource source;
  source.key = "potsdam";
  source.file = shared_data("buildings3d/Potsdam_LoD1.gml");
  if (!std::filesystem::exists(source.file)) {
    MESSAGE("skipped: no shared data");
    return;
  }
  const auto read = read_buildings(source, {});
  REQUIRE(read.ok());
  CHECK(count_of(read->log, "Building")->read == 97);
  CHECK(read->rows.size() == 97);
  CHECK(read->crs == "EPSG:25833");
  CHECK(read->vertical_datum == "DHHN92 height");
  for (const BuildingFragment& row : read->rows) {
    CHECK(row.height >
          1);  // measuredHeight is in millimetres above the datum in this file, so it is measured
    CHECK(row.height < 40);
  }
}
