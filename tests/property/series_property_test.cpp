#include "engine/numerics/series.hpp"

#include <doctest/doctest.h>

#include "tests/property/shapes.hpp"

using namespace citytwin;
using citytwin::test::metres;

TEST_CASE("the integral of a series is additive and never outside min and max times length") {
  CHECK(rc::check("series", [] {
    Series series;
    series.between = *rc::gen::element(Series::Between::step, Series::Between::linear);
    double t = *metres(-50, 50);
    for (double gap : *rc::gen::container<std::vector<double>>(metres(1, 100))) {
      series.time.push_back(t);
      series.value.push_back(*metres(-9, 9));
      t += gap;
    }
    double from = *metres(-100, 400), to = *metres(-100, 400), cut = *metres(-100, 400);
    if (from > to) std::swap(from, to);
    cut = std::clamp(cut, from, to);
    const double whole = series.integral(from, to);
    RC_ASSERT(std::abs(series.integral(from, cut) + series.integral(cut, to) - whole) < 1e-8);
    RC_ASSERT(std::abs(whole) <= 9 * (to - from) + 1e-9);
  }));
}
