// Binary save and load of state, for checkpoints and record files: the same machine type and build only.
// Both archives have the same two verbs, so that one function template describes a layout for both
// directions:
//   template <class Archive, class S> void layout(Archive& archive, S& s) {
//     archive.fields(s.level, s.name);
//     archive.list(s.parts, [&](auto& part) { archive.fields(part.volume); });
//   }
#pragma once

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace citytwin {

// What is stored as its bytes; not a pointer, and not a string literal, which is saved as a std::string.
template <class T>
concept PlainBytes = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> && !std::is_array_v<T>;

class SaveArchive {
 public:
  static constexpr bool kLoading = false;

  // Trivially copyable values, vectors of them, and strings.
  template <class... T>
  void fields(const T&... v) {
    (field(v), ...);
  }
  template <class List, class Each>
  void list(const List& items, Each&& each) {
    field(items.size());
    for (const auto& item : items) each(item);
  }
  [[nodiscard]] const std::vector<char>& bytes() const { return bytes_; }

 private:
  template <PlainBytes T>
  void field(const T& v) {
    append(&v, sizeof v);
  }
  template <PlainBytes T, class Allocator>
  void field(const std::vector<T, Allocator>& values) {
    field(values.size());
    append(values.data(), values.size() * sizeof(T));
  }
  void field(const std::string& s) {
    field(s.size());
    append(s.data(), s.size());
  }
  // resize + memcpy, not insert(): g++ 12 warns falsely about insert() of a few bytes at -O3.
  void append(const void* from, std::size_t size) {
    if (size == 0) return;
    const std::size_t at = bytes_.size();
    bytes_.resize(at + size);
    std::memcpy(bytes_.data() + at, from, size);
  }
  std::vector<char> bytes_;
};

// Throws std::runtime_error on a short archive, before it asks for memory that a broken count would want.
class LoadArchive {
 public:
  static constexpr bool kLoading = true;

  explicit LoadArchive(const std::vector<char>& bytes) : bytes_(bytes) {}

  template <class... T>
  void fields(T&... v) {
    (field(v), ...);
  }
  template <class List, class Each>
  void list(List& items, Each&& each) {
    std::size_t n = 0;
    field(n);
    items.clear();
    for (std::size_t i = 0; i < n; ++i) each(items.emplace_back());
  }
  [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }

 private:
  template <PlainBytes T>
  void field(T& v) {
    take(&v, sizeof v);
  }
  template <PlainBytes T, class Allocator>
  void field(std::vector<T, Allocator>& values) {
    std::size_t n = 0;
    field(n);
    if (n > (bytes_.size() - position_) / sizeof(T)) throw std::runtime_error("archive: too short");
    values.resize(n);
    if (n != 0) take(values.data(), n * sizeof(T));
  }
  void field(std::string& s) {
    std::size_t n = 0;
    field(n);
    if (n > bytes_.size() - position_) throw std::runtime_error("archive: too short");
    s.resize(n);
    if (n != 0) take(s.data(), n);
  }
  void take(void* to, std::size_t size) {
    if (size > bytes_.size() - position_) throw std::runtime_error("archive: too short");
    std::memcpy(to, bytes_.data() + position_, size);
    position_ += size;
  }
  const std::vector<char>& bytes_;
  std::size_t position_ = 0;
};

}  // namespace citytwin
