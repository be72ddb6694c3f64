#include "engine/base/percent.hpp"

#include <doctest/doctest.h>

#include <limits>

using citytwin::percent_text;

TEST_CASE("0 % is nothing and 100 % is everything") {
  CHECK(percent_text(0) == "0");
  CHECK(percent_text(1) == "100");
  CHECK(percent_text(0.996) == "99.6");
  CHECK(percent_text(23346.0 / 23347) == ">99.9");
  CHECK(percent_text(15.0 / 87584) == "<0.1");
  CHECK(percent_text(0.0026) == "0.3");
  CHECK(percent_text(0.0049999) == "0.5");
  CHECK(percent_text(0.005) == "1");
  CHECK(percent_text(0.51) == "51");
  CHECK(percent_text(0.99499) == "99");
  CHECK(percent_text(std::numeric_limits<double>::quiet_NaN()) == "0");
}
