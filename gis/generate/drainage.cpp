#include "gis/generate/drainage.hpp"

#include <algorithm>
#include <queue>

namespace citytwin::gis::generate {

void fill_pits(Grid<float>& elevation, const std::vector<std::uint8_t>& outlets, double pond) {
  const GridSpec& grid = elevation.spec;
  using Cell =
      std::pair<float, std::uint32_t>;  // (spill level, cell); equal levels by cell: the same everywhere
  std::priority_queue<Cell, std::vector<Cell>, std::greater<>> open;
  std::vector<std::uint32_t> pit;  // cells below the level that reached them, first in first out
  std::vector<float> spill(grid.size());
  std::vector<std::uint8_t> seen(grid.size(), 0);
  const auto enter = [&](std::size_t cell, float level) {
    seen[cell] = 1;
    spill[cell] = level;
    open.emplace(level, static_cast<std::uint32_t>(cell));
  };
  for (int j = 0; j < grid.ny; ++j)
    for (int i = 0; i < grid.nx; ++i) {
      const std::size_t cell = grid.index(i, j);
      if (outlets[cell] != 0 || i == 0 || j == 0 || i == grid.nx - 1 || j == grid.ny - 1)
        enter(cell, elevation.values[cell]);
    }
  for (std::size_t next = 0; next < pit.size() || !open.empty();) {
    std::uint32_t cell = 0;
    if (next < pit.size()) {
      cell = pit[next++];
    } else {
      cell = open.top().second;
      open.pop();
      pit.clear();
      next = 0;
    }
    const int i = static_cast<int>(cell % static_cast<std::uint32_t>(grid.nx));
    const int j = static_cast<int>(cell / static_cast<std::uint32_t>(grid.nx));
    for (const auto& [di, dj] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}}) {
      if (!grid.inside(i + di, j + dj)) continue;
      const std::size_t other = grid.index(i + di, j + dj);
      if (seen[other] != 0) continue;
      if (elevation.values[other] > spill[cell]) {
        enter(other, elevation.values[other]);
      } else {
        seen[other] = 1;
        spill[other] = spill[cell];
        pit.push_back(static_cast<std::uint32_t>(other));
      }
    }
  }
  const auto most = static_cast<float>(pond);
  for (std::size_t cell = 0; cell < grid.size(); ++cell)
    elevation.values[cell] = std::max(elevation.values[cell], spill[cell] - most);
}

}  // namespace citytwin::gis::generate
