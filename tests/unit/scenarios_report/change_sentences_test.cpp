// Sentences of a comparison: zero in both, the same, from or to zero, one, many.
#include <doctest/doctest.h>

#include "sample_run.hpp"
#include "scenarios/report/change_sentences.hpp"
#include "scenarios/report/report.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

struct Pair {
  RunFolder folder = sample::folder(true);
  risk::Totals& then = folder.baseline->impact.totals;
  risk::Totals& now = folder.run.impact.totals;

  Pair() {
    folder.scenario.cost = 0;
    folder.baseline->record.occurrences.clear();  // the totals below are made up
    then = now = risk::Totals{};
    then.facilities_total = now.facilities_total = 7;
  }
  [[nodiscard]] report::View view() const { return report::make_view(folder); }
};

}  // namespace

TEST_CASE("nothing in a run alone") {
  Pair p;
  p.folder.baseline.reset();
  CHECK(headline(p.folder) ==
        "Nobody is in water deeper than 0.3 m, no building is damaged, no road closes and no facility stops "
        "working.");
}

TEST_CASE("nothing in either run") {
  const Pair p;
  CHECK(headline(p.folder) ==
        "River wall: no damage in either run; nobody in water deeper than 0.3 m in either run.");
  CHECK(report::water_change(p.view()) ==
        "Nobody is in water deeper than 0.3 m in either run. No ground is flooded deeper than 0.1 m in "
        "either run.");
  CHECK(report::money_change(p.view()) ==
        "No damage to buildings is counted in either run. No building has water above its ground floor.");
  CHECK(report::roads_change(p.view()) == "No road is closed in either run.");
  CHECK(report::facilities_change(p.view(), "") == "All 7 facilities keep working in both runs.");
}

TEST_CASE("a measure that takes everything away, and one that changes nothing") {
  Pair p;
  p.then.people_affected = 1;
  p.then.loss = 2e6;
  p.then.buildings_flooded = 1;
  p.then.roads_closed_km = 1.5;
  p.then.flooded_area_m2 = 20'000;
  p.then.facilities_failed = 2;
  CHECK(headline(p.folder) ==
        "River wall: no damage instead of EUR 2.00 million; nobody in water deeper than 0.3 m instead of 1 "
        "person.");
  CHECK(report::water_change(p.view()) ==
        "With “River wall” nobody is in water deeper than 0.3 m instead of 1 person. "
        "The area flooded deeper than 0.1 m changes from 2.00 ha to 0 ha.");
  CHECK(report::money_change(p.view()) ==
        "The direct damage to buildings changes from EUR 2.00 million to EUR 0. "
        "Water rises above the ground floor of no building instead of 1 building.");
  CHECK(report::facilities_change(p.view(), "") ==
        "With “River wall” all 7 facilities keep working; without it 2 stop.");
  p.now = p.then;
  CHECK(
      headline(p.folder) ==
      "River wall: damage EUR 2.00 million in both runs; 1 person in water deeper than 0.3 m in both runs.");
  CHECK(report::water_change(p.view()) ==
        "In both runs 1 person is in water deeper than 0.3 m. "
        "In both runs 2.00 ha of ground are flooded deeper than 0.1 m.");
  CHECK(report::facilities_change(p.view(), "A, B") ==
        "In both runs 2 of 7 facilities stop working; with “River wall” these: A, B.");
  p.now.loss = 2.001e6;  // the same in three figures
  CHECK(report::money_change(p.view()) ==
        "The direct damage to buildings is about EUR 2.00 million in both runs. "
        "In both runs water rises above the ground floor of 1 building.");
}

TEST_CASE("many instead of many, and some instead of none") {
  Pair p;
  p.then.people_affected = 200;
  p.now.people_affected = 150;
  p.now.loss = 1e6;
  p.now.facilities_failed = 1;
  p.now.roads_closed_km = 0.5;
  CHECK(headline(p.folder) ==
        "River wall: damage EUR 1.00 million instead of none; 150 people in water deeper than 0.3 m instead "
        "of 200 people.");
  CHECK(report::water_change(p.view()) ==
        "With “River wall” 150 people are in water deeper than 0.3 m instead of 200 people (−25 %). "
        "No ground is flooded deeper than 0.1 m in either run.");
  CHECK(report::roads_change(p.view()) ==
        "The length of road closed at some time changes from 0 km to 0.500 km.");
  CHECK(report::facilities_change(p.view(), "A") ==
        "With “River wall” 1 of 7 facilities stops working instead of 0: A.");
}
