// Content hashes: XXH3-128 over bytes. Used for a city's identity, a run's hash trace and file checks;
// not a cryptographic promise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace citytwin {

struct Hash128 {
  std::uint64_t low = 0, high = 0;
  bool operator==(const Hash128&) const = default;
  [[nodiscard]] std::string hex() const;  // 32 lower-case hex digits, high word first
};

// Streaming hasher. Every add() of a range also mixes in its length, so ["a","bc"] != ["ab","c"].
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void bytes(const void* data, std::size_t size);
  void text(std::string_view value);

  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void value(T v) { bytes(&v, sizeof v); }
  // T must have no padding bytes.
  template <class T>
  requires std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>
  void range(std::span<const T> values) {
    value(values.size());
    bytes(values.data(), values.size_bytes());
  }
  template <class T, class Allocator>
  void range(const std::vector<T, Allocator>& values) {
    range(std::span<const T>(values));
  }
  void range(const std::vector<std::string>& values) {
    value(values.size());
    for (const auto& item : values) text(item);
  }

  [[nodiscard]] Hash128 finish() const;

 private:
  void* state_;
};

[[nodiscard]] Hash128 hash_bytes(const void* data, std::size_t size);

}  // namespace citytwin
