#include "engine/geo/grid.hpp"

#include <doctest/doctest.h>

#include "engine/geo/csr_graph.hpp"
#include "engine/geo/rasterise.hpp"

using namespace citytwin;

TEST_CASE("rows count from the south, columns from the west") {
  const GridSpec grid{{100, 200}, 10, 5, 3};
  CHECK(grid.size() == 15);
  CHECK(grid.column(100) == 0);
  CHECK(grid.column(99.9) == -1);
  CHECK(grid.row(229.9) == 2);
  CHECK(grid.row(230) == 3);
  CHECK_FALSE(grid.inside(0, 3));
  CHECK(grid.centre(0, 0) == Point2{105, 205});
  CHECK(grid.bounds() == Box2{{100, 200}, {150, 230}});
}

TEST_CASE("bilinear sampling is exact for a plane, clamped at the rim, and NaN near no-data") {
  Grid<float> grid({{0, 0}, 2, 4, 3});
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 4; ++i) grid.at(i, j) = static_cast<float>(3 * i + 5 * j);
  CHECK(sample_bilinear(grid, grid.spec.centre(2, 1)) == 11);
  CHECK(sample_bilinear(grid, {4, 3}) == doctest::Approx(3 * 1.5 + 5 * 1.0));
  CHECK(sample_bilinear(grid, {0, 0}) == 0);
  CHECK(sample_bilinear(grid, {8, 6}) == 9 + 10);
  CHECK(std::isnan(sample_bilinear(grid, {8.1, 3})));
  grid.at(1, 1) = kNoData;
  CHECK(std::isnan(sample_bilinear(grid, {3.5, 3.5})));
  CHECK(sample_bilinear(grid, grid.spec.centre(2, 1)) == 11);  // on a centre only that cell counts
  CHECK(sample_nearest(grid, {7.9, 5.9}) == 19);
  CHECK(std::isnan(sample_nearest(grid, {-0.1, 0})));
}

TEST_CASE("a line visits edge neighbours from its first to its last cell") {
  const GridSpec grid{{0, 0}, 1, 10, 10};
  std::vector<std::pair<int, int>> cells;
  cells_along(grid, Polyline{{0.5, 0.5}, {3.5, 1.5}, {3.5, 0.5}},
              [&](int i, int j) { cells.emplace_back(i, j); });
  REQUIRE(cells.size() >= 2);
  CHECK(cells.front() == std::pair{0, 0});
  CHECK(cells.back() == std::pair{3, 0});
  for (std::size_t k = 1; k < cells.size(); ++k)
    CHECK(std::abs(cells[k].first - cells[k - 1].first) + std::abs(cells[k].second - cells[k - 1].second) ==
          1);
  CHECK(cells.size() == 1 + 4 + 1);
}

TEST_CASE("a line that starts outside and runs along a cell border ends and stays in the grid") {
  const GridSpec grid{{0, 0}, 1, 4, 4};
  int visits = 0;
  cells_along(grid, Polyline{{-3, 2}, {9, 2}}, [&](int i, int j) {
    CHECK(grid.inside(i, j));
    CHECK(j == 2);
    ++visits;
  });
  CHECK(visits == 4);
}

TEST_CASE("a frame covers its cells and not its hole") {
  const GridSpec grid{{0, 0}, 1, 10, 10};
  const Polygon frame{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{2, 2}, {2, 8}, {8, 8}, {8, 2}}}};
  int cells = 0;
  cells_with_centre_in(grid, frame, [&](int i, int j) {
    CHECK((i < 2 || i >= 8 || j < 2 || j >= 8));
    ++cells;
  });
  CHECK(cells == 64);
  double total = 0;
  Grid<double> share(grid);
  cell_overlaps(grid, frame, [&](int i, int j, double a) {
    share.at(i, j) += a;
    total += a;
  });
  CHECK(total == doctest::Approx(64).epsilon(1e-14));
  CHECK(share.at(0, 0) == 1);
  CHECK(share.at(5, 5) == 0);
}

TEST_CASE("a graph in sparse rows keeps the order of its arcs") {
  const std::vector<Arc> arcs{{2, 0, 10}, {0, 1, 11}, {2, 1, 12}, {0, 2, 13}};
  const CsrGraph graph = build_csr(4, arcs);
  CHECK(graph.nodes() == 4);
  CHECK(graph.arc_begin == std::vector<std::uint32_t>{0, 2, 2, 4, 4});
  CHECK(graph.arc_key == std::vector<std::uint32_t>{11, 13, 10, 12});
  CHECK(graph.arc_head == std::vector<std::uint32_t>{1, 2, 0, 1});
}

TEST_CASE("components ignore direction and are numbered by their lowest node") {
  CHECK(weak_components(6, {{5, 3, 0}, {1, 4, 0}, {4, 0, 0}}) ==
        std::vector<std::uint32_t>{0, 0, 1, 2, 0, 2});
  CHECK(weak_components(0, {}).empty());
}
