#include <doctest/doctest.h>

#include "scenarios/core/local_time.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

TEST_CASE("the start carries its offset, and local time runs on across midnight and leap days") {
  const auto start = parse_start("2028-02-28T23:59:50+05:30");
  REQUIRE(start);
  CHECK(local_time(*start, SimTime{0}) == "2028-02-28T23:59:50+05:30");
  CHECK(local_time(*start, SimTime{15'000}) == "2028-02-29T00:00:05+05:30");
  CHECK(local_time(*start, SimTime{15'000 + 86'400'000}) == "2028-03-01T00:00:05+05:30");
  CHECK(parse_start("2026-01-01T00:00Z")->offset == "+00:00");
  for (const char* bad :
       {"", "2026-01-01", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00+2", "soon", "2026-01-01T00:00:00+02:00x"})
    CHECK_MESSAGE(!parse_start(bad), bad);
}

TEST_CASE("a user gives a time in seconds, as a clock or in full") {
  const auto start = *parse_start("2026-07-14T18:00:00+02:00");
  CHECK(parse_time(start, "5400")->seconds() == 5400);
  CHECK(parse_time(start, "19:30")->seconds() == 5400);
  CHECK(parse_time(start, "19:30:10")->seconds() == 5410);
  CHECK(parse_time(start, "03:20")->seconds() == (9 * 60 + 20) * 60);  // the next morning
  CHECK(parse_time(start, "2026-07-14T19:30:00")->seconds() == 5400);
  CHECK(parse_time(start, "2026-07-14T19:30:00+02:00")->seconds() == 5400);
  CHECK(parse_time(start, "1.5h")->seconds() == 5400);
  CHECK(parse_time(start, "3:20")->seconds() == (9 * 60 + 20) * 60);
  CHECK(!parse_time(start, "h"));
  CHECK(!parse_time(start, "1.5hours"));
  CHECK(!parse_time(start, "half past"));
  CHECK(!parse_time(start, "2026-07-14T19:30:00+01:00"));
}
