#include "gis/generate/drainage.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace citytwin::gis::generate {

namespace {

// Raises each value to at least its 8-neighbours' minus `fall` per metre of distance: two chamfer sweeps.
void spread(std::vector<float>& values, const GridSpec& grid, double fall, const RunContext& context) {
  const auto straight = static_cast<float>(fall * grid.cell_m);
  const auto oblique = static_cast<float>(fall * grid.cell_m * std::sqrt(2.0));
  const auto pull = [&](int i, int j, int di, int dj) {
    if (!grid.inside(i + di, j + dj)) return;
    float& here = values[grid.index(i, j)];
    here = std::max(here, values[grid.index(i + di, j + dj)] - (di != 0 && dj != 0 ? oblique : straight));
  };
  for (int j = 0; j < grid.ny; ++j) {
    context.check_stop();
    for (int i = 0; i < grid.nx; ++i)
      for (const auto& [di, dj] : {std::pair{-1, 0}, {-1, -1}, {0, -1}, {1, -1}}) pull(i, j, di, dj);
    for (int i = grid.nx - 1; i >= 0; --i) pull(i, j, 1, 0);
  }
  for (int j = grid.ny - 1; j >= 0; --j) {
    context.check_stop();
    for (int i = grid.nx - 1; i >= 0; --i)
      for (const auto& [di, dj] : {std::pair{1, 0}, {1, 1}, {0, 1}, {-1, 1}}) pull(i, j, di, dj);
    for (int i = 0; i < grid.nx; ++i) pull(i, j, -1, 0);
  }
}

}  // namespace

Drainage find_drainage(const Grid<float>& elevation, const std::vector<std::uint8_t>& outlets,
                       const RunContext& context) {
  const GridSpec& grid = elevation.spec;
  constexpr std::uint32_t kUnseen = 0xFFFFFFFFU;
  Drainage out;
  out.order.reserve(grid.size());
  out.to.assign(grid.size(), kUnseen);
  out.spill.resize(grid.size());
  using Cell = std::pair<float, std::uint32_t>;
  std::priority_queue<Cell, std::vector<Cell>, std::greater<>> open;
  std::vector<std::uint32_t> pit;  // cells below the level that reached them, first in first out
  const auto enter = [&](std::uint32_t cell, std::uint32_t from) {
    out.to[cell] = from;
    out.spill[cell] = elevation.values[cell];
    open.emplace(elevation.values[cell], cell);
  };
  for (std::uint32_t cell = 0; cell < grid.size(); ++cell) {
    const int i = static_cast<int>(cell) % grid.nx;
    const int j = static_cast<int>(cell) / grid.nx;
    if (outlets[cell] != 0 || i == 0 || j == 0 || i == grid.nx - 1 || j == grid.ny - 1) enter(cell, cell);
  }
  for (std::size_t next = 0; next < pit.size() || !open.empty();) {
    context.check_stop();
    std::uint32_t cell = 0;
    if (next < pit.size()) {
      cell = pit[next++];
    } else {
      cell = open.top().second;
      open.pop();
      pit.clear();
      next = 0;
    }
    out.order.push_back(cell);
    const int i = static_cast<int>(cell) % grid.nx;
    const int j = static_cast<int>(cell) / grid.nx;
    for (const auto& [di, dj] :
         {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}}) {
      if (!grid.inside(i + di, j + dj)) continue;
      const auto other = static_cast<std::uint32_t>(grid.index(i + di, j + dj));
      if (out.to[other] != kUnseen) continue;
      if (elevation.values[other] > out.spill[cell]) {
        enter(other, cell);
      } else {
        out.to[other] = cell;
        out.spill[other] = out.spill[cell];
        pit.push_back(other);
      }
    }
  }
  return out;
}

std::vector<double> catchment_area(const Drainage& drainage, double cell_m) {
  std::vector<double> area(drainage.to.size(), cell_m * cell_m);
  for (std::size_t k = drainage.order.size(); k-- > 0;) {
    const std::uint32_t cell = drainage.order[k];
    if (drainage.to[cell] != cell) area[drainage.to[cell]] += area[cell];
  }
  return area;
}

void carve_valleys(Grid<float>& elevation, const Drainage& paths, const std::vector<float>& floor,
                   const ValleyShape& shape, const RunContext& context) {
  const auto catchment = catchment_area(paths, elevation.spec.cell_m);
  std::vector<float> cut(catchment.size());
  for (std::size_t c = 0; c < cut.size(); ++c) {
    const double beyond = std::sqrt(catchment[c] / 1e6) - std::sqrt(shape.source_km2);
    cut[c] = static_cast<float>(std::clamp(shape.per_sqrt_km2 * beyond, 0.0, shape.deepest));
  }
  spread(cut, elevation.spec, shape.side_slope, context);
  for (std::size_t c = 0; c < cut.size(); ++c) {
    float& ground = elevation.values[c];
    ground = std::max(ground - cut[c], std::min(ground, floor[c]));
  }
}

void fill_pits(Grid<float>& elevation, const std::vector<std::uint8_t>& outlets, double pond,
               const RunContext& context) {
  const Drainage drainage = find_drainage(elevation, outlets, context);
  const auto most = static_cast<float>(pond);
  for (std::size_t cell = 0; cell < drainage.spill.size(); ++cell)
    elevation.values[cell] = std::max(elevation.values[cell], drainage.spill[cell] - most);
}

}  // namespace citytwin::gis::generate
