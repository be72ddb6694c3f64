#include "engine/base/large_pages.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace citytwin {

namespace {

constexpr std::size_t kPage = std::size_t{2} << 20U;
constexpr std::size_t kChunk = 4 * kPage;
constexpr std::size_t kLine = 64;  // of the cache: every block begins with one

constexpr std::size_t rounded_up(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

std::size_t block_size(std::size_t bytes) { return rounded_up(std::max<std::size_t>(bytes, 1), kLine); }

}  // namespace

void LargePages::Free::operator()(void* chunk) const { std::free(chunk); }

void* LargePages::do_allocate(std::size_t bytes, std::size_t alignment) {
  if (alignment > kLine) throw std::bad_alloc();
  const std::size_t size = block_size(bytes);
  const std::lock_guard lock(mutex_);
  if (const auto found = returned_.find(size); found != returned_.end() && !found->second.empty()) {
    void* const block = found->second.back();
    found->second.pop_back();
    return block;
  }
  if (size > left_) {
    const std::size_t chunk = std::max(kChunk, rounded_up(size, kPage));
    std::unique_ptr<void, Free> memory(std::aligned_alloc(kPage, chunk));
    if (!memory) throw std::bad_alloc();
#ifdef __linux__
    // A wish: without large pages the memory is the same, only slower.
    static_cast<void>(madvise(memory.get(), chunk, MADV_HUGEPAGE));
#endif
    next_ = static_cast<std::byte*>(memory.get());
    left_ = chunk;
    chunks_.push_back(std::move(memory));
  }
  void* const block = next_;
  next_ += size;
  left_ -= size;
  return block;
}

void LargePages::do_deallocate(void* block, std::size_t bytes, std::size_t /*alignment*/) {
  const std::lock_guard lock(mutex_);
  returned_[block_size(bytes)].push_back(block);
}

}  // namespace citytwin
