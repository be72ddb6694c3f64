// Files appear under their final name complete or not at all: written to `<name>.tmp.<host>.<pid>` in the
// same folder, synced, closed, renamed, folder synced. The destructor removes what was not committed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace citytwin::gis {

class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path final_path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }
  Result<Done> commit();

 private:
  std::filesystem::path final_, temporary_;
  bool committed_ = false;
};

// Can a file of this name be made here? Found out by making and removing the temporary one, since the rights
// of a folder tell too little (read-only mounts, quotas, root). Error: file.cannot_write.
Result<Done> may_write(const std::filesystem::path& path);

// Writes a whole text or binary file that way.
Result<Done> write_file(const std::filesystem::path& path, std::string_view content);
Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t max_bytes = 1U << 30U);

}  // namespace citytwin::gis
