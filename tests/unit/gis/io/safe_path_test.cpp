#include <doctest/doctest.h>

#include <filesystem>

#include "gis/io/atomic_file.hpp"
#include "gis/io/safe_path.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::gis {
namespace {

namespace fs = std::filesystem;

std::string code_of(const Result<fs::path>& result) {
  return result.ok() ? "ok" : result.diagnostics().items().front().code;
}

}  // namespace

TEST_CASE("names that could reach beyond plain files are refused") {
  for (const auto& [name, code] : std::vector<std::pair<std::string, std::string>>{
           {"", "path.empty"},
           {"/vsicurl/http://127.0.0.1/dem.tif", "path.virtual"},
           {"/vsizip/a.zip/dem.tif", "path.virtual"},
           {"/VSIMEM/x", "path.virtual"},
           {"http://example.org/dem.tif", "path.url"},
           {"file:///etc/passwd", "path.url"},
           {"GPKG:city.gpkg:terrain", "path.driver_prefix"},
           {"MEM:::DATAPOINTER=1,PIXELS=1,LINES=1", "path.driver_prefix"},
           {"<VRTDataset/>", "path.inline"},
           {"{\"type\":\"FeatureCollection\"}", "path.inline"},
           {std::string("a\0b", 3), "path.control_character"},
           {"no such file.tif", "path.not_found"},
           {"/", "path.not_a_file"},
           {"/dev/zero", "path.not_a_file"}})
    CHECK_MESSAGE(code_of(safe_input(name)) == code, name);
}

TEST_CASE("a name from a file stays below its folder, symlinks included") {
  const test::TemporaryFolder folder;
  fs::create_directory(folder / "project");
  fs::create_directory(folder / "project2");
  REQUIRE(write_file(folder / "secret.txt", "s").ok());
  REQUIRE(write_file(folder / "project2/other.txt", "s").ok());
  REQUIRE(write_file(folder / "project/good.txt", "good").ok());
  fs::create_symlink(folder / "secret.txt", folder / "project/link.txt");
  fs::create_symlink("good.txt", folder / "project/inside.txt");
  const fs::path base = folder / "project";
  CHECK(code_of(safe_input("good.txt", base)) == "ok");
  CHECK(code_of(safe_input("inside.txt", base)) == "ok");
  CHECK(code_of(safe_input((base / "good.txt").string(), base)) == "ok");
  CHECK(code_of(safe_input("../secret.txt", base)) == "path.parent");
  CHECK(code_of(safe_input("a/../../secret.txt", base)) == "path.parent");
  CHECK(code_of(safe_input("link.txt", base)) == "path.outside_base");
  CHECK(code_of(safe_input((folder / "secret.txt").string(), base)) == "path.outside_base");
  CHECK(code_of(safe_input((folder / "project2/other.txt").string(), base)) == "path.outside_base");
  CHECK(code_of(safe_input((folder / "project/../secret.txt").string())) == "ok");  // typed by a person
}

TEST_CASE("size bounds of inputs") {
  const test::TemporaryFolder folder;
  REQUIRE(write_file(folder / "empty", "").ok());
  REQUIRE(write_file(folder / "ten", "0123456789").ok());
  CHECK(code_of(safe_input((folder / "empty").string())) == "path.empty_file");
  CHECK(code_of(safe_input((folder / "ten").string(), {}, 9)) == "path.too_large");
  CHECK(code_of(safe_input((folder / "ten").string(), {}, 10)) == "ok");
}

TEST_CASE("a file appears whole or not at all") {
  const test::TemporaryFolder folder;
  {
    const AtomicFile file(folder / "a.txt");
    REQUIRE(write_file(file.temporary(), "half").ok());
  }
  CHECK(folder.names().empty());
  REQUIRE(write_file(folder / "a.txt", "one").ok());
  REQUIRE(write_file(folder / "a.txt", "two").ok());
  CHECK(*read_file(folder / "a.txt") == "two");
  CHECK(folder.names() == std::vector<std::string>{"a.txt"});
  CHECK(write_file(folder / "absent/a.txt", "x").diagnostics().has("file.cannot_write"));
  CHECK(read_file(folder / "a.txt", 2).diagnostics().has("path.too_large"));
}

}  // namespace citytwin::gis
