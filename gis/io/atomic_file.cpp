#include "gis/io/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace citytwin::gis {
namespace {

namespace fs = std::filesystem;

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "host";
  return name.data();
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

Result<Done> failed(const char* code, const fs::path& path) {
  return Result<Done>::failure(code, Where{.file = path.string()}, {{"reason", std::strerror(errno)}});
}

bool sync(const fs::path& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool ok = fsync(file) == 0;
  return close(file) == 0 && ok;
}

}  // namespace

AtomicFile::AtomicFile(fs::path final_path) : final_(std::move(final_path)) {
  temporary_ = final_;
  temporary_ += ".tmp." + host_name() + "." + std::to_string(getpid());
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove(temporary_, ignored);
  for (const char* suffix : {"-journal", "-wal", "-shm"}) {
    fs::path side = temporary_;
    side += suffix;
    fs::remove(side, ignored);
  }
}

Result<Done> AtomicFile::commit() {
  if (!sync(temporary_, O_RDONLY)) return failed("file.cannot_write", final_);
  if (std::rename(temporary_.c_str(), final_.c_str()) != 0) return failed("file.cannot_write", final_);
  committed_ = true;
  if (!sync(folder_of(final_), O_RDONLY | O_DIRECTORY)) return failed("file.cannot_write", final_);
  return Done{};
}

Result<Done> may_write(const fs::path& path) {
  const AtomicFile probe(path);  // its destructor removes the file
  const int file = open(probe.temporary().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed("file.cannot_write", path);
  close(file);
  return Done{};
}

Result<Done> write_file(const fs::path& path, std::string_view content) {
  AtomicFile file(path);
  {
    std::ofstream out(file.temporary(), std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) return failed("file.cannot_write", path);
  }
  return file.commit();
}

Result<std::string> read_file(const fs::path& path, std::uintmax_t max_bytes) {
  const Where where{.file = path.string()};
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  if (error) return Result<std::string>::failure("path.not_found", where);
  if (bytes > max_bytes)
    return Result<std::string>::failure(
        "path.too_large", where, {{"bytes", std::to_string(bytes)}, {"limit", std::to_string(max_bytes)}});
  std::ifstream in(path, std::ios::binary);
  std::string content(bytes, '\0');
  in.read(content.data(), static_cast<std::streamsize>(bytes));
  if (!in && bytes > 0) return Result<std::string>::failure("path.unreadable", where);
  return content;
}

}  // namespace citytwin::gis
