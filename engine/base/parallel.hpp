// The one door to threads. Deterministic by construction: work is cut into chunks whose size belongs to
// the algorithm, never to the machine; sums are taken per chunk and added in chunk order. (Measured on
// oneTBB 2021.8: parallel_reduce gave 11 different sums of the same numbers, fixed chunks one.)
//
// Three backends, chosen at build time (CITYTWIN_PARALLEL = tbb | std_thread | serial); TSan builds use
// std_thread because the distribution's libtbb is not instrumented.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace citytwin {

// Upper bound on worker threads for everything after this call; 0 = all cores.
void set_thread_count(int threads);
[[nodiscard]] int thread_count();

namespace detail {
// Runs body(i) once for each i in [0, n), in any order, on the current thread pool.
void run_indexed(std::size_t n, const std::function<void(std::size_t)>& body);
}  // namespace detail

// Calls body(begin, end) for consecutive chunks of [0, n); a chunk never straddles a multiple of `chunk`.
// Chunks may run at the same time: a body writes only what belongs to its own range.
template <class Body>
void for_chunks(std::size_t n, std::size_t chunk, Body&& body) {
  if (n == 0) return;
  const std::size_t chunks = (n + chunk - 1) / chunk;
  if (chunks == 1) {
    body(std::size_t{0}, n);
    return;
  }
  detail::run_indexed(chunks, [&](std::size_t c) {
    const std::size_t begin = c * chunk;
    body(begin, begin + chunk < n ? begin + chunk : n);
  });
}

// Sum over chunks of body(begin, end), added in chunk order: the same bits for any thread count.
template <class T = double, class Body>
[[nodiscard]] T ordered_sum(std::size_t n, std::size_t chunk, Body&& body) {
  const std::size_t chunks = n == 0 ? 0 : (n + chunk - 1) / chunk;
  std::vector<T> partial(chunks);
  for_chunks(n, chunk,
             [&](std::size_t begin, std::size_t end) { partial[begin / chunk] = body(begin, end); });
  T total{};
  for (const T& value : partial) total += value;
  return total;
}

// Runs each task once, possibly at the same time.
void run_all(const std::vector<std::function<void()>>& tasks);

}  // namespace citytwin
