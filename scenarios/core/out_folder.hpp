// An output folder that appears under its final name complete or not at all: written to `<name>.tmp.<pid>`
// beside it, then exchanged with what stood there. Only the folder of an earlier run, or an empty one, is
// ever replaced.
#pragma once

#include <filesystem>

#include "engine/base/result.hpp"

namespace citytwin::scenarios {

class OutFolder {
 public:
  // Errors without touching anything: out.not_ours, out.no_permission.
  [[nodiscard]] static Diagnostics check(const std::filesystem::path& path);

  explicit OutFolder(std::filesystem::path path) : path_(std::move(path)) {}
  ~OutFolder();
  OutFolder(const OutFolder&) = delete;
  OutFolder& operator=(const OutFolder&) = delete;

  Result<Done> create();  // the temporary folder, and the parents of the final one
  [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }
  Result<Done> commit();

 private:
  std::filesystem::path path_, temporary_;
};

// The reasons why finished work could not be written, under the sentence that says so: "out.not_written".
[[nodiscard]] Diagnostics not_written(const std::filesystem::path& out, const Diagnostics& why);

}  // namespace citytwin::scenarios
