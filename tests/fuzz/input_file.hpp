// A file that holds the fuzzer's bytes, for readers that want a path: one per process, overwritten each time.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace citytwin::fuzz {

class InputFile {
 public:
  explicit InputFile(const std::string& extension)
      : path_(std::filesystem::temp_directory_path() /
              ("citytwin_fuzz_" + std::to_string(getpid()) + extension)) {}
  ~InputFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::filesystem::path& write(const std::uint8_t* data, std::size_t size) const {
    std::FILE* file = std::fopen(path_.c_str(), "wb");
    // No byte to write may come as a null pointer, which fwrite must not be given.
    const bool written = file != nullptr && (size == 0 || std::fwrite(data, 1, size, file) == size);
    if (file == nullptr || std::fclose(file) != 0 || !written)
      throw std::runtime_error("cannot write " + path_.string());
    return path_;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace citytwin::fuzz
