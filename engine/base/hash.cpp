#include "engine/base/hash.hpp"

#include <xxhash.h>

#include <new>

namespace citytwin {

std::string Hash128::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(32, '0');
  for (int i = 0; i < 16; ++i) {
    out[static_cast<std::size_t>(15 - i)] = kDigits[(high >> (4 * i)) & 0xF];
    out[static_cast<std::size_t>(31 - i)] = kDigits[(low >> (4 * i)) & 0xF];
  }
  return out;
}

Hasher::Hasher() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(static_cast<XXH3_state_t*>(state_));
}

Hasher::~Hasher() { XXH3_freeState(static_cast<XXH3_state_t*>(state_)); }

void Hasher::bytes(const void* data, std::size_t size) {
  if (size != 0) XXH3_128bits_update(static_cast<XXH3_state_t*>(state_), data, size);
}

void Hasher::text(std::string_view value_) {
  value(value_.size());
  bytes(value_.data(), value_.size());
}

Hash128 Hasher::finish() const {
  const auto digest = XXH3_128bits_digest(static_cast<const XXH3_state_t*>(state_));
  return {digest.low64, digest.high64};
}

Hash128 hash_bytes(const void* data, std::size_t size) {
  const auto digest = XXH3_128bits(data, size);
  return {digest.low64, digest.high64};
}

}  // namespace citytwin
