// Files for the reader tests, in a folder that goes away with the test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis::test {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "citytwin-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] std::size_t files() const {
    std::size_t n = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) n += entry.is_regular_file() ? 1 : 0;
    return n;
  }

  BuildingSource source(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return source(name);
  }
  [[nodiscard]] BuildingSource source(const std::string& name) const {
    BuildingSource s;
    s.file = path_ / name;
    s.key = "test";
    return s;
  }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path shared_data(const std::string& name) {
  return std::filesystem::path(CITYTWIN_SOURCE_DIR) / "../shared/data" / name;
}

inline const ImportCount* count_of(const ImportLog& log, const std::string& kind) {
  for (const ImportCount& count : log.counts)
    if (count.kind == kind) return &count;
  return nullptr;
}

inline std::size_t findings_of(const ImportLog& log, const std::string& code) {
  std::size_t n = 0;
  for (const ImportFinding& finding : log.findings) n += finding.code == code ? 1 : 0;
  return n;
}

inline std::string code_of(const Diagnostics& diagnostics) {
  return diagnostics.empty() ? std::string{} : diagnostics.items().front().code;
}

}  // namespace citytwin::gis::test
