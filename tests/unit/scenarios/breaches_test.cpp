#include "scenarios/core/breaches.hpp"

#include <doctest/doctest.h>

#include "engine/model/hydraulic_structures.hpp"
#include "tests/support/plain_rows.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

std::shared_ptr<const CityModel> city_with_wall(bool wall) {
  CityTables tables;
  tables.info.frame.extent = {{0, 0}, {500, 500}};
  if (wall) {
    test::need_source(tables);
    tables.barriers.origin.push_back("levee", Provenance::given, SourceId{0});
    tables.barriers.line.push_back(std::vector<Point2>{{100, 0}, {100, 500}});
    tables.barriers.crest_level.push_back(2);
    tables.barriers.height.push_back(0);
  }
  auto model = build_city(std::move(tables));
  REQUIRE(model.ok());
  return std::make_shared<const CityModel>(*std::move(model));
}

}  // namespace

TEST_CASE("the baseline loses the breaches of walls that it does not have, and no others") {
  const auto with = city_with_wall(true);
  const auto without = city_with_wall(false);
  RunInput input;
  input.spec.grid = {{0, 0}, 10, 50, 50};
  HydraulicStructures all;
  all.breaches.push_back({"near", {105, 250}, 20, 0, 0, 0});
  all.breaches.push_back({"far", {400, 250}, 20, 0, 0, 0});
  input.forcing.structures = std::make_shared<HydraulicStructures>(all);
  input.model = with;
  CHECK(drop_breaches_of_measures(input, *with).empty());
  CHECK(input.forcing.structures->breaches.size() == 2);
  input.model = without;
  CHECK(drop_breaches_of_measures(input, *with) == std::vector<std::string>{"near"});
  CHECK(input.forcing.structures->breaches.front().key == "far");
  input.forcing = {};
  CHECK(drop_breaches_of_measures(input, *with).empty());
}
