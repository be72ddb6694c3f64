// What a reviewer should not have to say twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "tests/architecture/source_tree.hpp"

using namespace citytwin::test;

namespace {
std::vector<SourceFile> all_text_files() {
  return files_below(
      "", {".hpp", ".cpp", ".md", ".cmake", ".txt", ".toml", ".py", ".po", ".csv", ".json", ".in", ""});
}
}  // namespace

TEST_CASE("no source file is longer than 800 lines, and half of them are at most 150") {
  std::vector<std::size_t> lengths;
  for (const SourceFile& file : room_sources()) {
    CHECK_MESSAGE(file.lines.size() <= 800, file.path, " has ", file.lines.size(), " lines");
    lengths.push_back(file.lines.size());
  }
  for (const SourceFile& file : files_below("tests", {".hpp", ".cpp", ".py"}))
    CHECK_MESSAGE(file.lines.size() <= 800, file.path, " has ", file.lines.size(), " lines");
  REQUIRE_FALSE(lengths.empty());
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2),
                   lengths.end());
  CHECK(lengths[lengths.size() / 2] <= 150);
}

TEST_CASE("headers guard themselves and open no namespace on others") {
  for (const SourceFile& file : room_sources()) {
    if (!file.is_header()) continue;
    const std::string code = file.code();
    CHECK_MESSAGE(code.find("#pragma once") != std::string::npos, file.path, " lacks #pragma once");
    CHECK_MESSAGE(code.find("using namespace") == std::string::npos, file.path, " has `using namespace`");
  }
}

TEST_CASE(
    "every source file opens with a comment that says what it is for, or belongs to a header that does") {
  for (const SourceFile& file : room_sources())
    if (file.is_header() && !file.lines.empty())
      CHECK_MESSAGE(file.lines.front().starts_with("//"), file.path, " begins without a word");
}

TEST_CASE("nothing in the repository belongs to one machine") {
  // Spelled in two halves so that this file does not find itself.
  const std::vector<std::string> forbidden{std::string("/wo") + "rk/", std::string("/ho") + "me/",
                                           std::string("/ro") + "ot/", std::string("C:") + "\\Users"};
  for (const SourceFile& file : all_text_files())
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const std::string& path : forbidden)
        CHECK_MESSAGE(file.lines[i].find(path) == std::string::npos, file.path, ":", i + 1, " names ", path);
}

TEST_CASE("the engine keeps its numbers reproducible") {
  // Sums in thread order, clocks and hidden random states; std::thread only behind engine/base/parallel.
  const std::regex forbidden(
      R"(atomic<(double|float)>|parallel_reduce|std::rand\b|random_device|mt19937|system_clock|steady_clock|std::async)");
  const std::regex threads(R"(std::j?thread\b)");
  for (const SourceFile& file : room_sources()) {
    if (!is_below(file.path, "engine")) continue;
    const std::string code = file.code();
    std::smatch found;
    const bool measures_time = file.path.starts_with("engine/sim/");  // the machine block of the record
    std::string searched = code;
    if (measures_time) searched = std::regex_replace(code, std::regex("steady_clock"), "");
    CHECK_MESSAGE(!std::regex_search(searched, found, forbidden), file.path, " uses ", found.str());
    if (!file.path.starts_with("engine/base/parallel"))
      CHECK_MESSAGE(!std::regex_search(code, threads), file.path, " makes threads of its own");
  }
}
