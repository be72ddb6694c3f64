#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/core/out_folder.hpp"

using namespace citytwin::scenarios;
namespace fs = std::filesystem;

namespace {

struct Playground {
  Playground() : path(fs::temp_directory_path() / ("citytwin_out_folder_test." + std::to_string(getpid()))) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Playground() { fs::remove_all(path); }
  fs::path path;
};

void put(const fs::path& file) { std::ofstream(file) << "x"; }

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("a folder appears complete, replaces an earlier run, and leaves nothing when given up") {
  const Playground here;
  const fs::path out = here.path / "deep" / "out";
  CHECK_FALSE(OutFolder::check(out).has_errors());
  {
    OutFolder folder(out);
    REQUIRE(folder.create().ok());
    put(folder.temporary() / "manifest.json");
    CHECK_FALSE(fs::exists(out));
  }  // given up
  CHECK(entries(here.path / "deep") == 0);
  for (const char* extra : {"one", "two"}) {
    OutFolder folder(out);
    REQUIRE(folder.create().ok());
    for (const char* name : {"manifest.json", "summary.json", extra}) put(folder.temporary() / name);
    REQUIRE(folder.commit().ok());
    CHECK(fs::exists(out / extra));
  }
  CHECK_FALSE(fs::exists(out / "one"));
  CHECK(entries(here.path / "deep") == 1);
}

TEST_CASE("what is not a run's folder is never replaced") {
  const Playground here;
  put(here.path / "thesis.txt");
  CHECK(OutFolder::check(here.path).has("out.not_ours"));
  put(here.path / "manifest.json");
  CHECK(OutFolder::check(here.path).has("out.not_ours"));
  CHECK(OutFolder::check(here.path / "thesis.txt").has("out.not_ours"));
  CHECK(OutFolder::check(here.path / "thesis.txt" / "out").has("out.no_permission"));
}
