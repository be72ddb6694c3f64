// Who may include whom: the table of ARCHITECTURE.md as data. An edge that is not here is an error.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/architecture/source_tree.hpp"

using namespace citytwin::test;

namespace {

struct Room {
  std::string folder;
  std::vector<std::string> may_include;  // folders or single files; a room may always include itself
};

// The most specific (longest) folder wins.
const std::vector<Room> kRooms{
    {"engine/base", {}},
    {"engine/geo", {"engine/base"}},
    {"engine/numerics", {"engine/base", "engine/geo"}},
    {"engine/routing", {"engine/base", "engine/geo"}},
    {"engine/model", {"engine/base", "engine/geo", "engine/numerics", "engine/routing"}},
    {"engine/sim", {"engine/base", "engine/geo", "engine/numerics", "engine/routing", "engine/model"}},
    {"engine/domains", {"engine/base", "engine/sim"}},  // the registry; it alone sees every domain
    {"engine/domains/*",
     {"engine/base", "engine/geo", "engine/numerics", "engine/routing", "engine/model", "engine/sim",
      "engine/drainage"}},
    {"engine/drainage", {"engine/base", "engine/geo", "engine/numerics", "engine/routing", "engine/model"}},
    {"engine/risk",
     {"engine/base", "engine/geo", "engine/numerics", "engine/model", "engine/sim/run_record.hpp",
      "engine/sim/observation.hpp"}},
    {"gis", {"engine/base", "engine/geo", "engine/numerics", "engine/model"}},
    {"gis/writers",
     {"engine/base", "engine/geo", "engine/numerics", "engine/model", "engine/sim/run_record.hpp",
      "engine/sim/observation.hpp", "gis"}},
    {"scenarios",
     {"engine/base", "engine/geo", "engine/numerics", "engine/routing", "engine/model", "engine/drainage",
      "engine/sim", "engine/risk", "engine/domains/registry.hpp", "gis"}},
    {"viz",
     {"engine/base", "engine/geo", "engine/model", "engine/sim/snapshot.hpp", "engine/sim/run_record.hpp",
      "engine/sim/observation.hpp", "scenarios"}},
    {"tools/citytwin",
     {"engine/base", "engine/geo", "engine/model", "engine/domains/registry.hpp", "gis", "scenarios",
      "tools/bench"}},
    {"tools/citytwin_view", {"engine/base", "scenarios", "viz"}},
    {"tools/bench", {"engine", "gis", "scenarios"}},
};

// Outside libraries and the only places that know them.
struct Library {
  std::vector<std::string> headers;  // beginnings of the include
  std::vector<std::string> places;   // folders, or a file without its extension
};

const std::vector<std::string> kGisOnly{"gdal",       "ogr",   "cpl_",    "geos",      "proj.h", "osmium/",
                                        "protozero/", "zip.h", "pugixml", "sqlite3.h", "expat",  "bzlib.h"};
const std::vector<Library> kLibraries{
    {{"tbb/", "oneapi/"}, {"engine/base/parallel"}},
    {{"xxhash"}, {"engine/base/hash"}},
    {{"Random123/"}, {"engine/base/random"}},
    {{"Eigen/"}, {"engine/numerics"}},
    {kGisOnly, {"gis"}},
    {{"zlib.h"}, {"gis", "scenarios", "engine/sim/display_tiles"}},
    {{"png.h"}, {"scenarios", "viz"}},
    {{"toml++/"}, {"gis", "scenarios"}},
    {{"nlohmann/"}, {"gis", "scenarios", "tools"}},
    {{"fmt/"}, {"gis", "scenarios", "viz", "tools"}},
    {{"CLI/"}, {"tools"}},
    {{"osg", "imgui", "GLFW/", "GL/"}, {"viz", "tools/citytwin_view"}},
    // The engine knows no files and never prints.
    {{"iostream", "fstream", "cstdio", "stdio.h", "filesystem", "print"},
     {"gis", "scenarios", "viz", "tools"}},
};

const Room* room_of(const std::string& path) {
  const Room* best = nullptr;
  for (const Room& room : kRooms) {
    const bool wild = room.folder.ends_with("/*");
    const std::string folder = wild ? room.folder.substr(0, room.folder.size() - 2) : room.folder;
    if (!is_below(path, folder)) continue;
    if (wild && path.find('/', folder.size() + 1) == std::string::npos) continue;
    if (best == nullptr || room.folder.size() > best->folder.size()) best = &room;
  }
  return best;
}

// The folder a file may always include from: its own room, which for a domain is its own folder.
std::string home_of(const Room& room, const std::string& path) {
  if (!room.folder.ends_with("/*")) return room.folder;
  const std::string parent = room.folder.substr(0, room.folder.size() - 2);
  return path.substr(0, path.find('/', parent.size() + 1));
}

bool allowed(const Room& room, const SourceFile& file, const std::string& target) {
  const Room* target_room = room_of(target);
  if (target_room == nullptr) return false;
  // The registry's .cpp is the one list of domains.
  if (file.path == "engine/domains/registry.cpp" && is_below(target, "engine/domains")) return true;
  const std::string home = home_of(room, file.path);
  if (is_below(target, home) && home_of(*target_room, target) == home) return true;
  return std::any_of(room.may_include.begin(), room.may_include.end(), [&](const std::string& place) {
    if (target == place) return true;
    // "gis" does not open gis/writers to the rest of gis, but everything downstream may use both.
    if (room.folder == "gis" && is_below(target, "gis/writers")) return false;
    return is_below(target, place);
  });
}

bool library_allowed(const Library& library, const std::string& path) {
  return std::any_of(library.places.begin(), library.places.end(), [&](const std::string& place) {
    return is_below(path, place) || path == place + ".hpp" || path == place + ".cpp";
  });
}

bool begins_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& b) { return text.starts_with(b); });
}

}  // namespace

TEST_CASE("the table itself: edges that must and must not be there") {
  const auto edge = [](const char* from, const char* to) {
    SourceFile file;
    file.path = from;
    return allowed(*room_of(file.path), file, to);
  };
  CHECK(edge("engine/sim/x.cpp", "engine/model/city_model.hpp"));
  CHECK(edge("engine/domains/surface_water/x.cpp", "engine/domains/surface_water/state.hpp"));
  CHECK(edge("engine/domains/registry.cpp", "engine/domains/surface_water/domain.hpp"));
  CHECK(edge("gis/writers/x.cpp", "gis/crs/crs.hpp"));
  CHECK(edge("scenarios/core/run.cpp", "gis/writers/raster_writer.hpp"));
  CHECK_FALSE(edge("engine/model/x.cpp", "engine/sim/domain.hpp"));
  CHECK_FALSE(edge("engine/geo/x.cpp", "engine/routing/reach.hpp"));
  CHECK_FALSE(edge("engine/domains/surface_water/x.cpp", "engine/domains/traffic/state.hpp"));
  CHECK_FALSE(edge("engine/domains/surface_water/x.cpp", "engine/domains/registry.hpp"));
  CHECK_FALSE(edge("engine/risk/x.cpp", "engine/sim/simulation.hpp"));
  CHECK_FALSE(edge("gis/build/x.cpp", "engine/sim/run_record.hpp"));
  CHECK_FALSE(edge("gis/build/x.cpp", "gis/writers/raster_writer.hpp"));
  CHECK_FALSE(edge("scenarios/core/x.cpp", "engine/domains/surface_water/domain.hpp"));
  CHECK_FALSE(edge("scenarios/core/x.cpp", "viz/app/app.hpp"));
  CHECK_FALSE(edge("engine/base/x.cpp", "tests/property/shapes.hpp"));
}

TEST_CASE("every include is an edge of the table") {
  REQUIRE(room_sources().size() > 30);
  for (const SourceFile& file : room_sources()) {
    const Room* room = room_of(file.path);
    CHECK_MESSAGE(room != nullptr, file.path, " is in no room of the table");
    if (room == nullptr) continue;
    for (const Include& include : file.includes) {
      if (!include.quoted) continue;
      CHECK_MESSAGE(allowed(*room, file, include.path), file.path, ":", include.line, " may not include \"",
                    include.path, "\"");
    }
  }
}

TEST_CASE("quoted includes name the room from the repository root") {
  std::set<std::string> known;
  for (const SourceFile& file : room_sources()) known.insert(file.path);
  for (const SourceFile& file : room_sources())
    for (const Include& include : file.includes)
      if (include.quoted)
        CHECK_MESSAGE(known.count(include.path) == 1, file.path, ":", include.line,
                      " no such file: ", include.path);
}

TEST_CASE("outside libraries appear only where the table says") {
  for (const SourceFile& file : room_sources())
    for (const Include& include : file.includes)
      for (const Library& library : kLibraries)
        if (!include.quoted && begins_with_any(include.path, library.headers))
          CHECK_MESSAGE(library_allowed(library, file.path), file.path, ":", include.line,
                        " may not include <", include.path, ">");
}

TEST_CASE("no type of a geodata library crosses the headers of gis") {
  // A header that includes such a library, names one of its types, or includes a header that does, is
  // internal to gis.
  std::set<std::string> internal;
  for (const SourceFile& file : room_sources()) {
    if (!file.is_header() || !is_below(file.path, "gis")) continue;
    const std::string code = file.code();
    for (const char* name : {"GDAL", "OGR", "GEOSGeom", "osmium::", "zip_t", "pugi::", "sqlite3"})
      if (code.find(name) != std::string::npos) internal.insert(file.path);
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const SourceFile& file : room_sources()) {
      if (!file.is_header() || internal.count(file.path) != 0) continue;
      for (const Include& include : file.includes)
        if (include.quoted ? internal.count(include.path) != 0 : begins_with_any(include.path, kGisOnly))
          grew = internal.insert(file.path).second || grew;
    }
  }
  for (const SourceFile& file : room_sources()) {
    if (is_below(file.path, "gis")) continue;
    for (const Include& include : file.includes)
      CHECK_MESSAGE(internal.count(include.path) == 0, file.path, ":", include.line,
                    " includes an internal header of gis: ", include.path);
  }
}
