#include <doctest/doctest.h>

#include <cmath>

#include "scenarios/core/record_file.hpp"
#include "scenarios/core/result_tables.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

RunRecord sample() {
  RunRecord r;
  r.status = RunStatus::degraded;
  r.reasons.warning("surface_water.clipped", {"f", "l", "x", "k", 7}, {{"a", "b"}});
  r.ended = SimTime{3'600'000};
  r.hash_trace = {{1, 2}, {3, 4}};
  r.hash = {5, 6};
  r.series.push_back({"surface_water.volume", "m3", "", {0, 60}, {1.5, 2.5}});
  r.grids.push_back({"surface_water.max_depth", "m", Grid<float>({{10, 20}, 5, 2, 2}, 0.25F)});
  r.grids[0].grid.values[3] = kNoData;
  r.balances.push_back({"surface_water", "m3", 1, 2, 3, 4, {{"rain", 2, 0}}});
  r.rules = {"rule.porosity"};
  r.occurrences.push_back({SimTime{0}, "event/storm", "event", "absent", "acting", "cause.event", 0, {}});
  r.occurrences.push_back(
      {SimTime{90'000}, "hospital/1, \"east\"", "hospital", "working", "failed", "cause.flooded", 0.25, {0}});
  r.unmodelled_needs.push_back({"hospital/1", "water", "water_works"});
  r.links = {{0.5F}, {90.0F}, {10.0F}};
  r.facilities = {{0.25F}, {90.0F}, {10.0F}, {FunctionLevel::failed}};
  r.checkpoints.push_back({SimTime{1000}, {'a', 'b'}});
  r.machine.threads = 7;
  return r;
}

std::string code_of(const std::string& bytes) {
  const auto record = parse_record(bytes, {});
  return record.ok() ? "" : record.diagnostics().items().front().code;
}

}  // namespace

TEST_CASE("a record comes back as it was written, whatever the machine block says") {
  const RunRecord r = sample();
  const std::string bytes = record_bytes(r);
  const auto back = parse_record(bytes, {});
  REQUIRE(back.ok());
  CHECK(record_bytes(*back) == bytes);
  CHECK(back->status == RunStatus::degraded);
  CHECK(back->reasons.items().front().where.line == 7);
  CHECK(back->hash_trace == r.hash_trace);
  CHECK(back->grids[0].grid.spec == r.grids[0].grid.spec);
  CHECK(std::isnan(back->grids[0].grid.values[3]));
  CHECK(back->occurrences[1].because == std::vector<std::uint32_t>{0});
  CHECK(back->balances[0].parts[0].name == "rain");
  CHECK(back->facilities.final_level == r.facilities.final_level);
  CHECK(back->machine.threads == 0);
  RunRecord other = r;
  other.machine.threads = 1;
  CHECK(record_bytes(other) == bytes);
}

TEST_CASE("broken records are refused, at every length and with any byte changed") {
  const std::string bytes = record_bytes(sample());
  for (std::size_t n = 0; n < bytes.size(); n += 13) CHECK(code_of(bytes.substr(0, n)) != "");
  for (std::size_t at = 40; at < bytes.size(); at += 29) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    CHECK(code_of(changed) == "record.broken");
  }
  std::string newer = bytes;
  newer[8] = 9;
  CHECK(code_of(newer) == "record.newer");
  CHECK(code_of("not a record at all, but long enough to hold a header") == "record.not_a_record");
}

TEST_CASE("occurrences and series as CSV") {
  const auto start = *parse_start("2026-07-14T18:00:00+02:00");
  const std::string events = events_csv(sample(), start);
  CHECK(events ==
        "id,time_s,local_time,asset,kind,from,to,reason,value,because\n"
        "0,0,2026-07-14T18:00:00+02:00,event/storm,event,absent,acting,cause.event,0,\n"
        "1,90,2026-07-14T18:01:30+02:00,\"hospital/1, "
        "\"\"east\"\"\",hospital,working,failed,cause.flooded,0.25,0\n");
  CHECK(series_csv(sample()) ==
        "name,key,unit,time_s,value\nsurface_water.volume,,m3,0,1.5\nsurface_water.volume,,m3,60,2.5\n");
  CHECK(raster_name("surface_water.max_depth") == "max_depth.tif");
}
