#include "gis/build/cells.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"
#include "gis/build/buildings.hpp"

namespace citytwin::gis {

namespace {

// The regular grid that make_management_cells() laid.
GridSpec grid_of(const ManagementCells& cells) {
  GridSpec grid;
  if (cells.size() == 0) return grid;
  Box2 all;
  for (std::size_t c = 0; c < cells.size(); ++c) all.add(bounds(cells.area.outer(c)));
  grid.origin = all.min;
  grid.cell_m = bounds(cells.area.outer(0)).width();
  grid.nx = static_cast<int>(std::lround(all.width() / grid.cell_m));
  grid.ny = static_cast<int>(std::lround(all.height() / grid.cell_m));
  return grid;
}

std::size_t cell_at(const GridSpec& grid, Point2 p) {
  const int i = std::clamp(grid.column(p.x), 0, grid.nx - 1);
  const int j = std::clamp(grid.row(p.y), 0, grid.ny - 1);
  return grid.index(i, j);
}

double housing_floor(const Buildings& b, std::size_t row) {
  return is_housing(b.use[row], b.footprint.area(row)) ? b.floor_area[row] : 0;
}

}  // namespace

void make_management_cells(CityTables& tables, double cell_m) {
  const Box2& extent = tables.info.frame.extent;
  const int i0 = static_cast<int>(std::floor(extent.min.x / cell_m));
  const int j0 = static_cast<int>(std::floor(extent.min.y / cell_m));
  const int i1 = static_cast<int>(std::ceil(extent.max.x / cell_m));
  const int j1 = static_cast<int>(std::ceil(extent.max.y / cell_m));
  ManagementCells& cells = tables.management_cells;
  for (int j = j0; j < j1; ++j)
    for (int i = i0; i < i1; ++i) {
      const Point2 low{i * cell_m, j * cell_m};
      const Point2 high{(i + 1) * cell_m, (j + 1) * cell_m};
      cells.origin.push_back("cell/" + std::to_string(i) + "/" + std::to_string(j), Provenance::estimated, {});
      cells.area.push_back({{low, {high.x, low.y}, high, {low.x, high.y}}, {}});
      cells.population.push_back(0);
      cells.jobs.push_back(0);
    }
}

PopulationBooks spread_population(CityTables& tables, const std::vector<PopulationRow>& rows, SourceId source,
                                  Provenance provenance) {
  PopulationBooks books;
  Buildings& b = tables.buildings;
  ManagementCells& cells = tables.management_cells;
  const GridSpec grid = grid_of(cells);
  std::fill(cells.origin.provenance.begin(), cells.origin.provenance.end(), provenance);
  std::fill(cells.origin.source.begin(), cells.origin.source.end(), source);
  std::fill(b.people.begin(), b.people.end(), 0.0);
  std::vector<Point2> centre(b.size());
  std::vector<Box2> boxes(b.size());
  for (std::size_t r = 0; r < b.size(); ++r) {
    centre[r] = centroid(b.footprint[r]);
    boxes[r].add(centre[r]);
  }
  const SpatialIndex index(boxes);
  std::vector<bool> taken(b.size(), false);  // a building on two overlapping rows belongs to the first
  for (const PopulationRow& row : rows) {
    books.given += row.population;
    if (row.areas.empty()) {
      if (grid.size() == 0 || !tables.info.frame.extent.contains(row.place)) {
        books.outside += row.population;
        continue;
      }
      const std::size_t c = cell_at(grid, row.place);
      cells.population[c] += row.population;
      cells.jobs[c] += row.jobs;
      continue;
    }
    std::vector<std::uint32_t> inside;
    double floor = 0, whole_area = 0, inside_area = 0;
    std::vector<std::pair<std::size_t, double>> overlaps;
    for (const Polygon& polygon : row.areas) {
      whole_area += area(polygon);
      cell_overlaps(grid, polygon, [&](int i, int j, double overlap) {
        overlaps.emplace_back(grid.index(i, j), overlap);
        inside_area += overlap;
      });
      if (b.size() > 0)
        for (const std::uint32_t r : index.overlapping(bounds(polygon.outer)))
          if (!taken[r] && housing_floor(b, r) > 0 && contains(polygon, centre[r])) {
            taken[r] = true;
            inside.push_back(r);
            floor += housing_floor(b, r);
          }
    }
    const double share = whole_area > 0 ? std::clamp(inside_area / whole_area, 0.0, 1.0) : 0;
    const double people = row.population * share;
    books.outside += row.population - people;
    if (inside_area > 0)
      for (const auto& [c, overlap] : overlaps) cells.jobs[c] += row.jobs * share * (overlap / inside_area);
    if (floor > 0) {
      for (const std::uint32_t r : inside) {
        const double here = people * (housing_floor(b, r) / floor);
        b.people[r] = here;
        cells.population[cell_at(grid, centre[r])] += here;
      }
    } else if (inside_area > 0) {
      for (const auto& [c, overlap] : overlaps) cells.population[c] += people * (overlap / inside_area);
    }
  }
  return books;
}

void estimate_population(CityTables& tables, SourceId source) {
  Buildings& b = tables.buildings;
  ManagementCells& cells = tables.management_cells;
  const GridSpec grid = grid_of(cells);
  std::fill(cells.origin.source.begin(), cells.origin.source.end(), source);
  for (std::size_t r = 0; r < b.size(); ++r) {
    if (b.people[r] == 0) b.people[r] = housing_floor(b, r) / kFloorPerPerson;
    if (grid.size() > 0) cells.population[cell_at(grid, centroid(b.footprint[r]))] += b.people[r];
  }
}

}  // namespace citytwin::gis
