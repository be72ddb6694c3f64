// The tracked sources as the architecture tests read them: path from the root, lines, includes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace citytwin::test {

struct Include {
  int line = 0;
  std::string path;
  bool quoted = false;  // "room/file.hpp", not <library.h>
};

struct SourceFile {
  std::string path;  // from the repository root, e.g. "engine/base/hash.cpp"
  std::vector<std::string> lines;
  std::vector<Include> includes;

  [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
  [[nodiscard]] bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
  // The text without comments; strings stay.
  [[nodiscard]] std::string code() const;
  [[nodiscard]] std::string text() const;
};

// Files below `folder` (from the root) with one of the extensions, sorted by path; build output left out.
[[nodiscard]] std::vector<SourceFile> files_below(std::string_view folder,
                                                  const std::vector<std::string>& extensions);

// The C++ files of the rooms: engine, gis, scenarios, viz, tools.
[[nodiscard]] const std::vector<SourceFile>& room_sources();

[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);

}  // namespace citytwin::test
