#include "scenarios/measures/open_ground.hpp"

#include <algorithm>

#include "engine/geo/rasterise.hpp"
#include "engine/model/ground.hpp"

namespace citytwin::scenarios {

double open_ground(const CityModel& model, const GridSpec& grid, std::span<const Point2> area) {
  const Box2 box = bounds(area);
  const Buildings& buildings = model.buildings();
  std::vector<double> built(grid.size(), 0.0);  // [m2]
  for (std::size_t b = 0; b < buildings.size(); ++b)
    if (bounds(buildings.footprint.outer(b)).overlaps(box))
      cell_overlaps(grid, buildings.footprint[b],
                    [&](int i, int j, double covered) { built[grid.index(i, j)] += covered; });
  const Grid<std::uint32_t> water = water_body_of_cells(model.water_bodies(), grid);
  const double cell = grid.cell_m * grid.cell_m;
  double open = 0;
  cell_overlaps(grid, Polygon{{area.begin(), area.end()}, {}}, [&](int i, int j, double inside) {
    if (water.at(i, j) != kDryLand) return;
    open += inside * std::max(0.0, 1 - built[grid.index(i, j)] / cell);
  });
  return open;
}

}  // namespace citytwin::scenarios
