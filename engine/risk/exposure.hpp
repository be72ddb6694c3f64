// What stands where the water is: the mapping from grid cells to buildings and management cells.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::risk {

// 1 where the centre of a cell lies in a water body of the model, or where the record's grid
// "surface_water.permanent_water" says so: water that is always there is no flood.
[[nodiscard]] Grid<std::uint8_t> permanent_water(const CityModel& model, const RunRecord& record,
                                                 const GridSpec& spec);

// (buildings) Over the cells that the outline touches or the footprint covers, permanent water and no data
// left out; 0 where no cell is left.
struct WaterAtBuildings {
  std::vector<float> depth;       // the highest [m]
  std::vector<float> share_deep;  // share of those cells deeper than the threshold
};
[[nodiscard]] WaterAtBuildings water_at_buildings(const CityModel& model, const Grid<float>& depth,
                                                  const Grid<std::uint8_t>& water, double threshold_m);

// (buildings) management cell that holds the centroid of the footprint; none outside all of them. Where
// cells overlap the lowest id wins.
[[nodiscard]] std::vector<ManagementCellId> cell_of_buildings(const CityModel& model);

// Land under water in one management cell.
struct FloodedLand {
  double max_depth = 0;     // [m]
  double share_deeper = 0;  // of the land cells, deeper than the threshold
};

// (management cells) A cell that holds no grid centre is judged by the grid cell under its centroid.
[[nodiscard]] std::vector<FloodedLand> flooded_land(const CityModel& model, const Grid<float>& depth,
                                                    const Grid<std::uint8_t>& water, double threshold_m);

}  // namespace citytwin::risk
