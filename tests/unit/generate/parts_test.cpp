// Parts of the generator on inputs that can be checked by hand.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "gis/generate/drainage.hpp"
#include "gis/generate/generate_tables.hpp"
#include "gis/generate/noise.hpp"
#include "gis/generate/street_names.hpp"

using namespace citytwin;
using namespace citytwin::gis::generate;

TEST_CASE("pits are filled up to a pond, slopes and outlets are left alone") {
  Grid<float> ground(GridSpec{{0, 0}, 1, 7, 7}, 5.0F);
  for (int i = 0; i < 7; ++i) ground.at(i, 0) = 3;  // a low border
  ground.at(3, 3) = 1;                              // a pit 4 m deep
  ground.at(5, 5) = 1;                              // another, but water leaves there
  ground.at(1, 1) = 4.8F;                           // runs off over the low border
  std::vector<std::uint8_t> outlets(49, 0);
  outlets[ground.spec.index(5, 5)] = 1;
  const Grid<float> before = ground;
  fill_pits(ground, outlets, 0.5, RunContext{});
  CHECK(ground.at(3, 3) == 4.5F);
  CHECK(ground.at(5, 5) == 1);
  CHECK(ground.at(1, 1) == 4.8F);
  for (int j = 0; j < 7; ++j)
    for (int i = 0; i < 7; ++i) CHECK(ground.at(i, j) >= before.at(i, j));
}

TEST_CASE("all ground drains somewhere and valleys run downhill") {
  // A tilted plane falling south: each column drains straight down.
  Grid<float> plane(GridSpec{{0, 0}, 10, 5, 8}, 0.0F);
  for (int j = 0; j < 8; ++j)
    for (int i = 0; i < 5; ++i) plane.at(i, j) = static_cast<float>(j) + 0.01F * static_cast<float>(i);
  std::vector<std::uint8_t> outlets(40, 0);
  const Drainage drainage = find_drainage(plane, outlets, RunContext{});
  CHECK(drainage.order.size() == 40);
  const auto area = catchment_area(drainage, 10);
  double leaving = 0;
  for (std::uint32_t c = 0; c < 40; ++c) {
    CHECK(drainage.spill[c] == plane.values[c]);
    if (drainage.to[c] == c) leaving += area[c];
  }
  CHECK(leaving == 40 * 100);

  Grid<float> carved = plane;
  const std::vector<float> no_floor(40, -1e6F);
  carve_valleys(carved, drainage, no_floor, {0, 100, 3, 0.05}, RunContext{});
  for (std::uint32_t c = 0; c < 40; ++c) {
    CHECK(carved.values[c] < plane.values[c]);
    CHECK(carved.values[c] >= plane.values[c] - 3.001F);
  }
  Grid<float> kept = plane;
  carve_valleys(kept, drainage, plane.values, {0, 100, 3, 0.05}, RunContext{});
  CHECK(kept == plane);  // nothing is cut below the floor
}

TEST_CASE("noise has mean about 0, stays bounded and is smooth") {
  const Box2 box{{0, 0}, {10'000, 10'000}};
  const FractalNoise noise(Random(3, 1), 1, box, 1000, 5);
  double sum = 0;
  double highest = 0;
  int n = 0;
  for (double y = 5; y < 10'000; y += 97)
    for (double x = 5; x < 10'000; x += 97, ++n) {
      const double v = noise({x, y});
      sum += v;
      highest = std::max(highest, std::abs(v));
      CHECK(std::abs(noise({x + 0.01, y}) - v) < 1e-3);
    }
  CHECK(std::abs(sum / n) < 0.1);
  CHECK(highest < 1.5);
  CHECK(highest > 0.5);
}

TEST_CASE("a stroke goes straight on through a crossing") {
  StreetGraph g;
  g.nodes = {{0, 0}, {100, 0}, {200, 5}, {100, 100}, {100, -100}, {300, 90}};
  for (const auto& [a, b] : {std::pair{0U, 1U}, {2U, 1U}, {3U, 1U}, {1U, 4U}, {2U, 5U}})
    g.edges.push_back({a, b, {g.nodes[a], g.nodes[b]}, RoadClass::residential, false});
  const auto stroke = find_strokes(g);
  CHECK(stroke[0] == stroke[1]);
  CHECK(stroke[2] == stroke[3]);
  CHECK(stroke[0] != stroke[2]);
  CHECK(stroke[4] != stroke[1]);  // turns by 39 degrees
  const auto names = name_streets(1, g);
  CHECK(names[0] == names[1]);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 3);
}

TEST_CASE("streets of one family keep apart, and names are not shared between strokes") {
  gis::GenerateOptions options;
  options.population = 15'000;
  options.seed = 21;
  const auto city = generate_parts(options, RunContext{});
  const auto strokes = find_strokes(city.graph);
  std::map<std::string, std::uint32_t> owner;
  for (std::size_t e = 0; e < strokes.size(); ++e) {
    const auto [found, fresh] = owner.emplace(city.tables.streets.links.name[e], strokes[e]);
    CHECK(found->second == strokes[e]);
  }
  // Junctions nearer than a crossing is wide would make no street between them.
  std::size_t crowded = 0;
  for (const auto& e : city.graph.edges)
    if (distance(e.points.front(), e.points.back()) < 12) ++crowded;
  CHECK(crowded == 0);
}
