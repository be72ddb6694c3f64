#include "engine/sim/sampling.hpp"

#include <algorithm>

#include "engine/geo/rasterise.hpp"
#include "engine/model/ground.hpp"

namespace citytwin {

namespace {

void sort_unique(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

CellSampling::CellSampling(const GridSpec& grid, Ragged<std::uint32_t> cells_of_thing)
    : grid_(grid), cells_(std::move(cells_of_thing)) {
  constexpr int kTile = GridView::kTile;
  const auto tiles_x = static_cast<std::uint32_t>((grid.nx + kTile - 1) / kTile);
  const auto tiles_y = static_cast<std::uint32_t>((grid.ny + kTile - 1) / kTile);
  std::vector<std::vector<std::uint32_t>> things(std::size_t{tiles_x} * tiles_y);
  for (std::size_t t = 0; t < cells_.size(); ++t)
    for (const std::uint32_t cell : cells_[t]) {
      const std::uint32_t i = cell % static_cast<std::uint32_t>(grid.nx);
      const std::uint32_t j = cell / static_cast<std::uint32_t>(grid.nx);
      auto& list = things[std::size_t{j / kTile} * tiles_x + i / kTile];
      if (list.empty() || list.back() != t) list.push_back(static_cast<std::uint32_t>(t));
    }
  for (const auto& list : things) things_of_tile_.push_back(list);
}

double CellSampling::highest(const GridView& view, std::size_t thing) const {
  double best = 0;
  for (const std::uint32_t cell : cells_[thing])
    best = std::max(best, view.at(static_cast<int>(cell % static_cast<std::uint32_t>(grid_.nx)),
                                  static_cast<int>(cell / static_cast<std::uint32_t>(grid_.nx))));
  return best;
}

void CellSampling::update(const GridView& view, std::vector<double>& values,
                          std::vector<std::uint32_t>& changed) const {
  std::vector<std::uint32_t> stale;
  for (const std::uint32_t tile : view.changed_tiles()) {
    const auto things = things_of_tile_[tile];
    stale.insert(stale.end(), things.begin(), things.end());
  }
  sort_unique(stale);
  for (const std::uint32_t thing : stale) {
    const double value = highest(view, thing);
    if (value == values[thing]) continue;
    values[thing] = value;
    changed.push_back(thing);
  }
}

CellSampling sample_links(const CityModel& model, const Grid<std::uint32_t>& water) {
  const GridSpec& grid = water.spec;
  const Links& links = model.streets().links;
  Ragged<std::uint32_t> cells;
  std::vector<std::uint32_t> row;
  for (std::size_t l = 0; l < links.size(); ++l) {
    row.clear();
    const Structure s = links.structure[l];
    if (s != Structure::bridge && s != Structure::tunnel)
      cells_along(grid, links.geometry[l], [&](int i, int j) {
        if (water.at(i, j) == kDryLand) row.push_back(static_cast<std::uint32_t>(grid.index(i, j)));
      });
    sort_unique(row);
    cells.push_back(row);
  }
  return {grid, std::move(cells)};
}

CellSampling sample_facilities(const CityModel& model, const Grid<std::uint32_t>& water) {
  const GridSpec& grid = water.spec;
  const Facilities& f = model.facilities();
  Ragged<std::uint32_t> cells;
  for (std::size_t r = 0; r < f.size(); ++r) {
    std::vector<std::uint32_t> row;
    if (!f.building[r].is_none()) row = cells_touched(grid, model.buildings().footprint[f.building[r].row()]);
    const int i = grid.column(f.position[r].x);
    const int j = grid.row(f.position[r].y);
    if (row.empty() && grid.inside(i, j)) row.push_back(static_cast<std::uint32_t>(grid.index(i, j)));
    std::erase_if(row, [&](std::uint32_t cell) { return water.values[cell] != kDryLand; });
    cells.push_back(row);
  }
  return {grid, std::move(cells)};
}

}  // namespace citytwin
