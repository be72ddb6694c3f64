#include "gis/build/building_density.hpp"

#include "gis/build/check.hpp"
#include "tests/unit/gis/build/small_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;
using namespace citytwin::test;

namespace {

// A street of `cells` times about 80 to 110 m and houses beside it.
OsmText street_with_houses(int cells, int houses, const char* highway) {
  OsmText osm;
  osm.bounds(0, 0, cells + 2, 10);
  osm.node(1, 1, 1).node(2, cells + 1, 1);
  osm.way(1, {1, 2}, {{"highway", highway}});
  for (int h = 0; h < houses; ++h) {
    const double x = 1 + h * 0.5;
    const std::int64_t n = 10 * (h + 1);
    osm.node(n, x, 2).node(n + 1, x + 0.2, 2).node(n + 2, x + 0.2, 2.2).node(n + 3, x, 2.2);
    osm.way(n, {n, n + 1, n + 2, n + 3, n}, {{"building", "house"}});
  }
  return osm;
}

bool found(const CityModel& city) {
  for (const CheckFinding& f : check_city(city).findings)
    if (f.code == "check.buildings_missing") return true;
  return false;
}

}  // namespace

TEST_CASE("the density counts streets that people live at, and one building is not none") {
  CHECK(BuildingDensity{99, 10}.most_missing());
  CHECK_FALSE(BuildingDensity{100, 10}.most_missing());
  CHECK_FALSE(BuildingDensity{0, 10}.most_missing());  // no_buildings says that
  CHECK_FALSE(BuildingDensity{1, 4.9}.most_missing());
  CHECK(BuildingDensity{19, 1070}.words()[2].second == "0.02");
}

TEST_CASE("a city whose buildings are mostly not mapped is told so") {
  const CityModel sparse = import_text(street_with_houses(100, 3, "living_street"));
  CHECK(building_density(sparse).buildings == 3);
  CHECK(building_density(sparse).street_km > 5);
  CHECK(found(sparse));
  const CityModel motorway = import_text(street_with_houses(100, 3, "motorway"));
  CHECK(building_density(motorway).street_km == 0);
  CHECK_FALSE(found(motorway));
  CHECK_FALSE(found(import_text(street_with_houses(100, 120, "unclassified"))));
}
