#include "scenarios/measures/ground_at.hpp"

#include "engine/model/ground.hpp"

namespace citytwin::scenarios {

double ground_at(const CityModel& model, const GridSpec& grid, Point2 p) {
  if (model.terrain().empty()) return std::numeric_limits<double>::quiet_NaN();
  GridSpec cell = grid;
  cell.origin = {grid.origin.x + grid.column(p.x) * grid.cell_m, grid.origin.y + grid.row(p.y) * grid.cell_m};
  cell.nx = cell.ny = 1;
  return static_cast<double>(resample_ground(model.terrain(), cell).at(0, 0));
}

}  // namespace citytwin::scenarios
