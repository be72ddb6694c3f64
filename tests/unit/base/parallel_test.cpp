// The promise every other room leans on: the same bits for any number of threads.
#include "engine/base/parallel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <stdexcept>

using namespace citytwin;

namespace {

// Numbers of very different size, so that another order of adding gives other bits.
std::vector<double> awkward_numbers(std::size_t n) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i)
    values[i] =
        std::sin(static_cast<double>(i) * 12.9898) * std::pow(10.0, static_cast<double>(i % 17) - 8.0);
  return values;
}

double sum_of(const std::vector<double>& values) {
  return ordered_sum(values.size(), 4096, [&](std::size_t begin, std::size_t end) {
    double part = 0;
    for (std::size_t i = begin; i < end; ++i) part += values[i];
    return part;
  });
}

std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

struct ThreadCountRestored {
  ~ThreadCountRestored() { set_thread_count(0); }
};

}  // namespace

TEST_CASE("ordered_sum gives the same bits at 1, 2, 3, 4 and 8 threads") {
  const ThreadCountRestored restored;
  const auto values = awkward_numbers(300'000);
  set_thread_count(1);
  const std::uint64_t expected = bits_of(sum_of(values));

  // The numbers are hard enough to notice an order: adding them from the back gives other bits.
  double backwards = 0;
  for (std::size_t i = values.size(); i-- > 0;) backwards += values[i];
  CHECK(bits_of(backwards) != expected);

  for (int threads : {1, 2, 3, 4, 8}) {
    set_thread_count(threads);
    CHECK(thread_count() == threads);
    for (int repeat = 0; repeat < 20; ++repeat) REQUIRE(bits_of(sum_of(values)) == expected);
  }
}

TEST_CASE("for_chunks visits each index once and no chunk straddles a multiple of the chunk size") {
  const ThreadCountRestored restored;
  for (int threads : {1, 2, 8}) {
    set_thread_count(threads);
    for (std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65},
                          std::size_t{1000}}) {
      std::vector<int> visits(n, 0);
      std::atomic<int> bad{0};
      for_chunks(n, 64, [&](std::size_t begin, std::size_t end) {
        if (begin % 64 != 0 || begin >= end || end > n || end - begin > 64) ++bad;
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      CHECK(bad == 0);
      CHECK(std::count(visits.begin(), visits.end(), 1) == static_cast<std::ptrdiff_t>(n));
    }
  }
}

TEST_CASE("an ordered_sum inside for_chunks keeps its bits") {
  const ThreadCountRestored restored;
  const auto values = awkward_numbers(20'000);
  set_thread_count(1);
  const std::uint64_t expected = bits_of(sum_of(values));
  for (int threads : {1, 4}) {
    set_thread_count(threads);
    std::vector<std::uint64_t> inner(16, 0);
    for_chunks(inner.size(), 1,
               [&](std::size_t begin, std::size_t) { inner[begin] = bits_of(sum_of(values)); });
    for (std::uint64_t bits : inner) CHECK(bits == expected);
  }
}

TEST_CASE("an exception of one chunk reaches the caller, and the pool still works") {
  const ThreadCountRestored restored;
  set_thread_count(4);
  CHECK_THROWS_AS(for_chunks(1000, 10,
                             [](std::size_t begin, std::size_t) {
                               if (begin == 500) throw std::runtime_error("chunk 50");
                             }),
                  std::runtime_error);
  std::atomic<int> calls{0};
  for_chunks(1000, 10, [&](std::size_t, std::size_t) { ++calls; });
  CHECK(calls == 100);
}

TEST_CASE("run_all runs each task once") {
  std::vector<std::atomic<int>> runs(9);
  std::vector<std::function<void()>> tasks;
  for (auto& counter : runs) tasks.emplace_back([&counter] { ++counter; });
  run_all(tasks);
  run_all({});
  for (const auto& counter : runs) CHECK(counter == 1);
}

TEST_CASE("thread_count 0 means all cores") {
  set_thread_count(0);
  CHECK(thread_count() >= 1);
}
