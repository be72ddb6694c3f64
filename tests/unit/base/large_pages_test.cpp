// Memory in large pages: blocks do not overlap, are aligned to cache lines, and are used again.
#include "engine/base/large_pages.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "engine/base/parallel.hpp"

using namespace citytwin;

TEST_CASE("vectors in large pages keep their values, also when threads share the memory") {
  LargePages pages;
  // More than a chunk altogether, and one that is larger than a chunk alone.
  std::vector<std::pmr::vector<int>> many;
  for (std::size_t k = 0; k < 200; ++k) many.emplace_back(&pages);
  for_chunks(many.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) many[k].assign(20000 + k, static_cast<int>(k));
  });
  const std::pmr::vector<double> large(2'000'000, 7.5, &pages);
  for (std::size_t k = 0; k < many.size(); ++k) {
    CHECK(reinterpret_cast<std::uintptr_t>(many[k].data()) % 64 == 0);
    CHECK(many[k] == std::pmr::vector<int>(20000 + k, static_cast<int>(k)));
  }
  CHECK(large.front() == 7.5);
  CHECK(large.back() == 7.5);
}

TEST_CASE("memory in large pages that is given back is used again") {
  LargePages pages;
  void* const first = pages.allocate(1000);
  pages.deallocate(first, 1000);
  CHECK(pages.allocate(1000) == first);
  CHECK(pages.allocate(1000) != first);
}
