// Philox4x32-10 against the known answers that Random123 ships (kat_vectors), and the order of our key.
#include "engine/base/random.hpp"

#include <Random123/philox.h>
#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace citytwin;

namespace {
double unit_of(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = (std::uint64_t{high} << 32U) | low;
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}
}  // namespace

TEST_CASE("Philox4x32-10 known answers, reached through our arguments") {
  // Random123 kat_vectors, "philox4x32 10": counter, key -> words.
  // The counter is (entity, step, purpose, stream), the key (low seed, high seed).
  CHECK(Random(0, 0).uniform(0, 0, 0) == unit_of(0x6627e8d5U, 0xe169c58dU));
  CHECK(Random(0xffffffffffffffffULL, 0xffffffffU).uniform(0xffffffffU, 0xffffffffU, 0xffffffffU) ==
        unit_of(0x408f276dU, 0x41c83b0eU));
  CHECK(Random(0x299f31d0a4093822ULL, 0x03707344U).uniform(0x243f6a88U, 0x85a308d3U, 0x13198a2eU) ==
        unit_of(0xd16cfe09U, 0x94fdccebU));
}

TEST_CASE("every argument matters, and nothing else does") {
  const Random random(7, 3);
  const double value = random.uniform(10, 20, 30);
  CHECK(Random(7, 3).uniform(10, 20, 30) == value);
  CHECK(Random(8, 3).uniform(10, 20, 30) != value);
  CHECK(Random(7 + (std::uint64_t{1} << 32U), 3).uniform(10, 20, 30) != value);
  CHECK(Random(7, 4).uniform(10, 20, 30) != value);
  CHECK(random.uniform(11, 20, 30) != value);
  CHECK(random.uniform(10, 21, 30) != value);
  CHECK(random.uniform(10, 20, 31) != value);
}

TEST_CASE("moments of 200,000 draws") {
  const Random random(42, 1);
  const int n = 200'000;
  double sum = 0, squares = 0, normal_sum = 0, normal_squares = 0, fourth = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = random.uniform(i, 0, 0);
    REQUIRE((u >= 0 && u < 1));
    sum += u;
    squares += u * u;
    const double z = random.normal(i, 0, 1);
    REQUIRE(std::isfinite(z));
    normal_sum += z;
    normal_squares += z * z;
    fourth += z * z * z * z;
  }
  CHECK(sum / n == doctest::Approx(0.5).epsilon(0.004));
  CHECK(squares / n - (sum / n) * (sum / n) == doctest::Approx(1.0 / 12).epsilon(0.01));
  CHECK(std::abs(normal_sum / n) < 0.01);
  CHECK(normal_squares / n == doctest::Approx(1).epsilon(0.015));
  CHECK(fourth / n == doctest::Approx(3).epsilon(0.05));
}

TEST_CASE("below reaches every value and never n") {
  const Random random(1, 1);
  std::set<std::uint32_t> seen;
  for (std::uint32_t i = 0; i < 500; ++i) seen.insert(random.below(7, i, 0, 0));
  CHECK(seen.size() == 7);
  CHECK(*seen.rbegin() == 6);
  CHECK(random.below(1, 9, 9, 9) == 0);
}
