// Nothing is lost between a polygon and the cells it covers.
#include "engine/geo/rasterise.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/property/shapes.hpp"

using namespace citytwin;
using citytwin::test::point_in;
using citytwin::test::star_ring;

namespace {
const GridSpec kWide{{-100, -100}, 5, 40, 40};  // holds every star ring

std::map<std::pair<int, int>, double> overlaps_of(const GridSpec& grid, const Polygon& polygon) {
  std::map<std::pair<int, int>, double> overlaps;
  cell_overlaps(grid, polygon, [&](int i, int j, double a) { overlaps[{i, j}] += a; });
  return overlaps;
}
}  // namespace

TEST_CASE("the overlaps of all cells add up to the polygon's area, holes included") {
  CHECK(rc::check("sum of overlaps == area", [] {
    Polygon polygon{*star_ring(), {}};
    const Point2 centre = centroid(polygon);
    Ring hole;  // the same ring at a tenth of its size, turned round, where it certainly fits
    for (Point2 p : polygon.outer) hole.insert(hole.begin(), centre + (p - centre) * 0.1);
    if (*rc::gen::arbitrary<bool>()) polygon.holes.push_back(hole);
    double total = 0;
    for (const auto& [cell, overlap] : overlaps_of(kWide, polygon)) {
      RC_ASSERT(overlap <= kWide.cell_m * kWide.cell_m * (1 + 1e-12));
      total += overlap;
    }
    double expected = std::abs(signed_area(polygon.outer));
    for (const Ring& h : polygon.holes) expected -= std::abs(signed_area(h));
    RC_ASSERT(std::abs(total - expected) <= 1e-9 * std::max(expected, 1.0));
  }));
}

TEST_CASE("finer cells hold the same area as the coarse cell they fill") {
  CHECK(rc::check("refinement conserves", [] {
    const Polygon polygon{*star_ring(), {}};
    const GridSpec fine{kWide.origin, kWide.cell_m / 2, kWide.nx * 2, kWide.ny * 2};
    auto coarse = overlaps_of(kWide, polygon);
    for (const auto& [cell, overlap] : overlaps_of(fine, polygon))
      coarse[{cell.first / 2, cell.second / 2}] -= overlap;
    for (const auto& [cell, rest] : coarse) RC_ASSERT(std::abs(rest) < 1e-9);
  }));
}

TEST_CASE("a grid smaller than the polygon sees exactly its window of it") {
  CHECK(rc::check("windows agree", [] {
    const Polygon polygon{*star_ring(), {}};
    const int i0 = *rc::gen::inRange(0, 30);
    const int j0 = *rc::gen::inRange(0, 30);
    const GridSpec window{
        {kWide.origin.x + i0 * kWide.cell_m, kWide.origin.y + j0 * kWide.cell_m}, kWide.cell_m, 10, 10};
    const auto whole = overlaps_of(kWide, polygon);
    for (const auto& [cell, overlap] : overlaps_of(window, polygon)) {
      const auto it = whole.find({cell.first + i0, cell.second + j0});
      RC_ASSERT(it != whole.end());
      RC_ASSERT(std::abs(it->second - overlap) < 1e-9);
    }
  }));
}

TEST_CASE("the cells whose centre is inside are those that contains() says") {
  CHECK(rc::check("centres", [] {
    const Polygon polygon{*star_ring(), {}};
    std::set<std::pair<int, int>> visited;
    cells_with_centre_in(kWide, polygon, [&](int i, int j) { RC_ASSERT(visited.insert({i, j}).second); });
    for (int j = 0; j < kWide.ny; ++j)
      for (int i = 0; i < kWide.nx; ++i)
        RC_ASSERT(contains(polygon, kWide.centre(i, j)) == (visited.count({i, j}) == 1));
  }));
}

TEST_CASE("neighbours share an edge without sharing or losing a cell") {
  CHECK(rc::check("one owner for each centre", [] {
    // A box cut in two by a line from its south to its north side; centres may lie exactly on the cut.
    const double south = *rc::gen::inRange(-80, 81) / 2.0;
    const double north = *rc::gen::inRange(-80, 81) / 2.0;
    const Polygon west{{{-50, -50}, {south, -50}, {north, 50}, {-50, 50}}, {}};
    const Polygon east{{{50, 50}, {north, 50}, {south, -50}, {50, -50}}, {}};
    Grid<int> owners(kWide);
    for (const Polygon* side : {&west, &east})
      cells_with_centre_in(kWide, *side, [&](int i, int j) { ++owners.at(i, j); });
    for (int j = 10; j < 30; ++j)
      for (int i = 10; i < 30; ++i) {
        RC_ASSERT(owners.at(i, j) == 1);
        const Point2 p = kWide.centre(i, j);
        RC_ASSERT(contains(west, p) != contains(east, p));
      }
  }));
}

TEST_CASE("a line walks from edge neighbour to edge neighbour and misses no cell it crosses") {
  CHECK(rc::check("traversal", [] {
    const Polyline line{*point_in(-90, 90), *point_in(-90, 90), *point_in(-90, 90)};
    std::vector<std::pair<int, int>> cells;
    cells_along(kWide, line, [&](int i, int j) { cells.emplace_back(i, j); });
    RC_ASSERT(cells.front() == std::pair(kWide.column(line[0].x), kWide.row(line[0].y)));
    RC_ASSERT(cells.back() == std::pair(kWide.column(line[2].x), kWide.row(line[2].y)));
    for (std::size_t k = 1; k < cells.size(); ++k)
      RC_ASSERT(std::abs(cells[k].first - cells[k - 1].first) +
                    std::abs(cells[k].second - cells[k - 1].second) ==
                1);
    const std::set<std::pair<int, int>> seen(cells.begin(), cells.end());
    const double whole = length(line);
    for (double s = 0; s < whole; s += 0.37) {
      const Point2 p = point_along(line, s);
      // Points within rounding of a border may be given to either side.
      const double u = std::abs(std::remainder(p.x - kWide.origin.x, kWide.cell_m));
      const double v = std::abs(std::remainder(p.y - kWide.origin.y, kWide.cell_m));
      if (u < 1e-6 || v < 1e-6) continue;
      RC_ASSERT(seen.count({kWide.column(p.x), kWide.row(p.y)}) == 1);
    }
  }));
}
