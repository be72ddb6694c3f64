#include "scenarios/core/out_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace citytwin::scenarios {
namespace {

namespace fs = std::filesystem;

Where where(const fs::path& path) { return {path.string(), "", "", "", 0}; }

bool is_run_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path / "manifest.json", error) &&
         fs::is_regular_file(path / "summary.json", error);
}

}  // namespace

Diagnostics OutFolder::check(const fs::path& path) {
  Diagnostics diagnostics;
  std::error_code error;
  if (fs::exists(path, error) &&
      !(fs::is_directory(path, error) && (fs::is_empty(path, error) || is_run_folder(path))))
    diagnostics.error("out.not_ours", where(path));
  fs::path parent = fs::absolute(path, error).parent_path();
  while (!parent.empty() && !fs::exists(parent, error) && parent != parent.parent_path())
    parent = parent.parent_path();
  if (!fs::is_directory(parent, error) || access(parent.c_str(), W_OK | X_OK) != 0)
    diagnostics.error("out.no_permission", where(path));
  return diagnostics;
}

OutFolder::~OutFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Result<Done> OutFolder::create() {
  std::error_code error;
  path_ = fs::absolute(path_, error).lexically_normal();
  if (!path_.has_filename()) path_ = path_.parent_path();  // "OUT/"
  fs::create_directories(path_.parent_path(), error);
  fs::path temporary = path_;
  temporary += ".tmp." + std::to_string(getpid());
  fs::remove_all(temporary, error);
  if (!fs::create_directory(temporary, error)) return Result<Done>::failure("out.cannot_write", where(path_));
  temporary_ = std::move(temporary);
  return Done{};
}

Diagnostics not_written(const fs::path& out, const Diagnostics& why) {
  Diagnostics all;
  all.error("out.not_written", where(out));
  all.append(why);
  return all;
}

Result<Done> OutFolder::commit() {
  if (auto problems = check(path_); problems.has_errors()) return Result<Done>(std::move(problems));
  std::error_code error;
  if (fs::exists(path_, error)) {
    // Both names exist at every moment; what stood there is then under the temporary name and is removed.
    if (renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE) == 0) {
      fs::remove_all(temporary_, error);
      temporary_.clear();
      return Done{};
    }
    fs::remove_all(path_, error);  // a file system that cannot exchange names
  }
  fs::rename(temporary_, path_, error);
  if (error) return Result<Done>::failure("out.cannot_write", where(path_));
  temporary_.clear();
  return Done{};
}

}  // namespace citytwin::scenarios
