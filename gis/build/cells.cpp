#include "gis/build/cells.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"
#include "gis/build/homes.hpp"

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

// People and jobs of rows onto cells and buildings.
class Spreader {
 public:
  explicit Spreader(CityTables& tables)
      : buildings_(tables.buildings),
        cells_(tables.management_cells),
        grid_(grid_of(cells_)),
        extent_(tables.info.frame.extent),
        floors_(home_floors(buildings_)),
        taken_(buildings_.size(), false) {
    std::vector<Box2> boxes(buildings_.size());
    for (std::size_t r = 0; r < buildings_.size(); ++r) {
      centre_.push_back(centroid(buildings_.footprint[r]));
      boxes[r].add(centre_[r]);
    }
    if (!boxes.empty()) index_ = SpatialIndex(boxes);
    std::fill(buildings_.people.begin(), buildings_.people.end(), 0.0);
  }

  void add(const PopulationRow& row, PopulationBooks& books) {
    books.given += row.population;
    const double outside = row.areas.empty() ? at_place(row) : over_areas(row);
    books.outside += outside * row.population;
    if (outside >= 1) ++books.rows_outside;
  }

 private:
  // Both return the share that lies outside. People at a place live in the buildings of its cell.
  double at_place(const PopulationRow& row) {
    if (grid_.size() == 0 || !extent_.contains(row.place)) return 1;
    const std::size_t c = cell_at(grid_, row.place);
    cells_.jobs[c] += row.jobs;
    const Point2 low = bounds(cells_.area.outer(c)).min;
    const Point2 high = bounds(cells_.area.outer(c)).max;
    Ring square{low, {high.x, low.y}, high, {low.x, high.y}};
    settle({{std::move(square), {}}}, row.population, false, {{c, 1.0}});
    return 0;
  }

  double over_areas(const PopulationRow& row) {
    double whole = 0, inside = 0;
    std::vector<std::pair<std::size_t, double>> overlaps;
    for (const Polygon& polygon : row.areas) {
      whole += area(polygon);
      cell_overlaps(grid_, polygon, [&](int i, int j, double overlap) {
        overlaps.emplace_back(grid_.index(i, j), overlap);
        inside += overlap;
      });
    }
    if (!(inside > 0) || !(whole > 0)) return 1;
    for (auto& [cell, overlap] : overlaps) overlap /= inside;
    const double share = std::min(inside / whole, 1.0);
    for (const auto& [cell, part] : overlaps) cells_.jobs[cell] += row.jobs * share * part;
    settle(row.areas, row.population * share, true, overlaps);
    return 1 - share;
  }

  // Into the homes inside the areas by their floor; where there are none, onto the cells by their parts.
  // `once`: a home on two overlapping rows belongs to the first.
  void settle(const std::vector<Polygon>& areas, double people, bool once,
              const std::vector<std::pair<std::size_t, double>>& parts) {
    std::vector<std::uint32_t> homes;
    double floor = 0;
    for (const Polygon& polygon : areas)
      for (const std::uint32_t r : index_.overlapping(bounds(polygon.outer))) {
        if (!(floors_[r] > 0) || (once && taken_[r]) || !contains(polygon, centre_[r])) continue;
        taken_[r] = true;
        homes.push_back(r);
        floor += floors_[r];
      }
    for (const std::uint32_t r : homes) {
      const double here = people * (floors_[r] / floor);
      buildings_.people[r] += here;
      cells_.population[cell_at(grid_, centre_[r])] += here;
    }
    if (homes.empty())
      for (const auto& [cell, part] : parts) cells_.population[cell] += people * part;
  }

  Buildings& buildings_;
  ManagementCells& cells_;
  GridSpec grid_;
  Box2 extent_;
  std::vector<double> floors_;
  std::vector<bool> taken_;
  std::vector<Point2> centre_;
  SpatialIndex index_;
};

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
      cells.origin.push_back("cell/" + std::to_string(i) + "/" + std::to_string(j), Provenance::estimated,
                             {});
      cells.area.push_back({{low, {high.x, low.y}, high, {low.x, high.y}}, {}});
      cells.population.push_back(0);
      cells.jobs.push_back(0);
    }
}

PopulationBooks spread_population(CityTables& tables, const std::vector<PopulationRow>& rows, SourceId source,
                                  Provenance provenance) {
  PopulationBooks books;
  auto& origin = tables.management_cells.origin;
  std::fill(origin.provenance.begin(), origin.provenance.end(), provenance);
  std::fill(origin.source.begin(), origin.source.end(), source);
  Spreader spreader(tables);
  for (const PopulationRow& row : rows) spreader.add(row, books);
  return books;
}

void estimate_population(CityTables& tables, SourceId source) {
  Buildings& b = tables.buildings;
  ManagementCells& cells = tables.management_cells;
  const GridSpec grid = grid_of(cells);
  std::fill(cells.origin.source.begin(), cells.origin.source.end(), source);
  const std::vector<double> floors = home_floors(b);
  for (std::size_t r = 0; r < b.size(); ++r) {
    if (b.people[r] == 0) b.people[r] = floors[r] / kFloorPerPerson;
    if (grid.size() > 0) cells.population[cell_at(grid, centroid(b.footprint[r]))] += b.people[r];
  }
}

}  // namespace citytwin::gis
