// Binary save and load of domain state for checkpoints: the same machine type and build only.
#pragma once

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace citytwin {

class SaveArchive {
 public:
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void value(const T& v) { append(&v, sizeof v); }
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void vector(const std::vector<T>& values) {
    value(values.size());
    append(values.data(), values.size() * sizeof(T));
  }
  void text(const std::string& s) {
    value(s.size());
    append(s.data(), s.size());
  }
  [[nodiscard]] const std::vector<char>& bytes() const { return bytes_; }

 private:
  // resize + memcpy, not insert(): g++ 12 warns falsely about insert() of a few bytes at -O3.
  void append(const void* from, std::size_t size) {
    if (size == 0) return;
    const std::size_t at = bytes_.size();
    bytes_.resize(at + size);
    std::memcpy(bytes_.data() + at, from, size);
  }
  std::vector<char> bytes_;
};

// Throws std::runtime_error on a short archive.
class LoadArchive {
 public:
  explicit LoadArchive(const std::vector<char>& bytes) : bytes_(bytes) {}

  template <class T>
  requires std::is_trivially_copyable_v<T>
  void value(T& v) { take(&v, sizeof v); }
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void vector(std::vector<T>& values) {
    std::size_t n = 0;
    value(n);
    if (n > (bytes_.size() - position_) / sizeof(T)) throw std::runtime_error("archive: too short");
    values.resize(n);
    if (n != 0) take(values.data(), n * sizeof(T));
  }
  void text(std::string& s) {
    std::size_t n = 0;
    value(n);
    if (n > bytes_.size() - position_) throw std::runtime_error("archive: too short");
    s.resize(n);
    if (n != 0) take(s.data(), n);
  }
  [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }

 private:
  void take(void* to, std::size_t size) {
    if (size > bytes_.size() - position_) throw std::runtime_error("archive: too short");
    std::memcpy(to, bytes_.data() + position_, size);
    position_ += size;
  }
  const std::vector<char>& bytes_;
  std::size_t position_ = 0;
};

}  // namespace citytwin
