// A domain is one folder, one validation folder and one line in the registry: nothing may be forgotten.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/architecture/source_tree.hpp"

using namespace citytwin::test;

TEST_CASE("every domain has its README, its tests and its line in the registry") {
  namespace fs = std::filesystem;
  const fs::path root = CITYTWIN_SOURCE_DIR;
  std::string registry;
  for (const SourceFile& file : files_below("engine/domains", {".cpp"}))
    if (file.path == "engine/domains/registry.cpp") registry = file.text();
  int domains = 0;
  for (const auto& entry : fs::directory_iterator(root / "engine" / "domains")) {
    if (!entry.is_directory()) continue;
    ++domains;
    const std::string name = entry.path().filename().string();
    CHECK_MESSAGE(fs::exists(entry.path() / "README.md"), name, " has no README.md");
    CHECK_MESSAGE(fs::exists(root / "tests" / "validation" / name), name, " has no tests/validation folder");
    CHECK_MESSAGE(registry.find("engine/domains/" + name + "/") != std::string::npos, name,
                  " is not in the registry");
  }
  CHECK(domains >= 1);
}
