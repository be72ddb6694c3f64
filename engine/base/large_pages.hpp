// Memory for state that is swept through in every step: in large pages where the system has them. A sweep
// through tens of megabytes in pages of 4 kB spends a tenth of its time on finding where they are.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace citytwin {

// Cuts blocks from chunks of 8 MB, each asked to be of large pages (Linux: madvise). A block that is given
// back is used again for one of the same size; chunks are given back with the resource. Safe to share by
// threads.
class LargePages final : public std::pmr::memory_resource {
 private:
  struct Free {
    void operator()(void* chunk) const;
  };

  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override;
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<void, Free>> chunks_;
  std::byte* next_ = nullptr;                                     // of the last chunk
  std::size_t left_ = 0;                                          // [bytes]
  std::unordered_map<std::size_t, std::vector<void*>> returned_;  // by size
};

}  // namespace citytwin
