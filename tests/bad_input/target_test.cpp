// Names that a city may not be written under: said before the work, not after it.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

constexpr double kAtOnce = 1;  // [s]; a million people take ten times as long

Arguments generate_to(const std::string& out) {
  return {"generate", "--population", "1000000", "--out", out};
}

BadCase generate_case(const std::string& name, const std::string& code, const std::string& out) {
  return {"generate: " + name,
          [=](const Path& folder) {
            put(folder / "minutes.txt", "keep me");
            return generate_to(out);
          },
          code, kAtOnce};
}

BadCase import_case(const std::string& name, const std::string& code, const std::string& out) {
  return {"import: " + name,
          [=](const Path& folder) {
            put(folder / "minutes.txt", "keep me");
            put_osm(folder / "town.osm");
            put_dem(folder / "dem.tif");
            Arguments arguments = import_of({"--osm", "town.osm", "--dem", "dem.tif"});
            arguments.back() = out;
            return arguments;
          },
          code, kAtOnce};
}

}  // namespace

TEST_CASE("a target that may not be written is told at once") {
  for (const auto& make : {generate_case, import_case})
    check_refused({
        make("over another file", "city.would_overwrite", "minutes.txt"),
        make("over a folder", "city.would_overwrite", "."),
        make("into no folder", "file.no_folder", "nowhere/city.gpkg"),
        make("into a folder that takes no files", "file.cannot_write", "/proc/city.gpkg"),
    });
}

}  // namespace citytwin::bad_input
