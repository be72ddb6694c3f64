#include "engine/risk/exposure.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"
#include "engine/model/ground.hpp"

namespace citytwin::risk {

namespace {

constexpr std::size_t kRowsPerChunk = 256;

}  // namespace

Grid<std::uint8_t> permanent_water(const CityModel& model, const RunRecord& record, const GridSpec& spec) {
  Grid<std::uint8_t> mask(spec, 0);
  const Grid<std::uint32_t> body = water_body_of_cells(model.water_bodies(), spec);
  for (std::size_t k = 0; k < mask.values.size(); ++k) mask.values[k] = body.values[k] == kDryLand ? 0 : 1;
  const ObservedGrid* observed = record.grid("surface_water.permanent_water");
  if (observed != nullptr && observed->grid.spec == spec)
    for (std::size_t k = 0; k < mask.values.size(); ++k)
      if (observed->grid.values[k] > 0) mask.values[k] = 1;
  return mask;
}

WaterAtBuildings water_at_buildings(const CityModel& model, const Grid<float>& depth,
                                    const Grid<std::uint8_t>& water, double threshold_m) {
  const Buildings& buildings = model.buildings();
  WaterAtBuildings at;
  at.depth.assign(buildings.size(), 0.0F);
  at.share_deep.assign(buildings.size(), 0.0F);
  if (depth.empty()) return at;
  for_chunks(buildings.size(), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      std::size_t deep = 0;
      std::size_t on_land = 0;
      for (const std::uint32_t cell : cells_touched(depth.spec, buildings.footprint[row])) {
        if (water.values[cell] != 0 || std::isnan(depth.values[cell])) continue;
        ++on_land;
        at.depth[row] = std::max(at.depth[row], depth.values[cell]);
        if (depth.values[cell] > threshold_m) ++deep;
      }
      if (on_land != 0) at.share_deep[row] = static_cast<float>(deep) / static_cast<float>(on_land);
    }
  });
  return at;
}

std::vector<ManagementCellId> cell_of_buildings(const CityModel& model) {
  const Buildings& buildings = model.buildings();
  const ManagementCells& cells = model.management_cells();
  std::vector<ManagementCellId> cell_of(buildings.size());
  std::vector<Box2> boxes(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) boxes[c] = bounds(cells.area.outer(c));
  const SpatialIndex index(boxes);
  for_chunks(buildings.size(), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const Point2 middle = centroid(buildings.footprint[row]);
      for (const std::uint32_t c : index.overlapping(Box2{middle, middle})) {
        if (!cells.area.contains(c, middle)) continue;
        cell_of[row] = ManagementCellId(c);
        break;
      }
    }
  });
  return cell_of;
}

std::vector<FloodedLand> flooded_land(const CityModel& model, const Grid<float>& depth,
                                      const Grid<std::uint8_t>& water, double threshold_m) {
  const ManagementCells& cells = model.management_cells();
  std::vector<FloodedLand> flooded(cells.size());
  if (depth.empty()) return flooded;
  for_chunks(cells.size(), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      std::size_t seen = 0, land = 0, deeper = 0;
      double deepest = 0;
      const auto look = [&](int i, int j) {
        ++seen;
        if (water.at(i, j) != 0) return;
        ++land;
        const double here = depth.at(i, j);
        if (here > threshold_m) ++deeper;
        if (here > deepest) deepest = here;
      };
      const Polygon area = cells.area[c];
      cells_with_centre_in(depth.spec, area, look);
      if (seen == 0) {
        const Point2 middle = centroid(area);
        const int i = depth.spec.column(middle.x);
        const int j = depth.spec.row(middle.y);
        if (depth.spec.inside(i, j)) look(i, j);
      }
      flooded[c] = {deepest, land == 0 ? 0.0 : static_cast<double>(deeper) / static_cast<double>(land)};
    }
  });
  return flooded;
}

}  // namespace citytwin::risk
