// Counter-based random numbers: a pure function of (seed, stream, entity, step, purpose), so the order in
// which entities are visited, and the number of threads, cannot change a result.
// Philox4x32-10: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11.
#pragma once

#include <cstdint>

namespace citytwin {

class Random {
 public:
  // stream: one number per domain or algorithm, so that two users of one seed are independent.
  constexpr Random(std::uint64_t seed, std::uint32_t stream) : seed_(seed), stream_(stream) {}

  // Uniform in [0, 1), 53 random bits.
  [[nodiscard]] double uniform(std::uint32_t entity, std::uint32_t step, std::uint32_t purpose) const;
  // Uniform integer in [0, n), n > 0; bias below 2^-40 for n < 2^24.
  [[nodiscard]] std::uint32_t below(std::uint32_t n, std::uint32_t entity, std::uint32_t step,
                                    std::uint32_t purpose) const;
  // Standard normal (Box-Muller).
  [[nodiscard]] double normal(std::uint32_t entity, std::uint32_t step, std::uint32_t purpose) const;

 private:
  std::uint64_t seed_;
  std::uint32_t stream_;
};

}  // namespace citytwin
