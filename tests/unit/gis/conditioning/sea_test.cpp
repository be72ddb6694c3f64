// The sea from coastline ways: water on the right, land on the left.
#include <doctest/doctest.h>

#include "gis/build/water_sea.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

const Box2 kBox{{0, 0}, {1000, 1000}};

double total_area(const SeaAssembly& sea) {
  double total = 0;
  for (const Polygon& p : sea.water) total += area(p);
  return total;
}

bool wet(const SeaAssembly& sea, Point2 p) {
  for (const Polygon& polygon : sea.water)
    if (contains(polygon, p)) return true;
  return false;
}

}  // namespace

TEST_CASE("a straight coast is closed at the extent with the water on its right") {
  // Travelling west along y = 300: land on the left (south), water on the right (north).
  const SeaAssembly sea = assemble_sea({{{1200, 300}, {-200, 300}}}, kBox);
  REQUIRE(sea.water.size() == 1);
  CHECK(total_area(sea) == doctest::Approx(700'000));
  CHECK(wet(sea, {500, 900}));
  CHECK_FALSE(wet(sea, {500, 100}));
  CHECK(sea.findings.empty());
  // The other way round the other side is wet.
  CHECK(wet(assemble_sea({{{-200, 300}, {1200, 300}}}, kBox), {500, 100}));
}

TEST_CASE("ways are joined whatever their order") {
  const SeaAssembly sea =
      assemble_sea({{{400, 300}, {-10, 300}}, {{1010, 300}, {700, 350}}, {{700, 350}, {400, 300}}}, kBox);
  REQUIRE(sea.water.size() == 1);
  CHECK(sea.findings.empty());
  CHECK(wet(sea, {500, 500}));
}

TEST_CASE("an island is a hole, a lagoon ring is water") {
  const std::vector<Point2> island{
      {400, 600}, {600, 600}, {600, 800}, {400, 800}, {400, 600}};  // CCW: land inside
  const SeaAssembly sea = assemble_sea({{{1200, 300}, {-200, 300}}, island}, kBox);
  REQUIRE(sea.water.size() == 1);
  CHECK(sea.water[0].holes.size() == 1);
  CHECK(total_area(sea) == doctest::Approx(660'000));
  const std::vector<Point2> lagoon(island.rbegin(), island.rend());  // CW: water inside
  const SeaAssembly inner = assemble_sea({lagoon}, kBox);
  REQUIRE(inner.water.size() == 1);
  CHECK(total_area(inner) == doctest::Approx(40'000));
}

TEST_CASE("a ring coast that is an island alone makes everything else sea") {
  const SeaAssembly sea = assemble_sea({{{400, 400}, {600, 400}, {600, 600}, {400, 600}, {400, 400}}}, kBox);
  CHECK(total_area(sea) == doctest::Approx(960'000));
  CHECK(wet(sea, {10, 10}));
  CHECK_FALSE(wet(sea, {500, 500}));
}

TEST_CASE("a ring that crosses the extent is closed along its border") {
  // An island (CCW) half inside the extent, its start point inside.
  const SeaAssembly sea =
      assemble_sea({{{900, 500}, {900, 400}, {1100, 400}, {1100, 600}, {900, 600}, {900, 500}}}, kBox);
  CHECK(total_area(sea) == doctest::Approx(1'000'000 - 100 * 200));
  CHECK(sea.findings.empty());
}

TEST_CASE("two headlands leave two seas or one bay") {
  // Land in the middle band, sea north and south.
  const SeaAssembly sea = assemble_sea({{{1000, 700}, {0, 700}}, {{0, 300}, {1000, 300}}}, kBox);
  CHECK(sea.water.size() == 2);
  CHECK(total_area(sea) == doctest::Approx(600'000));
}

TEST_CASE("coast ends cut inside the extent are joined or led to the border, and named") {
  const SeaAssembly gap = assemble_sea({{{1000, 300}, {520, 300}}, {{500, 300}, {0, 300}}}, kBox);
  CHECK(total_area(gap) == doctest::Approx(700'000));
  REQUIRE(gap.findings.size() == 1);
  CHECK(gap.findings[0].code == "repaired.coastline_gap");
  const SeaAssembly end = assemble_sea({{{990, 300}, {100, 300}}}, kBox);
  CHECK(total_area(end) == doctest::Approx(700'000));
  CHECK(end.findings.size() == 2);
  CHECK(end.findings[0].code == "repaired.coastline_end");
}

TEST_CASE("one way drawn backwards is outvoted and reported") {
  const SeaAssembly sea = assemble_sea({{{1000, 300}, {300, 300}}, {{0, 300}, {300, 300}}}, kBox);
  CHECK(wet(sea, {500, 900}));
  bool reported = false;
  for (const ImportFinding& f : sea.findings) reported = reported || f.code == "repaired.coastline_direction";
  CHECK(reported);
}

TEST_CASE("no coast inside the extent gives no sea") {
  CHECK(assemble_sea({}, kBox).water.empty());
  CHECK(assemble_sea({{{2000, 0}, {3000, 0}}}, kBox).water.empty());
}
