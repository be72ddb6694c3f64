#include "engine/model/ground.hpp"

#include <doctest/doctest.h>

using namespace citytwin;

namespace {

void add(WaterBodies& bodies, WaterKind kind, double level, Box2 box) {
  bodies.origin.push_back("w", Provenance::given, SourceId{0});
  bodies.area.push_back(Polygon{{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}}, {}});
  bodies.kind.push_back(kind);
  bodies.level.push_back(level);
  bodies.level_provenance.push_back(Provenance::given);
  bodies.name.emplace_back();
}

}  // namespace

TEST_CASE("a river as wide as a cell is one water, whatever its place on the grid") {
  const GridSpec grid{{0, 0}, 20, 10, 6};
  for (double west = 60; west < 80; west += 2.5) {
    WaterBodies bodies;
    add(bodies, WaterKind::river, 3, {{west, 0}, {west + 20, 120}});
    const Grid<std::uint32_t> body = water_body_of_cells(bodies, grid);
    CAPTURE(west);
    for (int j = 0; j < grid.ny; ++j) {
      int wet = 0;
      for (int i = 0; i < grid.nx; ++i) wet += body.at(i, j) != kDryLand ? 1 : 0;
      CHECK(wet >= 1);
      CHECK(wet <= 2);
    }
  }
}

TEST_CASE("the sea by centres; over a lake; a known level over an unknown one") {
  const GridSpec grid{{0, 0}, 10, 6, 1};
  WaterBodies bodies;
  add(bodies, WaterKind::sea, 0, {{0, 0}, {24, 10}});               // 40 % of the third cell
  add(bodies, WaterKind::lake, 5, {{10, 0}, {43, 10}});             // 30 % of the fifth
  add(bodies, WaterKind::pond, std::nan(""), {{30, 0}, {52, 10}});  // 20 % of the sixth
  const Grid<std::uint32_t> body = water_body_of_cells(bodies, grid);
  CHECK(body.values == std::vector<std::uint32_t>{0, 0, 1, 1, 1, kDryLand});
}

TEST_CASE("the grid covers the whole city, and its last cells have the ground of the edge") {
  const Box2 extent{{100, 200}, {1013, 871.5}};
  for (const double cell : {10.0, 20.0, 30.0, 45.0}) {
    CAPTURE(cell);
    const GridSpec grid = grid_over(extent, cell);
    CHECK(grid.bounds().max.x >= extent.max.x);
    CHECK(grid.bounds().max.y >= extent.max.y);
    CHECK(grid.bounds().max.x < extent.max.x + cell);
    Terrain terrain;
    terrain.elevation = Grid<float>(GridSpec{{100, 200}, 10, 91, 67}, 7.0F);  // ends before the extent
    for (const float z : resample_ground(terrain, grid).values) CHECK(z == 7.0F);
  }
  CHECK(grid_over(Box2{{0, 0}, {3200.0000001, 20}}, 20).nx == 160);
}
