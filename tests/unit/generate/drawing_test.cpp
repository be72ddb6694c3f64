// Draws the city that CITYTWIN_DRAW names ("population seed water") for a person to look at.
#include <doctest/doctest.h>

#include <cstdlib>
#include <sstream>

#include "draw_city.hpp"
#include "gis/generate/generate_tables.hpp"

using namespace citytwin;

TEST_CASE("draw a generated city" * doctest::skip(std::getenv("CITYTWIN_DRAW") == nullptr)) {
  gis::GenerateOptions options;
  std::istringstream(std::getenv("CITYTWIN_DRAW")) >> options.population >> options.seed >> options.water;
  const auto city = gis::generate::generate_parts(options, RunContext{});
  MESSAGE("buildings ", city.houses.size(), " links ", city.graph.edges.size(), " blocks ",
          city.blocks.size());
  const Box2 all = city.tables.info.frame.extent;
  testing::draw_city(city.tables, "city.svg", all, 1400);
  const Point2 c = city.plan.centres[0].position;
  testing::draw_city(city.tables, "city_centre.svg", {{c.x - 800, c.y - 800}, {c.x + 800, c.y + 800}}, 1400);
  CHECK(city.houses.size() > 100);
}
