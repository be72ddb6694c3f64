// Names that a city may not be written under: said before the work, not after it.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <filesystem>
#include <iterator>

#include "scenarios/core/text.hpp"
#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

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

// No file of the program gets longer than this, as if the disk were full.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() { setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a city that cannot be written after the work ends in code 3; what stood under its name stays") {
  const gis::test::TemporaryFolder folder;
  put_osm(folder / "town.osm");
  put_dem(folder / "dem.tif");
  auto import_to = import_of({"--osm", "town.osm", "--dem", "dem.tif"});
  import_to.back() = "city.gpkg";
  REQUIRE(run_citytwin(import_to, folder.path()).exit_code == 0);
  const auto bytes = std::filesystem::file_size(folder / "city.gpkg");
  const SmallFiles small(bytes / 4);
  for (const Arguments& arguments :
       {import_to, Arguments{"generate", "--population", "10000", "-o", "new.gpkg"}}) {
    const Outcome outcome = run_citytwin(arguments, folder.path());
    CHECK(outcome.exit_code == 3);
    CHECK(outcome.messages.find(scenarios::text("out.not_written")) != std::string::npos);
  }
  CHECK(std::filesystem::file_size(folder / "city.gpkg") == bytes);
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()),
                                   std::filesystem::directory_iterator());
  CHECK(files == 3);  // the two sources and the first city
}

TEST_CASE("a city that is not named .gpkg is written with a warning") {
  const gis::test::TemporaryFolder folder;
  const std::string sentence = scenarios::text("city.not_named_gpkg");
  const auto generate = [&](const std::string& out) {
    return run_citytwin({"generate", "--population", "10000", "-o", out}, folder.path());
  };
  const Outcome other = generate("city.txt");
  CHECK(other.exit_code == 0);
  CHECK(other.messages.find(sentence) != std::string::npos);
  CHECK(generate("city.GPKG").messages.find(sentence) == std::string::npos);
}

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
