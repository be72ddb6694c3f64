#include <doctest/doctest.h>

#include "gis/build/sewers.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

drainage::Network network(Point2 shift, double levels = 0) {
  drainage::Network n;
  for (int k = 0; k < 12; ++k)
    n.nodes.push_back({.key = "N" + std::to_string(k),
                       .invert = levels - 2,
                       .max_depth = 2,
                       .position = Point2{20.0 + 20 * k, 100} + shift});
  for (int k = 0; k + 1 < 12; ++k) {
    n.links.push_back({.key = "L" + std::to_string(k), .from = k, .to = k + 1});
    n.links.back().section = {.shape = drainage::Shape::circular, .full_depth = 0.5, .width = 0.5};
    n.links.back().conduit = {.length = 20, .roughness = 0.013};
  }
  return n;
}

Result<Done> add(CityTables& t, const drainage::Network& n) {
  return add_swmm_sewers(t, n, Crs(), SourceId{0});
}

}  // namespace

TEST_CASE("a modeller's network becomes the city's sewers, with covers and books") {
  CityTables t = test::tiny_tables();
  const auto added = add(t, network({0.0001, 0}));
  REQUIRE(added.ok());
  REQUIRE(added.diagnostics().items().size() == 1);
  CHECK(added.diagnostics().items()[0].code == "sewers.one_cover");
  CHECK(added.diagnostics().items()[0].args[0].second == "12");
  CHECK(t.sewers.nodes.size() == 12);
  CHECK(t.sewers.nodes.position[0] == Point2{20, 100});  // snapped
  CHECK(t.sewers.nodes.inlet_kind[3] == InletKind::manhole_cover);
  CHECK(t.import_log.counts.size() == 2);
  CHECK(build_city(t).ok());
}

TEST_CASE("a network that is not where the city is, or not as high, is told") {
  CityTables t = test::tiny_tables();
  CHECK(add(t, network({500'000, 0})).diagnostics().has("sewers.outside"));
  drainage::Network lost = network({});
  lost.nodes[4].position.x = NAN;
  CHECK(add(t, lost).diagnostics().has("sewers.no_coordinates"));
  CHECK(t.sewers.empty());
  const auto high = add(t, network({}, 30));
  CHECK(high.ok());
  CHECK(high.diagnostics().has("sewers.levels_differ"));
}

TEST_CASE("sewers that replace others take their row of sources, which says nothing of those before") {
  CityTables city;
  Sources& s = city.sources;
  const auto add_row = [&](const char* key, const char* kind) {
    for (auto* column : {&s.key, &s.kind, &s.file_name, &s.content_hash, &s.licence, &s.attribution, &s.date,
                         &s.crs, &s.vertical_datum})
      column->emplace_back("x");
    s.key.back() = key;
    s.kind.back() = kind;
  };
  add_row("osm", "osm");
  CHECK(source_of_new_sewers(city).row() == 1);
  CHECK(s.key[1] == "sewers");
  s.attribution[1] = "sewers synthesised, design storm";
  city.import_log.extents = {{"osm", {}}, {"sewers", {}}};
  add_row("sewers_2", "sewers");
  CHECK(source_of_new_sewers(city).row() == 1);
  CHECK(s.size() == 2);
  CHECK(s.attribution[1].empty());
  CHECK(s.vertical_datum.size() == 2);
  CHECK(city.import_log.extents.size() == 1);
}
