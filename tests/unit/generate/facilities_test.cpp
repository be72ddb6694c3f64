// Facilities of a generated city, and the doors of the generator.
#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <set>

#include "engine/base/parallel.hpp"
#include "engine/model/names.hpp"
#include "gis/generate/generate.hpp"

using namespace citytwin;

namespace {

gis::GenerateOptions small(std::uint64_t seed) {
  gis::GenerateOptions options;
  options.population = 12'000;
  options.seed = seed;
  options.data_folder = CITYTWIN_SOURCE_DIR "/data";
  return options;
}

std::map<FacilityKind, std::size_t> counts(const CityModel& city) {
  std::map<FacilityKind, std::size_t> n;
  for (FacilityKind k : city.facilities().kind) ++n[k];
  return n;
}

}  // namespace

TEST_CASE("facilities follow planning rules and stand in real buildings") {
  auto options = small(11);
  options.population = 100'000;
  const auto city = gis::generate_city(options, {});
  REQUIRE(city.ok());
  auto n = counts(*city);
  CHECK(n[FacilityKind::hospital] == 2);
  CHECK(n[FacilityKind::school] == 33);
  CHECK(n[FacilityKind::fire_station] >= 3);
  CHECK(n[FacilityKind::substation] == 6);
  CHECK(n[FacilityKind::town_hall] == 1);
  for (FacilityKind k :
       {FacilityKind::clinic, FacilityKind::police, FacilityKind::shelter, FacilityKind::pump_station,
        FacilityKind::water_works, FacilityKind::waste_water_plant, FacilityKind::telecom_tower,
        FacilityKind::kindergarten, FacilityKind::care_home, FacilityKind::entry})
    CHECK_MESSAGE(n[k] >= 1, name_of(k));
  std::set<std::uint32_t> taken;
  const auto& f = city->facilities();
  for (std::size_t k = 0; k < f.size(); ++k) {
    if (f.kind[k] == FacilityKind::entry) continue;
    REQUIRE_FALSE(f.building[k].is_none());
    CHECK(taken.insert(f.building[k].value).second);  // one facility per building
    CHECK(city->buildings().people[f.building[k].row()] == 0);
  }
}

TEST_CASE("everyone lives within reach of a fire station") {
  const auto city = gis::generate_city(small(12), {});
  REQUIRE(city.ok());
  const auto& f = city->facilities();
  for (std::size_t c = 0; c < city->management_cells().size(); ++c) {
    const Point2 p = centroid(city->management_cells().area[c]);
    double nearest = 1e9;
    for (std::size_t k = 0; k < f.size(); ++k)
      if (f.kind[k] == FacilityKind::fire_station) nearest = std::min(nearest, distance(p, f.position[k]));
    CHECK(nearest < 4000);
  }
}

TEST_CASE("every need has a provider that exists") {
  const auto city = gis::generate_city(small(13), {});
  REQUIRE(city.ok());
  const auto& needs = city->needs();
  const auto& keys = city->facilities().origin.key;
  REQUIRE(needs.size() > 20);
  std::size_t from_grid = 0;
  for (std::size_t k = 0; k < needs.size(); ++k) {
    const std::string& provider = needs.provider[k];
    CAPTURE(provider);
    if (needs.kind[k] == NeedKind::dry) continue;
    if (provider == "grid") {
      ++from_grid;
      continue;
    }
    const auto kind = from_name<FacilityKind>(provider);
    const bool by_kind = kind && counts(*city)[*kind] > 0;
    CHECK((by_kind || std::find(keys.begin(), keys.end(), provider) != keys.end()));
  }
  CHECK(from_grid >= 1);
}

TEST_CASE("every row is marked synthesised and has its source") {
  const auto city = gis::generate_city(small(14), {});
  REQUIRE(city.ok());
  REQUIRE(city->sources().size() == 2);  // the second: sewers
  CHECK(city->sources().licence[0] == "CC0-1.0");
  CHECK(city->sources().attribution[0] == "CityTwin generator");
  CHECK(city->info().frame.crs == "local");
  for (const RowOrigin* origin :
       {&city->streets().junctions.origin, &city->streets().links.origin, &city->buildings().origin,
        &city->land_cover().origin, &city->water_bodies().origin, &city->facilities().origin,
        &city->management_cells().origin}) {
    CHECK(origin->size() > 0);
    for (std::size_t k = 0; k < origin->size(); ++k) {
      CHECK(origin->provenance[k] == Provenance::synthesised);
      CHECK(origin->source[k] == SourceId{std::size_t{0}});
    }
  }
}

TEST_CASE("same seed, same city, on any number of threads; another seed, another city") {
  std::set<std::string> hashes;
  for (int threads : {1, 2, 5}) {
    set_thread_count(threads);
    const auto city = gis::generate_city(small(15), {});
    REQUIRE(city.ok());
    hashes.insert(content_hash(*city).hex());
  }
  set_thread_count(0);
  CHECK(hashes.size() == 1);
  const auto other = gis::generate_city(small(16), {});
  REQUIRE(other.ok());
  hashes.insert(content_hash(*other).hex());
  CHECK(hashes.size() == 2);
}

TEST_CASE("options out of range are refused by name") {
  for (double population : {9'999.0, 1e6 + 1, std::numeric_limits<double>::quiet_NaN()}) {
    auto options = small(1);
    options.population = population;
    CHECK(gis::generate_city(options, {}).diagnostics().has("generate.population_range"));
  }
  auto lake = small(1);
  lake.water = "lake";
  CHECK(gis::generate_city(lake, {}).diagnostics().has("generate.water_choice"));
  auto coarse = small(1);
  coarse.terrain_cell_m = 500;
  CHECK(gis::generate_city(coarse, {}).diagnostics().has("generate.terrain_cell_range"));
  RunContext tight;
  tight.memory_limit_bytes = 1e6;
  CHECK(gis::generate_city(small(1), tight).diagnostics().has("generate.memory"));
}

TEST_CASE("generation stops when asked") {
  const std::atomic<bool> stop{true};
  RunContext context;
  context.stop = &stop;
  CHECK_THROWS_AS(gis::generate_city(small(1), context), Stopped);
}

TEST_CASE("every road of class tertiary or higher that leaves the map is an entry") {
  for (const std::uint64_t seed : {2, 3, 7}) {
    const auto city = gis::generate_city(small(seed), {});
    REQUIRE(city.ok());
    const Box2 inner = city->info().frame.extent.grown(-25);
    const auto& streets = city->streets();
    std::set<std::uint32_t> outside;
    for (std::size_t l = 0; l < streets.links.size(); ++l)
      for (const JunctionId end : {streets.links.from[l], streets.links.to[l]})
        if (streets.links.road_class[l] <= RoadClass::tertiary &&
            !inner.contains(streets.junctions.position[end.row()]))
          outside.insert(end.value);
    CHECK(counts(*city)[FacilityKind::entry] == outside.size());
  }
}
