// Result, Diagnostics, ids, time and the run context: the small values that cross every door.
#include <doctest/doctest.h>

#include <memory>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/base/sim_time.hpp"

using namespace citytwin;

TEST_CASE("a result is a value, or the reasons why there is none") {
  const Result<int> good(5);
  CHECK(good.ok());
  CHECK(*good == 5);
  CHECK(good.diagnostics().empty());

  const auto bad = Result<int>::failure("dem.no_crs", {.file = "a.asc", .line = 3}, {{"name", "a.asc"}});
  CHECK_FALSE(bad.ok());
  REQUIRE(bad.diagnostics().items().size() == 1);
  const Diagnostic& why = bad.diagnostics().items().front();
  CHECK(why.severity == Severity::error);
  CHECK(why.code == "dem.no_crs");
  CHECK(why.where.file == "a.asc");
  CHECK(why.where.line == 3);
  CHECK(why.args.front().second == "a.asc");
}

TEST_CASE("a value with warnings is good, a value with an error is not") {
  Result<int> result(1);
  result.diagnostics().warning("a.b");
  result.diagnostics().note("a.c");
  CHECK(result.ok());
  result.diagnostics().error("a.d");
  CHECK_FALSE(result.ok());
  CHECK(result.diagnostics().has("a.b"));
  CHECK_FALSE(result.diagnostics().has("a.e"));
}

TEST_CASE("a result can hand on a value that cannot be copied") {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(9));
  const std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 9);
}

TEST_CASE("diagnostics collect in order") {
  Diagnostics first, second;
  first.error("one");
  second.warning("two");
  second.error("three");
  first.append(second);
  REQUIRE(first.items().size() == 3);
  CHECK(first.items()[2].code == "three");
  CHECK(second.has_errors());
  CHECK_FALSE(Diagnostics{}.has_errors());
}

TEST_CASE("ids of different tables are different types, and none is not a row") {
  CHECK(LinkId{}.is_none());
  CHECK_FALSE(LinkId(std::size_t{0}).is_none());
  CHECK(LinkId(std::size_t{3}).row() == 3);
  CHECK(LinkId(std::size_t{3}) < LinkId(std::size_t{4}));
  static_assert(!std::is_convertible_v<LinkId, BuildingId>);
  static_assert(!std::is_convertible_v<std::size_t, LinkId>);
}

TEST_CASE("simulated time does not drift") {
  const SimTime beat = SimTime::from_seconds(0.1);
  SimTime now;
  for (int i = 0; i < 864'000; ++i) now = now + beat;
  CHECK(now == SimTime{86'400'000});
  CHECK(beat * 864'000 == now);
  CHECK(SimTime::from_seconds(-0.0014).ms == -1);
  CHECK(SimTime::from_seconds(1e9).seconds() == 1e9);
  CHECK(SimTime{5} - SimTime{7} < SimTime{});
}

TEST_CASE("a stop is seen only when asked for") {
  std::atomic<bool> stop{false};
  RunContext context;
  CHECK_NOTHROW(context.check_stop());
  context.stop = &stop;
  CHECK_NOTHROW(context.check_stop());
  stop = true;
  CHECK(context.stop_requested());
  CHECK_THROWS_AS(context.check_stop(), Stopped);
}
