// OpenStreetMap files that cannot be used.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

BadCase osm_case(const std::string& name, const std::string& file, const std::string& code,
                 const std::function<void(const Path&)>& make) {
  return {"osm: " + name,
          [=](const Path& folder) {
            make(folder / file);
            put_dem(folder / "dem.tif");
            return import_of({"--osm", file, "--dem", "dem.tif"});
          },
          code};
}

BadCase cut_pbf(double share) {
  return osm_case("pbf cut at " + std::to_string(static_cast<int>(share * 100)) + " %", "town.osm.pbf",
                  "osm.unreadable", [=](const Path& file) {
                    put_pbf(file);
                    cut(file, share);
                  });
}

BadCase cut_xml(double share) {
  return osm_case("XML cut at " + std::to_string(static_cast<int>(share * 100)) + " %", "town.osm",
                  "osm.unreadable", [=](const Path& file) {
                    put_osm(file);
                    cut(file, share);
                  });
}

std::string laughs(int levels) {
  std::string text = "<?xml version='1.0'?>\n<!DOCTYPE osm [<!ENTITY a0 'ha'>";
  for (int i = 1; i <= levels; ++i) {
    text += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) text += "&a" + std::to_string(i - 1) + ";";
    text += "'>";
  }
  return text + "]>\n<osm version='0.6'><node id='1' lat='43.73' lon='7.42'><tag k='name' v='&a" +
         std::to_string(levels) + ";'/></node></osm>";
}

}  // namespace

TEST_CASE("the good town as XML and as pbf imports") {
  check_accepted(osm_case("good XML", "town.osm", "", put_osm));
  check_accepted(osm_case("good pbf", "town.osm.pbf", "", put_pbf));
}

TEST_CASE("street maps that are cut, empty or something else are refused") {
  check_refused({
      cut_pbf(0.1),
      cut_pbf(0.5),
      cut_pbf(0.9),
      cut_pbf(0.99),
      cut_xml(0.2),
      cut_xml(0.6),
      cut_xml(0.98),
      osm_case("text called .pbf", "town.osm.pbf", "osm.not_osm",
               [](const Path& file) { put(file, "no map at all"); }),
      osm_case("text called .osm", "town.osm", "osm.not_osm",
               [](const Path& file) { put(file, "no map at all"); }),
      osm_case("other XML", "town.osm", "osm.unreadable",
               [](const Path& file) { put(file, "<?xml version='1.0'?><gpx></gpx>"); }),
      osm_case("nothing in it", "town.osm", "osm.empty",
               [](const Path& file) { put(file, "<?xml version='1.0'?><osm version='0.6'></osm>"); }),
      osm_case("all nodes off the globe", "town.osm", "osm.no_valid_node",
               [](const Path& file) {
                 put(file,
                     "<?xml version='1.0'?><osm version='0.6'><node id='1' lat='91' lon='7'/><node id='2' "
                     "lat='92' lon='8'/>"
                     "<way id='3'><nd ref='1'/><nd ref='2'/><tag k='highway' v='service'/></way></osm>");
               }),
      osm_case("a billion laughs", "town.osm", "osm.unreadable",
               [](const Path& file) { put(file, laughs(12)); }),
      osm_case("gzip cut", "town.osm.gz", "osm.unreadable",
               [](const Path& file) { put(file, std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8)); }),
      osm_case("unknown ending", "town.map", "osm.not_osm",
               [](const Path& file) { put(file, "no map at all"); }),
  });
}

}  // namespace citytwin::bad_input
