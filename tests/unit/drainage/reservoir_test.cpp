#include "engine/drainage/reservoir.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/drainage/hydrograph.hpp"

using namespace citytwin::drainage;

namespace {

constexpr double kEverything = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a reservoir keeps every drop: what was there and came is what stays and leaves") {
  for (const double conveyance : {0.0, 0.01, 0.4, 6.0, 300.0, kEverything})
    for (const double storage : {0.0, 0.002})
      for (const double depth : {0.0, 0.001, 0.01, 0.5})
        for (const double rate : {0.0, 1e-5, 3e-4, -depth / 300, -depth / 600}) {
          const Drained d = drain({conveyance, storage}, depth, rate, 300);
          CHECK(d.depth >= 0);
          CHECK(d.runoff >= 0);
          CHECK(d.depth + d.runoff * 300 == doctest::Approx(depth + rate * 300).epsilon(1e-13));
        }
}

TEST_CASE("depression storage holds water until it is full, and the excess runs off") {
  const Drained below = drain({0.4, 0.002}, 0.0005, 1e-6, 300);
  CHECK(below.runoff == 0);
  CHECK(below.depth == doctest::Approx(0.0008));
  const Drained at_once = drain({kEverything, 0.002}, 0.0005, 1e-5, 300);
  CHECK(at_once.depth == doctest::Approx(0.002));
  CHECK(at_once.runoff == doctest::Approx(0.0015 / 300));
  CHECK(drain({0, 0.002}, 0.01, 1e-5, 300).runoff == 0);
}

TEST_CASE("a hydrograph has its mean, keeps its ends and overshoots neither") {
  const Hydrograph shapes[] = {{0, 1, 0.9}, {0, 1, 0.5}, {0, 1, 0.1}, {3, 1, 1.2}, {3, 1, 2.9}, {2, 2, 2},
                               {0, 0, 0},   {0, 0, 1},   {1, 3, 0.5}, {1, 1, 1.5}, {1, 0, 0}};
  for (const Hydrograph& h : shapes) {
    CHECK(h.integral(0) == 0);
    CHECK(h.integral(1) == doctest::Approx(h.mean));
    double sum = 0;
    for (int k = 0; k < 1000; ++k) {
      const double q = h.at((k + 0.5) / 1000);
      CHECK(q >= 0);
      sum += q / 1000;
      CHECK(h.integral((k + 1) / 1000.0) == doctest::Approx(sum).epsilon(0.01).scale(0.01));
    }
    if (h.mean < std::fmin(h.first, h.last) || h.mean > std::fmax(h.first, h.last)) continue;
    for (int k = 0; k <= 10; ++k) {
      CHECK(h.at(k / 10.0) >= std::fmin(h.first, h.last));
      CHECK(h.at(k / 10.0) <= std::fmax(h.first, h.last));
    }
  }
  const Hydrograph straight = Hydrograph::straight(1, 3);
  CHECK(straight.at(0.25) == doctest::Approx(1.5));
  CHECK(straight.integral(0.5) == doctest::Approx(0.75));
}
