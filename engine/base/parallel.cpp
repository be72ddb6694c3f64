#include "engine/base/parallel.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#if defined(CITYTWIN_PARALLEL_TBB)
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <memory>
#endif

namespace citytwin {

namespace {
std::atomic<int> g_threads{0};

int hardware_threads() {
  const unsigned n = std::thread::hardware_concurrency();
  return n == 0 ? 1 : static_cast<int>(n);
}
}  // namespace

int thread_count() {
  const int n = g_threads.load();
  return n > 0 ? n : hardware_threads();
}

#if defined(CITYTWIN_PARALLEL_TBB)

namespace {
// One arena for the process; recreated when the thread count changes (never while work runs in it).
// global_control is needed besides the arena: it lifts TBB's default limit of one worker per core.
std::mutex g_arena_mutex;
std::unique_ptr<oneapi::tbb::global_control> g_limit;
std::shared_ptr<oneapi::tbb::task_arena> g_arena;

std::shared_ptr<oneapi::tbb::task_arena> arena() {
  const std::lock_guard lock(g_arena_mutex);
  if (!g_arena) {
    g_limit.reset();
    g_limit = std::make_unique<oneapi::tbb::global_control>(
        oneapi::tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(thread_count()));
    g_arena = std::make_shared<oneapi::tbb::task_arena>(thread_count());
  }
  return g_arena;
}
}  // namespace

void set_thread_count(int threads) {
  const std::lock_guard lock(g_arena_mutex);
  g_threads.store(threads);
  g_arena.reset();
}

void detail::run_indexed(std::size_t n, const std::function<void(std::size_t)>& body) {
  arena()->execute([&] {
    oneapi::tbb::parallel_for(
        oneapi::tbb::blocked_range<std::size_t>(0, n, 1),
        [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
        },
        oneapi::tbb::simple_partitioner{});
  });
}

#elif defined(CITYTWIN_PARALLEL_STD_THREAD)

void set_thread_count(int threads) { g_threads.store(threads); }

namespace {
thread_local bool t_is_worker = false;  // nested calls run in the calling worker
}

void detail::run_indexed(std::size_t n, const std::function<void(std::size_t)>& body) {
  const std::size_t workers = std::min<std::size_t>(n, static_cast<std::size_t>(thread_count()));
  if (workers <= 1 || t_is_worker) {
    for (std::size_t i = 0; i < n; ++i) body(i);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    t_is_worker = true;
    try {
      for (std::size_t i = next.fetch_add(1); i < n; i = next.fetch_add(1)) body(i);
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next.store(n);
    }
    t_is_worker = false;
  };
  std::vector<std::thread> threads;
  threads.reserve(workers - 1);
  for (std::size_t t = 1; t < workers; ++t) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

#else  // serial

void set_thread_count(int threads) { g_threads.store(threads); }

void detail::run_indexed(std::size_t n, const std::function<void(std::size_t)>& body) {
  for (std::size_t i = 0; i < n; ++i) body(i);
}

#endif

void run_all(const std::vector<std::function<void()>>& tasks) {
  detail::run_indexed(tasks.size(), [&](std::size_t i) { tasks[i](); });
}

}  // namespace citytwin
